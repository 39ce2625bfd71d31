import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newId } from '#server/db/id.ts'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import { useTestApi } from '#test/support/api.ts'
import { createAccount, createDecision, createPost, createReview } from '#test/support/factories.ts'
import { exportToFile, readExportArguments } from './export-to-file.ts'

const t = useTestApi()

type Row = Record<string, string>

async function download(path: string, who: Parameters<typeof t.fetch>[2] = 'supervisor') {
  const response = await t.fetch(`/api/v1/exports/${path}`, {}, who)
  expect(response.status).toBe(200)
  const bytes = Buffer.from(await response.arrayBuffer())
  const rows: Row[] = parse(bytes, { bom: true, columns: true, record_delimiter: '\r\n' })
  return { response, bytes, rows, text: bytes.toString() }
}

const only = (rows: Row[], id: string) => rows.find((row) => row['review id'] === id)!

async function findExportEvents() {
  await sealEvents(t.db)
  return t.db.selectFrom('event').selectAll().where('subject_kind', '=', 'export').orderBy('id').execute()
}

describe('exports', () => {
  it('answers 401 without a session', async () => {
    const response = await t.fetch('/api/v1/exports/reviews.csv')
    expect([response.status, (await response.json()).code]).toEqual([401, 'signed_out'])
  })

  it('refuses a reviewer', async () => {
    const response = await t.fetch('/api/v1/exports/reviews.csv', {}, 'reviewer')
    expect([response.status, (await response.json()).code]).toEqual([403, 'forbidden'])
  })

  it.each([
    'words.csv',
    'reviews.doc',
    'reviews.csv?state=lost',
    'reviews.csv?queue=a%00b',
    'reviews.csv?stat=open',
    'events.csv?from=2026-02-30',
    'flags.csv?from=2026-02-03&to=2026-02-02',
  ])('refuses %s', async (path) => {
    const response = await t.fetch(`/api/v1/exports/${path}`, {}, 'supervisor')
    expect([response.status, (await response.json()).code]).toEqual([400, 'invalid_request'])
  })

  it.each(['supervisor', 'admin', 'auditor'] as const)('lets a %s read', async (role) => {
    const { response, text } = await download('decisions.csv', role)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="decisions_\d{4}-\d\d-\d\d\.csv"/,
    )
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(text).toMatch(/^\ufeff"decision id","review",/)
  })

  it('tells a review as the list does', async () => {
    const account = await createAccount(t.db, { handle: '=cmd', external_id: 'id-1', platform: 'telegram' })
    const post = await createPost(t.db, {
      account_id: account.id,
      platform: 'telegram',
      external_id: '-77',
      url: 'https://t.example.org/c/1',
    })
    const review = await createReview(t.db, {
      account_id: account.id,
      post_id: post.id,
      caption: '+7 «тағут»\r\nсөз, "иә"; 😀',
      policy_id: 'tve.glorification',
      sources: ['removal_order', 'user_report'],
      priority: 91,
    })
    const { rows } = await download('reviews.csv')
    expect(only(rows, review.id)).toMatchObject({
      review: `DKT-${review.number}`,
      state: 'open',
      queue: 'extremism',
      subject: 'post',
      'post link': 'hxxps://t[.]example[.]org/c/1',
      'post id at platform': "'-77",
      platform: 'telegram',
      account: "'=cmd",
      'account id at platform': 'id-1',
      'caption, beginning': `'+7 «тағут»\nсөз, "иә"; 😀`,
      'suspected clause': '2.3',
      sources: 'removal_order; user_report',
      priority: '91',
      'opened (UTC)': review.opened_at.toISOString().replace('.000Z', 'Z'),
      'decided (UTC)': '',
      outcome: '',
      restricted: 'false',
    })
  })

  it('tells a decision with what it stood on and what it did', async () => {
    const review = await createReview(t.db, { account_status: 'limited', policy_id: 'hate.slur' })
    const decidedAt = new Date('2026-02-03T04:05:06.789Z')
    const first = await createDecision(t.db, {
      review_id: review.id,
      policy_id: 'hate.slur',
      policy_version: 1,
      further_clauses: JSON.stringify([
        { id: 'abuse.insult', version: 1 },
        { id: 'hate.incitement', version: 1 },
      ]),
      territory: ['EU', 'KZ'],
      rationale: '@all, a slur;\n"quoted"',
      decided_by: t.person('reviewer').id,
      decided_at: decidedAt,
      measures: [
        { target: 'account', kind: 'limit', endsAt: '2026-03-01T00:00:00Z' },
        { target: 'post', kind: 'restrict', by: 'age' },
      ],
    })
    await t.db.updateTable('account').set({ status: 'deleted' }).where('id', '=', review.account_id).execute()
    const later = await createDecision(t.db, {
      review_id: review.id,
      outcome: 'exempt',
      policy_id: 'hate.slur',
      exemption: 'satire',
      supersedes_id: first.id,
    })
    const { rows } = await download('decisions.csv')
    const found = rows.filter((row) => row['review id'] === review.id)
    expect(found.find((row) => row['decision id'] === first.id)).toMatchObject({
      review: `DKT-${review.number}`,
      'account status then': 'limited',
      outcome: 'violation',
      clause: '4.6',
      'clause id': 'hate.slur',
      'clause version': '1',
      'further clauses': '5.1 abuse.insult v1; 4.4 hate.incitement v1',
      measures: 'post restrict age; account limit until 2026-03-01T00:00:00Z',
      territory: 'EU; KZ',
      reviewer: t.person('reviewer').name,
      'reviewer id': t.person('reviewer').id,
      rationale: `'@all, a slur;\n"quoted"`,
      'decided (UTC)': '2026-02-03T04:05:06.789Z',
      delivery: 'recorded',
      'superseded by': later.id,
    })
    expect(found.find((row) => row['decision id'] === later.id)).toMatchObject({
      exemption: 'satire',
      measures: '',
      'superseded by': '',
    })
  })

  it('follows the filters of the list', async () => {
    const wanted = await createReview(t.db, { platform: 'odd-place', language: 'kk' })
    await createReview(t.db, { platform: 'odd-place', language: 'ru' })
    const decided = await createReview(t.db, { platform: 'odd-place', language: 'kk' })
    const decision = await createDecision(t.db, { review_id: decided.id })
    const ids = async (path: string, name = 'review id') => (await download(path)).rows.map((row) => row[name])
    expect(await ids('reviews.csv?platform=odd-place&language=kk')).toEqual([wanted.id])
    expect(await ids('reviews.csv?platform=odd-place&language=kk&state=decided')).toEqual([decided.id])
    const both = await ids('reviews.csv?platform=odd-place&language=kk&state=open&state=decided&sort=flags')
    expect(both).toEqual([wanted.id, decided.id])
    expect(await ids('decisions.csv?platform=odd-place&state=open', 'decision id')).toEqual([decision.id])
    expect(await ids("reviews.csv?platform=x'%20or%201=1--")).toEqual([])
  })

  it('keeps child abuse material in: who may see it gets the decision, what leads to the post nobody', async () => {
    const post = await createPost(t.db, {
      url: 'https://bad.example.org/1',
      account_id: (await createAccount(t.db)).id,
    })
    const review = await createReview(t.db, {
      account_id: post.account_id,
      post_id: post.id,
      policy_id: 'sexual.minors',
      caption: 'never to be read',
    })
    await t.setScope(t.secondPerson('supervisor'), { seesRestricted: true })
    const { headers } = t.secondPerson('supervisor')
    const listed = await download('reviews.csv', headers)
    expect(only(listed.rows, review.id)).toMatchObject({
      restricted: 'true',
      'post link': '',
      account: '',
      'caption, beginning': '',
    })
    await createDecision(t.db, { review_id: review.id, policy_id: 'sexual.minors' })
    const decided = await download('decisions.csv', headers)
    expect(only(decided.rows, review.id)).toMatchObject({
      restricted: 'true',
      clause: '7.2',
      'post link': '',
      account: '',
    })
    expect(listed.text + decided.text).not.toMatch(/never to be read|bad\[\.\]example/)
    for (const kind of ['reviews', 'decisions']) {
      expect(only((await download(`${kind}.csv`)).rows, review.id)).toBeUndefined()
    }
  })

  it('brings no rows but the names when nothing matches', async () => {
    const { text, rows } = await download('reviews.csv?platform=nowhere')
    expect(rows).toEqual([])
    expect(text.match(/\r\n/g)).toHaveLength(1)
  })

  it('logs who read what, and what came out', async () => {
    const { bytes, rows } = await download('reviews.csv?queue=extremism', 'auditor')
    const [started, ended] = (await findExportEvents()).slice(-2)
    const { id } = t.person('auditor')
    expect(started).toMatchObject({
      kind: 'export.started',
      person_id: id,
      data: { kind: 'reviews', filter: { queue: ['extremism'] } },
    })
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(ended).toMatchObject({ kind: 'export.ended', person_id: id, data: { rows: rows.length, sha256 } })
    const kept = await t.db
      .selectFrom('export')
      .selectAll()
      .where('id', '=', ended!.subject_id)
      .executeTakeFirstOrThrow()
    expect(kept).toMatchObject({ kind: 'reviews', person_id: id, row_count: rows.length, sha256 })
  })

  it('shows every row as it was at one moment', async () => {
    const { rows } = await download('reviews.csv?state=open&state=decided')
    const times = rows.map((row) => row['opened (UTC)']!)
    expect(times).toEqual(times.toSorted())
    expect(new Set(rows.map((row) => row['review id'])).size).toBe(rows.length)
  })
})

describe('an export that breaks off', () => {
  /** Many wide rows, so that no buffer on the way holds them all. */
  beforeEach(async () => {
    await sql`alter table review disable trigger user`.execute(t.owner)
    const { rows } = await sql<{ count: number }>`select count(*) from review where platform = 'wide'`.execute(t.db)
    if (rows[0]!.count > 0) return
    const review = await createReview(t.db, { platform: 'wide' })
    await sql`insert into review (id, state, queue_id, account_id, snapshot_id, caption_excerpt, platform, handle, account_status,
        flag_count, sources, media_count, priority, priority_terms, due_at, opened_at, decided_at, post_id)
      select gen_random_uuid(), 'decided', queue_id, account_id, snapshot_id, repeat('wide ', 400), 'wide', handle, account_status,
        flag_count, sources, media_count, priority, priority_terms, due_at, opened_at, opened_at, null
      from review, generate_series(1, 20000) where id = ${review.id}`.execute(t.db)
  })

  it('ends the query when the reader hangs up, and says so in the log', async () => {
    const controller = new AbortController()
    const response = await t.fetch(
      '/api/v1/exports/reviews.csv?platform=wide&state=decided',
      { signal: controller.signal },
      'supervisor',
    )
    const reader = response.body!.getReader()
    await reader.read()
    const running = () =>
      sql<{
        count: number
      }>`select count(*) from pg_stat_activity where datname = current_database() and query like 'copy%' and state = 'active'`
        .execute(t.db)
        .then(({ rows }) => rows[0]!.count)
    expect(await running()).toBe(1)
    controller.abort()
    await vi.waitFor(async () => expect(await running()).toBe(0), { timeout: 5_000 })
    await vi.waitFor(async () => expect((await findExportEvents()).at(-1)!.kind).toBe('export.broken'), {
      timeout: 5_000,
    })
    const last = (await findExportEvents()).at(-1)!
    const kept = await t.db.selectFrom('export').selectAll().where('id', '=', last.subject_id).executeTakeFirstOrThrow()
    expect(kept).toMatchObject({ ended_at: null, row_count: null, sha256: null })
  })

  it('does not look whole to the reader when the query fails half-way', async () => {
    const response = await t.fetch('/api/v1/exports/reviews.csv?platform=wide&state=decided', {}, 'supervisor')
    const reader = response.body!.getReader()
    await reader.read()
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'copy%'`.execute(
      t.db,
    )
    const drain = async () => {
      while (!(await reader.read()).done);
    }
    await expect(drain()).rejects.toThrow()
  })

  it('refuses a fourth at the same time', async () => {
    const path = '/api/v1/exports/reviews.csv?platform=wide&state=decided'
    const open = await Promise.all([1, 2, 3].map(() => t.fetch(path, {}, 'supervisor')))
    const fourth = await t.fetch(path, {}, 'supervisor')
    expect([fourth.status, (await fourth.json()).code]).toEqual([429, 'too_many_requests'])
    const sizes = await Promise.all(open.map(async (response) => (await response.arrayBuffer()).byteLength))
    expect(new Set(sizes).size).toBe(1)
    expect((await t.fetch(path.replace('wide', 'none'), {}, 'supervisor')).status).toBe(200)
  })
})

describe('exportToFile', () => {
  const asked = { format: 'csv', filter: {}, period: {}, language: 'en' } as const
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-export-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('writes the file and answers its count and hash', async () => {
    const file = join(folder, 'decisions.csv')
    const { rows, sha256 } = await exportToFile(t.deps, {
      ...asked,
      kind: 'decisions',
      file,
      signal: new AbortController().signal,
    })
    const bytes = await readFile(file)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    expect(parse(bytes, { bom: true }).length).toBe(rows + 1)
    expect((await findExportEvents()).at(-1)).toMatchObject({ kind: 'export.ended', person_id: null })
  })

  it('leaves the file that was there when it is broken off', async () => {
    const file = join(folder, 'reviews.csv')
    await writeFile(file, 'yesterday')
    const exporting = exportToFile(t.deps, {
      ...asked,
      kind: 'reviews',
      file,
      signal: AbortSignal.abort(new Error('Stopped.')),
    })
    await expect(exporting).rejects.toThrow('Stopped.')
    expect(await readdir(folder)).toEqual(['reviews.csv'])
    expect(await readFile(file, 'utf8')).toBe('yesterday')
  })
})

describe('readExportArguments', () => {
  it('takes the filters of the list', () => {
    const input = {
      kind: 'reviews',
      format: 'csv',
      out: 'r.csv',
      state: ['open', 'decided'],
      accountStatus: ['blocked'],
    }
    expect(readExportArguments(input)).toEqual({
      kind: 'reviews',
      format: 'csv',
      file: 'r.csv',
      language: 'en',
      period: {},
      filter: { state: ['open', 'decided'], accountStatus: ['blocked'] },
    })
  })

  it('names everything that is wrong', () => {
    const read = () => readExportArguments({ kind: 'words', format: 'doc', out: 'r.doc', from: 'May' })
    expect(read).toThrow(/kind: .*format: .*from: /)
    const filtered = () =>
      readExportArguments({ kind: 'flags', format: 'csv', out: 'r.csv', effect: ['lost'], state: ['open'] })
    expect(filtered).toThrow(/effect.*: .*state/)
  })
})

describe('an id that looks like a formula', () => {
  it('is defused like any text', async () => {
    const account = await createAccount(t.db, { external_id: `=HYPERLINK("x")${newId()}` })
    const review = await createReview(t.db, { account_id: account.id })
    const { rows } = await download('reviews.csv')
    expect(only(rows, review.id)['account id at platform']).toBe(`'${account.external_id}`)
  })
})
