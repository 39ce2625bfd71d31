import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { api } from '#shared/contract/api.ts'
import type { BulkAct } from '#shared/contract/bulk.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createDecision, createLease, createPolicy, createQueue, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const undoMs = 10_000
const t = useTestApi({ undoMs })
const newId = () => crypto.randomUUID()
const ana = () => t.as('reviewer')
const sofia = () => t.as('supervisor')
const anaId = () => t.person('reviewer').id
const benId = () => t.secondPerson('reviewer').id

beforeAll(async () => {
  await createQueue(t.db, { id: 'other', position: 2 })
  await createPolicy(t.db, { id: 'bulk.praise' })
  await createPolicy(t.db, { id: 'bulk.threat', section_code: '1' })
})

type Act = z.input<typeof BulkAct>

const decide: Extract<Act, { kind: 'decide' }> = {
  kind: 'decide',
  outcome: 'violation',
  clause: { id: 'bulk.praise', version: 1 },
  exemption: null,
  purposeWeighed: true,
  measures: [{ target: 'post', kind: 'remove' }],
  rationale: 'The same leaflet.',
  ladderReason: 'Nothing is on record.',
}
const inAnHour = () => new Date(t.deps.now().getTime() + 3_600_000).toISOString()
const hold = () => ({ kind: 'hold', reason: 'evidence', text: 'Asked the sender.', wakeAt: inAnHour() }) as const
const escalate = { kind: 'escalate', to: { role: 'supervisor' }, reason: 'Two readings of one word.' } as const
const assign = (personId: string | null) => ({ kind: 'assign', personId }) as const
const move = { kind: 'move', queueId: 'other', reason: 'Belongs there.' } as const

type Seen = { id: string; version: number }
const itemsOf = (reviews: Seen[]) => ({
  items: reviews.map(({ id, version }) => ({ reviewId: id as ReviewId, version })),
})
function run(call: TestCall, reviews: Seen[], act: Act, more = {}) {
  const body = { clientId: newId(), choice: itemsOf(reviews), act, ...more }
  return call(api.runBulk, { body })
}
const look = (call: TestCall, reviews: Seen[], act: Act) => run(call, reviews, act, { dryRun: true })
const undo = (call: TestCall, bulkId: string, clientId = newId()) =>
  call(api.undoBulk, { params: { bulkId }, body: { clientId } })

const getReview = (id: string) => t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const getReviews = (reviews: Seen[]) => Promise.all(reviews.map(({ id }) => getReview(id)))
const create = (count: number, overrides = {}) =>
  Promise.all(Array.from({ length: count }, () => createReview(t.db, overrides)))
const refused = (status: number, code: string) => ({ status, body: { code } })
const codesOf = ({ items }: { items: { code: string | null }[] }) => items.map(({ code }) => code)
const countRows = async () => {
  const { rows } = await sql<{
    counts: number[]
  }>`select array[(select count(*) from decision), (select count(*) from event),
    (select count(*) from turn), (select count(*) from bulk), (select count(*) from receipt)]::int[] as counts`.execute(
    t.db,
  )
  return rows[0]!.counts
}

describe('runBulk', () => {
  it('decides all that nobody else holds, and says of the rest why not and who', async () => {
    const [free, mine, bens, decided, changed, threat, expired] = await create(7)
    await createLease(t.db, mine!, { holder_id: anaId() })
    await createLease(t.db, bens!, { holder_id: benId() })
    await createDecision(t.db, { review_id: decided!.id, decided_by: benId() })
    await t.db.updateTable('review').set({ policy_id: 'bulk.threat' }).where('id', '=', threat!.id).execute()
    await createLease(t.db, expired!, { holder_id: benId(), expires_at: new Date(Date.now() - 1_000) })
    const away = { id: newId(), version: 1 }
    const chosen = [free!, mine!, bens!, decided!, { ...changed!, version: 0 }, threat!, expired!, away]
    const codes = [null, null, 'held_by_other', 'already_decided', 'version_changed', 'single_only', null, 'not_found']

    const before = await countRows()
    const seen = await look(ana(), chosen, decide)
    expect(codesOf(seen)).toEqual(codes)
    expect(seen).toMatchObject({ bulk: null, done: 3, refused: 5 })
    expect(seen.items[2]).toMatchObject({ byId: benId(), byName: 'Ravi' })
    expect(seen.items[3]).toMatchObject({ byId: benId() })
    expect(await countRows()).toEqual(before)

    const done = await run(ana(), chosen, decide)
    expect(codesOf(done)).toEqual(codes)
    expect(done).toMatchObject({ done: 3, refused: 5, bulk: { id: expect.any(String) } })
    for (const { id } of [free!, mine!, expired!]) {
      expect(await getReview(id)).toMatchObject({ state: 'decided', decided_by: anaId(), holder_id: null })
    }
    const kinds = (await findEventsOn(t.db, expired!.id)).map(({ kind, version }) => [kind, version])
    expect(kinds).toEqual([
      ['lease.expired', 2],
      ['review.claimed', 3],
      ['review.decided', 4],
    ])
    expect((await getReview(expired!.id)).version).toBe(4)
    for (const { data } of await findEventsOn(t.db, free!.id)) expect(data).toMatchObject({ bulkId: done.bulk!.id })
    expect(await findEventsOn(t.db, done.bulk!.id)).toMatchObject([
      { kind: 'bulk.done', personId: anaId(), data: { act: 'decide', done: 3, refused: 5, outcome: 'violation' } },
    ])
    const kept = await ana()(api.getBulk, { params: { bulkId: done.bulk!.id } })
    expect(codesOf(kept)).toEqual(codes.slice(0, -1))
    expect(kept.undo).toBeNull()
  })

  it('takes all that waits under a filter, but for those left out, and not more than may be', async () => {
    const platform = newId()
    const reviews = await create(3, { platform })
    const filter = { platform: [platform] }
    const choice = { filter, except: [reviews[0]!.id as ReviewId] }
    const body = { clientId: newId(), choice, act: escalate }
    const { items } = await ana()(api.runBulk, { body })
    expect(items.map(({ reviewId }) => reviewId).toSorted()).toEqual([reviews[1]!.id, reviews[2]!.id].toSorted())

    await sql`with made as (
        insert into account (id, platform, external_id, kind, handle, status, first_seen_at)
        select gen_random_uuid(), ${platform}, 'many-' || n, 'person', 'many', 'active', now() from generate_series(1, 5000) as n
        returning id)
      insert into review (id, state, queue_id, account_id, snapshot_id, caption_excerpt, platform, handle, account_status,
        flag_count, sources, media_count, priority, priority_terms, due_at, opened_at)
      select gen_random_uuid(), 'open', queue_id, made.id, snapshot_id, '', ${platform}, 'many', 'active', 1, sources, 0, 1,
        '[]', now(), now() from made, review where review.id = ${reviews[0]!.id}`.execute(t.db)
    const tooMany = ana()(api.runBulk, {
      body: { clientId: newId(), dryRun: true, choice: { filter }, act: { kind: 'claim' } },
    })
    await expect(tooMany).rejects.toMatchObject(refused(409, 'too_many_chosen'))
  })

  it('acts once however often it is sent, and answers alike', async () => {
    const reviews = await create(3)
    const clientId = newId()
    const answers = await Promise.all([1, 2].map(() => run(ana(), reviews, decide, { clientId })))
    expect(answers[0]).toEqual(answers[1])
    const again = await run(ana(), reviews, decide, { clientId })
    expect(again).toEqual(answers[0])
    expect((await getReviews(reviews)).map(({ version }) => version)).toEqual([3, 3, 3])
  })

  it('leaves nothing when it fails half way', async () => {
    const reviews = await create(5)
    await sql`create function fail_late() returns trigger language plpgsql as $$ begin
      if new.position = 4 then raise exception 'No more.'; end if; return new; end $$`.execute(t.owner)
    await sql`create trigger fail_late before insert on bulk_item for each row execute function fail_late()`.execute(
      t.owner,
    )
    const before = await countRows()
    try {
      await expect(run(ana(), reviews, decide)).rejects.toMatchObject(refused(500, 'internal'))
    } finally {
      await sql`drop function fail_late cascade`.execute(t.owner)
    }
    expect(await countRows()).toEqual(before)
    for (const row of await getReviews(reviews))
      expect(row).toMatchObject({ state: 'open', version: 1, holder_id: null })
  })

  it('never blocks accounts, takes severe measures, or cites what is looked at by itself', async () => {
    const [review] = await create(1)
    const block = { ...decide, measures: [{ target: 'account', kind: 'block' }] } satisfies Act
    const terminate = { ...decide, measures: [{ target: 'account', kind: 'terminate' }] } satisfies Act
    const threat = { ...decide, clause: { id: 'bulk.threat', version: 1 } }
    for (const [act, path] of [
      [block, 'act.measures.0'],
      [terminate, 'act.measures.0'],
      [threat, 'act.clause'],
    ] as const) {
      await expect(look(ana(), [review!], act)).rejects.toMatchObject({
        ...refused(409, 'single_only'),
        body: { issues: [{ path }] },
      })
    }
  })

  it('says what is wrong with a decision where it is wrong', async () => {
    const [post] = await create(1)
    const account = await createReview(t.db, { post_id: null })
    const { items } = await look(ana(), [post!, account], decide)
    expect(items).toMatchObject([{ code: null }, { code: 'invalid_request', issues: [{ path: 'measures.0' }] }])
  })

  it('lets supervisors assign and move what nobody holds, and reviewers only move', async () => {
    const [free, bens] = await create(2)
    await createLease(t.db, bens!, { holder_id: benId() })
    await expect(run(ana(), [free!], assign(benId()))).rejects.toMatchObject(refused(403, 'forbidden'))
    const assigned = await run(sofia(), [free!, bens!], assign(benId()))
    expect(codesOf(assigned)).toEqual([null, 'held_by_other'])
    expect(await getReview(free!.id)).toMatchObject({ assignee_id: benId(), version: 2 })
    const moved = await run(ana(), await create(2), move)
    expect(moved).toMatchObject({ done: 2 })
  })

  it('claims no more than one person may hold', async () => {
    t.deps.settings.leaseCap = 2
    try {
      const reviews = await create(3)
      const claimed = await run(t.second('supervisor'), reviews, { kind: 'claim' })
      expect(codesOf(claimed)).toEqual([null, null, 'too_many_held'])
      expect(await undo(t.second('supervisor'), claimed.bulk!.id)).toMatchObject({ done: 2, refused: 0 })
      expect((await getReviews(reviews)).map(({ holder_id }) => holder_id)).toEqual([null, null, null])
    } finally {
      t.deps.settings.leaseCap = 1_000
    }
  })
})

describe('undoBulk', () => {
  it('takes back all decisions of a bulk at once, but for those that somebody changed', async () => {
    const reviews = await create(3)
    await createLease(t.db, reviews[0]!, { holder_id: anaId() })
    const { bulk } = await run(ana(), reviews, decide)
    const { decision_id } = await getReview(reviews[2]!.id)
    const kept = { outcome: 'no_violation' as const, clause: null, exemption: null, measures: [] }
    const body = { clientId: newId(), ...kept, rationale: 'A news report.' }
    await sofia()(api.supersedeDecision, { params: { decisionId: decision_id! }, body })

    await expect(undo(t.second('reviewer'), bulk!.id)).rejects.toMatchObject(refused(403, 'not_yours'))
    const clientId = newId()
    const undone = await undo(ana(), bulk!.id, clientId)
    expect(codesOf(undone)).toEqual([null, null, 'already_superseded'])
    expect(undone.items[2]).toMatchObject({ byId: t.person('supervisor').id })
    expect(await undo(ana(), bulk!.id, clientId)).toEqual(undone)
    await expect(undo(ana(), bulk!.id)).rejects.toMatchObject(refused(409, 'already_undone'))

    const after = await getReviews(reviews)
    expect(after.map(({ state, holder_id }) => [state, holder_id])).toEqual([
      ['open', anaId()],
      ['open', null],
      ['decided', null],
    ])
    const events = await findEventsOn(t.db, reviews[1]!.id)
    expect(events.at(-1)).toMatchObject({ kind: 'decision.undone', data: { bulkId: bulk!.id } })
    expect(await findEventsOn(t.db, bulk!.id)).toMatchObject([
      { kind: 'bulk.done' },
      { kind: 'bulk.undone', data: { done: 2, refused: 1 } },
    ])
    const told = await ana()(api.getBulk, { params: { bulkId: bulk!.id } })
    expect(told.undo).toMatchObject({ byId: anaId(), done: 2, refused: 1 })
    expect(told.undo!.items.find(({ code }) => code)).toMatchObject({ reference: told.items[2]!.reference })
  })

  it.each([
    ['hold', () => hold(), ana],
    ['escalate', () => escalate, ana],
    ['assign', () => assign(benId()), sofia],
    ['move', () => move, sofia],
  ] as const)('puts reviews back as they were: %s', async (_name, act, who) => {
    const reviews = await create(2)
    const before = await getReviews(reviews)
    const { bulk } = await run(who(), reviews, act())
    const { version } = await getReview(reviews[1]!.id)
    await sofia()(api.assignReview, {
      params: { reviewId: reviews[1]!.id as ReviewId },
      body: { clientId: newId(), version, personId: null },
    })
    const undone = await undo(who(), bulk!.id)
    expect(codesOf(undone)).toEqual([null, 'version_changed'])
    const { version: now, ...after } = await getReview(reviews[0]!.id)
    expect({ ...after, version: 1 }).toEqual(before[0])
    expect(now).toBe(undone.items[0]!.version)
    const desk = await ana()(api.getReview, { params: { reviewId: reviews[0]!.id as ReviewId } })
    expect(desk.turn).toMatchObject({ hold: null, escalation: null, handover: null, assigneeId: null })
    const inbox = await t.db.selectFrom('inbox_item').select('id').where('review_id', '=', reviews[0]!.id).execute()
    expect(inbox).toEqual([])
  })

  it('comes too late after the window', async () => {
    const moved = await run(sofia(), await create(1), move)
    t.travel(undoMs + 1)
    await expect(undo(sofia(), moved.bulk!.id)).rejects.toMatchObject(refused(409, 'too_late'))
    await expect(undo(sofia(), newId())).rejects.toMatchObject(refused(404, 'not_found'))
  })
})
