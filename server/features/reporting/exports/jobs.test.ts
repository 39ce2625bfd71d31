import { createHash, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#server/db/id.ts'
import { appendEvents, sealEvents } from '#server/features/audit/audit.queries.ts'
import * as contract from '#shared/contract/exports.ts'
import { useTestApi } from '#test/support/api.ts'
import { createAccount, createDecision, createFlag, createPost, createReview } from '#test/support/factories.ts'
import { claimExport } from './exports.queries.ts'
import { runExports } from './run-exports.ts'
import { tidyExports } from './tidy-exports.ts'

const t = useTestApi()

type Asked = Partial<Parameters<ReturnType<typeof t.as>>[1]> & {
  kind?: string
  format?: string
  filter?: object
  period?: object
}
const body = (asked: Asked = {}) => ({ kind: 'reviews', format: 'csv', ...asked, clientId: randomUUID() }) as never

const ask = (asked?: Asked, as = t.as('supervisor')) => as(contract.createExport, { body: body(asked) })
const look = (exportId: string, as = t.as('supervisor')) => as(contract.getExport, { params: { exportId } })
const get = (exportId: string, who: Parameters<typeof t.fetch>[2] = 'supervisor') =>
  t.fetch(`/api/v1/exports/${exportId}/file`, {}, who)
const files = () => readdir(t.deps.settings.exportsDir).catch(() => [])
const codeOf = async (response: Response) => [response.status, (await response.json()).code]

async function kindsOf(exportId: string) {
  const rows = await t.db.selectFrom('event').select('kind').where('subject_id', '=', exportId).orderBy('id').execute()
  return rows.map(({ kind }) => kind)
}

/** Asks, makes and fetches it. */
async function make(asked: Asked) {
  const { id } = await ask(asked)
  await runExports(t.deps)
  const manifest = await t.as('supervisor')(contract.getManifest, { params: { exportId: id } })
  const response = await get(id)
  return { id, manifest, response, bytes: Buffer.from(await response.arrayBuffer()) }
}

describe('an export that was asked for', () => {
  beforeAll(async () => {
    for (let n = 0; n < 5; n += 1) await createReview(t.db, { platform: 'job-place' })
  })

  it('is refused to strangers and reviewers', async () => {
    await expect(t.anonymous(contract.createExport, { body: body() })).rejects.toMatchObject({ status: 401 })
    await expect(ask({}, t.as('reviewer'))).rejects.toMatchObject({ status: 403 })
  })

  it.each([
    [{ filter: { state: ['lost'] } }],
    [{ filter: { colour: 'red' } }],
    [{ period: { from: '2026-05-02', to: '2026-05-01' } }],
    [{ kind: 'report' }],
    [{ kind: 'words' }],
  ])('is refused for %j', async (asked) => {
    await expect(ask(asked)).rejects.toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  })

  it('is queued once, made by the job, and comes with a manifest that proves it', async () => {
    const same = body({ filter: { platform: ['job-place'] } })
    const [first, second] = await Promise.all(
      [1, 2].map(() => t.as('supervisor')(contract.createExport, { body: same })),
    )
    expect(second).toEqual(first)
    expect(first).toMatchObject({ state: 'queued', rows: 0, isDownloadable: false })
    expect(await codeOf(await get(first!.id))).toEqual([409, 'export_not_ready'])
    await expect(t.as('supervisor')(contract.getManifest, { params: { exportId: first!.id } })).rejects.toMatchObject({
      body: { code: 'export_not_ready' },
    })
    await runExports(t.deps)
    expect(await look(first!.id)).toMatchObject({ state: 'ended', rows: 5, isDownloadable: true })
    const manifest = await t.as('supervisor')(contract.getManifest, { params: { exportId: first!.id } })
    const response = await get(first!.id)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(response.headers.get('content-disposition')).toContain(manifest.file)
    expect(manifest).toMatchObject({
      kind: 'reviews',
      filter: { platform: ['job-place'] },
      rows: 5,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      leftOut: ['restricted'],
      period: { timeZone: 'UTC' },
      isClosed: false,
      madeBy: t.person('supervisor').id,
    })
    expect(manifest.columns).toContain('caption, beginning')
    expect(await kindsOf(first!.id)).toEqual(['export.asked', 'export.started', 'export.ended', 'export.downloaded'])
  })

  it('is seen by those who see all queues, and given to nobody who may not see what it holds', async () => {
    const { id } = await make({})
    const [second, narrow] = [t.secondPerson('supervisor'), t.secondPerson('auditor')]
    expect(await look(id, t.second('supervisor'))).toMatchObject({ isDownloadable: true })
    await t.setScope(narrow, { queues: ['hate'] })
    expect(await codeOf(await get(id, narrow.headers))).toEqual([404, 'not_found'])
    await t.setScope(t.person('supervisor'), { queues: ['hate'] })
    expect(await look(id)).toMatchObject({ isDownloadable: false })
    expect(await codeOf(await get(id))).toEqual([404, 'not_found'])
    await t.setScope(t.person('supervisor'), {})
    expect((await get(id, second.headers)).status).toBe(200)
    const { items } = await t.second('auditor')(contract.listExports, {})
    expect(items).toEqual([])
  })

  it('expires, and its file goes', async () => {
    const { id } = await make({})
    expect(await files()).toContainEqual(expect.stringContaining(id))
    t.travel(t.deps.settings.exportKeepMs + 1_000)
    expect(await codeOf(await get(id))).toEqual([409, 'export_expired'])
    await tidyExports(t.deps)
    expect(await files()).not.toContainEqual(expect.stringContaining(id))
  })

  it('may be cancelled by whoever asked, before it is whole', async () => {
    const { id } = await ask()
    const params = { exportId: id }
    const cancel = (as = t.as('supervisor')) => as(contract.cancelExport, { params, body: { clientId: randomUUID() } })
    await expect(cancel(t.second('supervisor'))).rejects.toMatchObject({ body: { code: 'not_yours' } })
    expect(await cancel()).toMatchObject({ state: 'cancelled' })
    await expect(cancel()).rejects.toMatchObject({ body: { code: 'export_ended' } })
    await runExports(t.deps)
    expect(await look(id)).toMatchObject({ state: 'cancelled', isDownloadable: false })
  })

  it('leaves no file when it is cancelled on its last row', async () => {
    const { id } = await ask()
    await sql`create function cancel_now() returns trigger language plpgsql as $$ begin
      if new.state = 'ended' then new.state := 'cancelled'; return null; end if; return new; end $$`.execute(t.owner)
    await sql`create trigger cancel_now before update on export for each row execute function cancel_now()`.execute(
      t.owner,
    )
    await runExports(t.deps)
    await sql`drop function cancel_now cascade`.execute(t.owner)
    expect(await files()).not.toContainEqual(expect.stringContaining(id))
    expect(await look(id)).toMatchObject({ state: 'running', isDownloadable: false })
    await t.db.updateTable('export').set({ state: 'cancelled' }).where('id', '=', id).execute()
  })

  it('is begun anew when the process that made it died, and given up when that happens again and again', async () => {
    const { id } = await ask()
    for (const attempt of [1, 2]) {
      expect(await claimExport(t.db, newId(), t.deps.now())).toMatchObject({ id, attempts: attempt })
      expect(await runExports(t.deps)).toBe(0)
      t.travel(31_000)
    }
    await runExports(t.deps)
    expect(await look(id)).toMatchObject({ state: 'ended', isDownloadable: true })

    const hopeless = await ask()
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await claimExport(t.db, newId(), t.deps.now())
      t.travel(31_000)
    }
    await runExports(t.deps)
    expect(await look(hopeless.id)).toMatchObject({ state: 'broken', failure: 'not_finished' })
    expect(await kindsOf(hopeless.id)).toEqual(['export.asked', 'export.broken'])
  })

  it('goes back to the queue when its server stops', async () => {
    const { id } = await ask()
    await runExports(t.deps, AbortSignal.abort())
    expect(await look(id)).toMatchObject({ state: 'queued' })
    await runExports(t.deps)
    expect(await look(id)).toMatchObject({ state: 'ended' })
  })

  it('is made by one of two servers', async () => {
    const { id } = await ask()
    await Promise.all([runExports(t.deps), runExports(t.deps)])
    expect(await kindsOf(id)).toEqual(['export.asked', 'export.started', 'export.ended'])
    expect((await files()).filter((name) => name.startsWith(id))).toHaveLength(1)
  })

  it('is not asked for an eleventh time while ten wait', async () => {
    const asked = await Promise.all(
      Array.from({ length: 10 }, () => ask({ filter: { platform: ['none'] } }, t.as('admin'))),
    )
    await expect(ask({}, t.as('admin'))).rejects.toMatchObject({ body: { code: 'too_many_exports' } })
    const cancel = ({ id }: { id: string }) =>
      t.as('admin')(contract.cancelExport, { params: { exportId: id }, body: { clientId: randomUUID() } })
    await Promise.all(asked.map(cancel))
  })

  it('is listed page by page', async () => {
    const first = await t.as('supervisor')(contract.listExports, { query: { limit: 2 } })
    expect(first.items).toHaveLength(2)
    const second = await t.as('supervisor')(contract.listExports, { query: { limit: 2, after: first.nextAfter! } })
    expect(second.items[0]!.id < first.items[1]!.id).toBe(true)
  })
})

describe('a closed period', () => {
  const period = { from: '2025-03-01', to: '2025-03-31' }
  const at = (day: number) => new Date(Date.UTC(2025, 2, day, 12))

  beforeAll(async () => {
    await t.db
      .insertInto('setting')
      .values({ key: 'organisation', value: JSON.stringify({ timeZone: 'Europe/Berlin' }) })
      .execute()
    for (let n = 1; n <= 4; n += 1) {
      const account = await createAccount(t.db, { first_seen_at: at(n), handle: `first_${n}` })
      const post = await createPost(t.db, { account_id: account.id })
      const review = await createReview(t.db, { account_id: account.id, post_id: post.id, opened_at: at(n) })
      await createFlag(t.db, {
        review_id: review.id,
        account_id: account.id,
        post_id: post.id,
        snapshot_id: review.snapshot_id,
        received_at: at(n),
      })
      const [decided_by, outcome] = [t.person('reviewer').id, 'no_violation' as const]
      if (n > 1) await createDecision(t.db, { review_id: review.id, decided_by, outcome, decided_at: at(n + 1) })
    }
    await sql`insert into event (at, kind, subject_kind, subject_id, data)
      values (${at(7)}, 'person.signed_in', 'person', ${t.person('reviewer').id}, '{"way":"password"}')`.execute(
      t.owner,
    )
    await sealEvents(t.db)
  })

  /** Whatever may change afterwards does. */
  async function change() {
    const decisions = await t.db
      .selectFrom('decision')
      .selectAll()
      .where('decided_at', '<', new Date('2025-04-01'))
      .execute()
    for (const { review_id, id } of decisions) {
      await createDecision(t.db, {
        review_id,
        supersedes_id: id,
        outcome: 'exempt',
        exemption: 'satire',
        policy_id: 'hate.slur',
      })
      await t.db.updateTable('outbox').set({ state: 'failed' }).where('decision_id', '=', id).execute()
      await t.db
        .updateTable('review')
        .set({ handle: randomUUID(), priority: 1, queue_id: 'hate', flag_count: 9 })
        .where('id', '=', review_id)
        .execute()
    }
    await sql`update account set handle = gen_random_uuid(), status = 'deleted'`.execute(t.db)
    await sql`update post set url = 'https://other.example.org'`.execute(t.db)
    await sql`update auth."user" set name = name || ' X'`.execute(t.db)
    const some = await t.db
      .selectFrom('review')
      .selectAll()
      .where('opened_at', '<', new Date('2025-04-01'))
      .executeTakeFirstOrThrow()
    await createFlag(t.db, {
      review_id: some.id,
      account_id: some.account_id,
      post_id: some.post_id,
      snapshot_id: some.snapshot_id,
      received_at: new Date(),
    })
    await appendEvents(t.db, [{ kind: 'review.held', by: null, subject: { kind: 'review', id: some.id } }])
    await sealEvents(t.db)
    t.travel(86_400_000)
  }

  const kinds = ['reviews', 'decisions', 'accounts', 'flags', 'appeals', 'events', 'report']
  const formats = contract.ExportFormat.options
  const all = [
    ...kinds.map((kind) => [kind, 'jsonl'] as const),
    ...['decisions', 'report'].flatMap((kind) => formats.map((format) => [kind, format] as const)),
  ]

  it('gives the same bytes for ever, in every kind, and in every format', async () => {
    const first = new Map<string, Buffer>()
    for (const [kind, format] of all) {
      const { bytes, manifest } = await make({ kind, format, period })
      expect([kind, format, manifest.isClosed, manifest.asOf]).toEqual([kind, format, true, '2025-03-31T22:00:00.000Z'])
      if (['reviews', 'accounts', 'flags'].includes(kind)) expect(manifest.rows).toBe(4)
      if (kind === 'decisions') expect(manifest.rows).toBe(3)
      if (kind === 'events') expect(manifest).toMatchObject({ rows: 1, seq: expect.any(Number) })
      if (kind !== 'events' && kind !== 'report') expect(manifest.leftOut).toContain('changeable')
      first.set(`${kind}.${format}`, bytes)
    }
    await change()
    for (const [kind, format] of all) {
      const { bytes } = await make({ kind, format, period })
      expect(`${kind}.${format} ${bytes.equals(first.get(`${kind}.${format}`)!)}`).toBe(`${kind}.${format} true`)
    }
  }, 60_000)

  it('is not promised under filters by what may change', async () => {
    const { manifest } = await make({ kind: 'decisions', period, filter: { queue: ['hate'] } })
    expect(manifest.isClosed).toBe(false)
    expect(manifest.columns).toContain('delivery')
  })
})
