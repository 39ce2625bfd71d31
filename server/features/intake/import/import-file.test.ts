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
      { line: 3, code: 'invalid_request', message: 'This is not JSON.', text: '{ no json' },
      {
        line: 4,
        code: 'invalid_request',
        message: expect.any(String),
        issues: [{ path: 'flaggedAt', message: 'Invalid ISO datetime' }],
        text: bad,
      },
    ])
    expect(await reviewsOfPost(t.db, 'good-2')).toHaveLength(1)
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
