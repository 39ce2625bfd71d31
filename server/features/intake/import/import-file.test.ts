import { createHash } from 'node:crypto'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StartFault } from '#server/start-fault.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, reviewsOfPost } from '#test/support/flags.ts'
import { type ImportOptions, importFile } from './import-file.ts'

const t = useTestApi()
const fixture = join(import.meta.dirname, '../../../../test/fixtures/captions/nasty.jsonl')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-import-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(name: string, content: string | Buffer) {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function run(file: string, options: Partial<ImportOptions> = {}) {
  const shown: string[] = []
  const screen = { write: (text: string) => shown.push(text) }
  const summary = await importFile(t.deps, { file, screen, ...options })
  return { ...summary, shown: shown.join('') }
}

function captionsHash(posts: { key: string; caption: string }[]) {
  const hash = createHash('sha256')
  for (const { key, caption } of posts.toSorted((a, b) => (a.key < b.key ? -1 : 1))) hash.update(`${key}\n${caption}\n`)
  return hash.digest('hex')
}

async function storedCaptions() {
  const rows = await t.db
    .selectFrom('post')
    .innerJoin('snapshot', 'snapshot.id', 'post.current_snapshot_id')
    .select(['post.external_id', 'snapshot.caption'])
    .where('snapshot.source_name', 'not like', 'other%')
    .execute()
  return rows.map((row) => ({ key: row.external_id, caption: row.caption }))
}

describe('importFile with a labelled dataset', () => {
  it('keeps every caption byte for byte', async () => {
    const lines = (await readFile(fixture, 'utf8')).split('\n').filter(Boolean)
    const posts = lines.map((line) => {
      const { externalId, caption } = JSON.parse(line) as { externalId: string; caption: string }
      return { key: externalId, caption }
    })
    const rare = ['line\u2028end', '\uFEFFmark', '\u202Eturned\u202C', '\uFFFD\uFFFE', ' \t\r\n', '👩🏽‍🚀e\u0301'].map(
      (caption, index) => ({ ...JSON.parse(lines[0]!), externalId: `rare-${index}`, caption }),
    )
    const text = [...lines, ...rare.map((line) => JSON.stringify(line))].join('\n')

    const { shown, ...summary } = await run(await fileOf('nasty.jsonl', text), { rejects: join(folder, 'no.jsonl') })

    const count = lines.length + rare.length
    expect(summary).toMatchObject({ read: count, added: count, duplicates: 0, rejected: 0 })
    const expected = [...posts, ...rare.map(({ externalId, caption }) => ({ key: externalId, caption }))]
    expect(captionsHash(await storedCaptions())).toBe(captionsHash(expected))
    expect(shown).toContain(`${count} added`)
  })

  it('adds nothing the second time, gzipped or not', async () => {
    const before = await t.db
      .selectFrom('event')
      .select((eb) => eb.fn.countAll().as('count'))
      .execute()
    const gzipped = await fileOf('nasty.jsonl.gz.txt', gzipSync(await readFile(fixture)))
    expect(await run(gzipped)).toMatchObject({ read: 243, added: 0, duplicates: 243, rejected: 0 })
    expect(
      await t.db
        .selectFrom('event')
        .select((eb) => eb.fn.countAll().as('count'))
        .execute(),
    ).toEqual(before)
  })

  it('sorts by the label and keeps the turns before a message', async () => {
    const line = {
      source: 'other-set',
      externalId: 'turns-1',
      platform: 'chatbot',
      kind: 'chat',
      category: 'hate',
      postedAt: '2026-01-12T16:48:53Z',
      authorHandle: 'amber',
      caption: 'And you?',
      language: 'hi-Latn',
      context: { prevAgent: 'Hello.', prevUser: 'Hi.', agent: 'How are you?' },
    }
    await run(await fileOf('turns.jsonl', `\uFEFF${JSON.stringify(line)}\r\n`))
    const [review] = await reviewsOfPost(t.db, 'turns-1')
    expect(review).toMatchObject({ policy_id: 'hate.incitement', sources: ['classifier'], language: 'hi-Latn' })
    const { context } = await t.db
      .selectFrom('snapshot')
      .selectAll()
      .where('id', '=', review!.snapshot_id)
      .executeTakeFirstOrThrow()
    expect(context).toEqual([
      { author: 'agent', text: 'Hello.' },
      { author: 'user', text: 'Hi.' },
      { author: 'agent', text: 'How are you?' },
    ])
  })
})

describe('importFile', () => {
  const ours = (externalId: string) =>
    JSON.stringify(buildFlagBody({ source: { name: 'other' }, post: { externalId } }))

  it('writes refused lines out with number, reason and the line itself', async () => {
    const bad = JSON.stringify({ ...JSON.parse(ours('bad')), flaggedAt: 'soon' })
    const file = await fileOf('mixed.jsonl', [ours('good-1'), '', '{ no json', bad, ours('good-2')].join('\n'))
    const result = await run(file)

    expect(result).toMatchObject({ read: 4, added: 2, rejected: 2 })
    expect(result.shown).toContain(`2 refused: see ${file}.rejected.jsonl`)
    const rejected = (await readFile(`${file}.rejected.jsonl`, 'utf8')).trim().split('\n')
    expect(rejected.map((line) => JSON.parse(line))).toEqual([
      { docketLine: 3, docketReason: 'This is not JSON.', docketText: '{ no json' },
      { docketLine: 4, docketReason: 'flaggedAt: Invalid ISO datetime', ...JSON.parse(bad) },
    ])
    expect(await reviewsOfPost(t.db, 'good-2')).toHaveLength(1)
  })

  it('takes in the refused lines once they are mended', async () => {
    const bad = JSON.stringify({ ...JSON.parse(ours('mended-1')), flaggedAt: 'soon' })
    const file = await fileOf('broken.jsonl', `${bad}\n${ours('mended-2').slice(1)}\n`)
    expect(await run(file)).toMatchObject({ added: 0, rejected: 2 })

    const rejects = await readFile(`${file}.rejected.jsonl`, 'utf8')
    const mended = rejects.replace('"soon"', '"2026-07-02T10:00:00Z"').replace('"docketText":"', '"docketText":"{')
    const again = await run(await fileOf('mended.jsonl', mended))

    expect(again).toMatchObject({ read: 2, added: 2, rejected: 0 })
    const [review] = await reviewsOfPost(t.db, 'mended-1')
    const { raw } = await t.db
      .selectFrom('flag')
      .select('raw')
      .where('review_id', '=', review!.id)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(raw)).toEqual({ ...JSON.parse(bad), flaggedAt: '2026-07-02T10:00:00Z' })
  })

  it('changes nothing in a dry run, and says what it would do', async () => {
    const known = ours('dry-known')
    await run(await fileOf('known.jsonl', known))
    const file = await fileOf('dry.jsonl', [known, ours('dry-new'), '[]'].join('\n'))
    const result = await run(file, { isDryRun: true, rejects: join(folder, 'dry-rejects.jsonl') })
    expect(result).toMatchObject({ read: 3, added: 1, duplicates: 1, rejected: 1 })
    expect(result.shown).toContain('1 would be added')
    expect(await reviewsOfPost(t.db, 'dry-new')).toEqual([])
    await expect(access(join(folder, 'dry-rejects.jsonl'))).resolves.toBeUndefined()
  })

  it('imports under another source name', async () => {
    const file = await fileOf('renamed.jsonl', ours('renamed'))
    await run(file, { sourceName: 'other-backfill' })
    expect(await run(file, { sourceName: 'other-backfill' })).toMatchObject({ added: 0, duplicates: 1 })
    expect(await run(file)).toMatchObject({ added: 1, duplicates: 0 })
    expect(await reviewsOfPost(t.db, 'renamed')).toMatchObject([{ flag_count: 2 }])
  })

  it('stops when asked to, after what is under way', async () => {
    const file = await fileOf('stopped.jsonl', ours('stopped'))
    const { read, shown } = await run(file, { signal: AbortSignal.abort() })
    expect(read).toBe(0)
    expect(shown).toContain('stopped before the end')
  })

  it('says in one sentence why a file cannot be used', async () => {
    const damaged = gzipSync(`${ours('whole')}\n`.repeat(500)).subarray(0, -20)
    const unwritable = { rejects: join(folder, 'no', 'such', 'folder') }
    const fault = (path: string, options = {}) => run(path, options).then(String, (error: unknown) => error)
    expect(await fault(join(folder, 'nowhere.jsonl'))).toEqual(
      new StartFault(`There is no file ${join(folder, 'nowhere.jsonl')}.`),
    )
    expect(await fault(folder)).toEqual(new StartFault(`${folder} is not a file.`))
    expect(await fault(await fileOf('damaged.gz', damaged))).toBeInstanceOf(StartFault)
    expect(await fault(await fileOf('unwritable.jsonl', 'bad'), unwritable)).toBeInstanceOf(StartFault)
  })
})

describe('importFile with CSV', () => {
  const csv = [
    'Post ID,Text,Author,Platform,Posted,Label,Views',
    'c-1,"Three photographs, one city",@artyom_2,vk,2026-07-01 08:00,extremism,5400',
    'c-2,"He said ""no""\nand left",dana,vk,2026-07-01,hate,',
    'c-3,=1+1,evil,vk,yesterday,hate,many',
  ].join('\r\n')

  const flagsOf = (externalId: string) =>
    t.db
      .selectFrom('flag')
      .innerJoin('post', 'post.id', 'flag.post_id')
      .innerJoin('snapshot', 'snapshot.id', 'flag.snapshot_id')
      .innerJoin('account', 'account.id', 'flag.account_id')
      .select([
        'flag.source_kind',
        'flag.reason_code',
        'flag.flagged_at',
        'flag.raw',
        'snapshot.caption',
        'snapshot.reach',
      ])
      .select(['account.handle', 'post.posted_at'])
      .where('post.external_id', '=', externalId)
      .execute()

  it('shows what the columns are taken for before it runs, and takes the rows in', async () => {
    const file = await fileOf('posts.csv', `\uFEFF${csv}\r\n`)
    const result = await run(file, { sourceName: 'partner' })
    expect(result).toMatchObject({ read: 3, added: 2, duplicates: 0, rejected: 1 })
    const lines = result.shown.split('\n').map((line) => line.trim())
    expect(lines).toEqual(
      expect.arrayContaining([
        'post.caption = column “Text”',
        'account.handle = column “Author”',
        'source.name = partner',
      ]),
    )
    expect(lines.indexOf('post.caption = column “Text”')).toBeLessThan(lines.indexOf('2 added'))
    expect(await flagsOf('c-1')).toMatchObject([
      {
        source_kind: 'user_report',
        reason_code: 'extremism',
        flagged_at: new Date('2026-07-01T08:00:00Z'),
        posted_at: new Date('2026-07-01T08:00:00Z'),
        caption: 'Three photographs, one city',
        reach: 5400,
        handle: 'artyom_2',
      },
    ])
    expect((await flagsOf('c-2'))[0]).toMatchObject({ caption: 'He said "no"\nand left', reach: null })
    expect(await run(file, { sourceName: 'partner' })).toMatchObject({ added: 0, duplicates: 2, rejected: 1 })
  })

  it('writes refused rows out in the same columns, which come in once they are mended', async () => {
    const file = await fileOf('mend.csv', csv.replaceAll('c-', 'm-'))
    await run(file, { sourceName: 'partner' })
    const rejects = await readFile(`${file}.rejected.csv`, 'utf8')
    expect(rejects).toBe(
      '\uFEFF"docket_line","docket_reason","Post ID","Text","Author","Platform","Posted","Label","Views"\r\n' +
        '"5","Posted: Not a time such as 2026-07-01T08:00Z. Views: Not a number.",' +
        '"m-3","\'=1+1","evil","vk","yesterday","hate","many"\r\n',
    )
    const mended = rejects.replace('yesterday', '2026-07-02').replace('many', '12')
    expect(await run(await fileOf('mended.csv', mended), { sourceName: 'partner' })).toMatchObject({
      added: 1,
      rejected: 0,
    })
    expect(await flagsOf('m-3')).toMatchObject([{ caption: '=1+1', reach: 12 }])
    expect(JSON.parse((await flagsOf('m-3'))[0]!.raw)).toEqual({
      'Post ID': 'm-3',
      Text: '=1+1',
      Author: 'evil',
      Platform: 'vk',
      Posted: '2026-07-02',
      Label: 'hate',
      Views: '12',
    })
  })

  it('takes columns for what it is told, and says for all rows what no column does', async () => {
    const file = await fileOf('odd.csv', 'A;B;C\r\n"Hello; you";u-1;4711\r\n')
    const mapping = { 'post.caption': 'A', 'account.externalId': 'B', 'source.externalId': 'C' }
    const constants = { 'post.platform': 'forum', 'source.name': 'odd', 'source.kind': 'classifier' }
    expect(await run(file, { mapping, constants })).toMatchObject({ added: 1 })
    expect(await flagsOf('4711')).toMatchObject([{ caption: 'Hello; you', source_kind: 'classifier', handle: 'u-1' }])
  })

  it('says what is missing instead of guessing', async () => {
    const file = await fileOf('missing.csv', 'A,B\n1,2\n')
    const fault = await run(file, { mapping: { 'post.caption': 'Z' } }).catch((error: Error) => error.message)
    expect(fault).toContain('There is no column “Z”.')
    expect(fault).toContain('No column says source.name.')
    expect(fault).toContain('The columns are: A, B.')
    const latin = Buffer.from('text,author\ncaf\xe9,x\n', 'latin1')
    await expect(run(await fileOf('latin.csv', latin), { sourceName: 'x' })).rejects.toThrow('The file is not UTF-8.')
    await expect(run(await fileOf('twice.csv', 'a,a\n'), { sourceName: 'x' })).rejects.toThrow(
      'Two columns are called “a”.',
    )
  })

  it('reads what a spreadsheet calls Unicode text, and leaves an open quote to its own row', async () => {
    const wide = Buffer.from('\uFEFFtext\tauthor\tplatform\r\nПривет\tвася\tvk\r\n', 'utf16le')
    expect(await run(await fileOf('wide.txt', wide), { sourceName: 'wide' })).toMatchObject({ added: 1, rejected: 0 })
    const open = 'text,author,platform\n"never closed,a,vk\nfine,b,vk\n'
    expect(await run(await fileOf('open.csv', open), { sourceName: 'open' })).toMatchObject({ added: 1, rejected: 1 })
  })
})
