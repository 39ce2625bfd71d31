import { describe, expect, it } from 'vitest'
import { getDecision, listDecisions } from '#shared/contract/decision-list.ts'
import { listPolicies } from '#shared/contract/policies.ts'
import { Role } from '#shared/domain/permissions.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createDecision, createFlag, createMedia, createReview, createSnapshot } from '#test/support/factories.ts'

const t = useTestApi()

type Query = NonNullable<Parameters<TestCall>[1]['query']>

async function idsOf(query: Query, role: Role = 'supervisor') {
  const { items } = await t.as(role)(listDecisions, { query })
  return items.map(({ decision }) => decision.id)
}

/** Nobody else's tests see what this person decided. */
let people = 0
const newPerson = () => `person-${++people}`

describe('listDecisions', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(listDecisions, {})).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it.each(Role.options)('lets a %s read', async (role) => {
    expect(await idsOf({ decidedBy: newPerson() }, role)).toEqual([])
  })

  it('refuses a filter of no such kind and a cursor of another order', async () => {
    await expect(idsOf({ outcome: 'perhaps' })).rejects.toMatchObject({ body: { issues: [{ path: 'outcome' }] } })
    const decided_by = newPerson()
    for (let n = 0; n < 2; n += 1) await createDecision(t.db, { decided_by })
    const { nextCursor } = await t.as('auditor')(listDecisions, { query: { decidedBy: decided_by, limit: 1 } })
    await expect(idsOf({ cursor: nextCursor!, sort: 'oldest' })).rejects.toMatchObject({ status: 400 })
  })

  it('shows what was decided and on what', async () => {
    const media = await createMedia(t.db)
    const review = await createReview(t.db, { caption: 'Паспорт', media: [media.sha256], handle: 'artyom_2' })
    const decision = await createDecision(t.db, {
      review_id: review.id,
      decided_by: newPerson(),
      measures: [
        { target: 'post', kind: 'remove' },
        { target: 'account', kind: 'block' },
      ],
    })
    const { items, count } = await t.as('reviewer')(listDecisions, { query: { decidedBy: decision.decided_by! } })
    expect(count).toEqual({ value: 1, exact: true })
    expect(items).toMatchObject([
      {
        decision: { id: decision.id, reviewReference: `DKT-${review.number}`, measures: [{}, { kind: 'block' }] },
        supersededById: null,
        subject: 'post',
        captionExcerpt: 'Паспорт',
        media: { count: 1, first: media.sha256, firstState: 'ready' },
        account: { id: review.account_id, handle: 'artyom_2' },
      },
    ])
  })

  it('lists mine, and none of mine among the decisions of others', async () => {
    const mine = await createDecision(t.db, { decided_by: t.person('reviewer').id })
    await createDecision(t.db, { decided_by: newPerson() })
    expect(await idsOf({ mine: 'true' }, 'reviewer')).toEqual([mine.id])
    expect(await idsOf({ mine: 'true', decidedBy: 'person-1' }, 'reviewer')).toEqual([])
  })

  it('holds under a clause as many as the policy counts', async () => {
    const further_clauses = JSON.stringify([{ id: 'hate.slur', version: 2 }])
    await createDecision(t.db, { policy_id: 'hate.slur' })
    await createDecision(t.db, { policy_id: 'spam.scam', further_clauses })
    await createDecision(t.db, { policy_id: 'hate.slur', outcome: 'exempt', exemption: 'satire' })
    t.travel(31_000)
    const { items } = await t.as('reviewer')(listPolicies, {})
    for (const id of ['hate.slur', 'spam.scam', 'satire']) {
      const { count } = await t.as('reviewer')(listDecisions, { query: { clause: id } })
      expect(count?.value, id).toBe(items.find((policy) => policy.id === id)?.decisionCount)
    }
    expect(await idsOf({ clause: 'hate.slur' })).toHaveLength(3)
  })

  it('tells which were superseded, and by what', async () => {
    const decided_by = newPerson()
    const first = await createDecision(t.db, { decided_by })
    const second = await createDecision(t.db, { decided_by, review_id: first.review_id, supersedes_id: first.id })
    expect(await idsOf({ decidedBy: decided_by, superseded: 'true' })).toEqual([first.id])
    expect(await idsOf({ decidedBy: decided_by, superseded: 'false' })).toEqual([second.id])
    const all = await t.as('reviewer')(listDecisions, { query: { decidedBy: decided_by } })
    expect(all.items.map((item) => item.supersededById)).toEqual([null, second.id])
  })

  it('leaves out what is restricted, and queues that somebody may not see', async () => {
    const decided_by = newPerson()
    const hate = await createDecision(t.db, {
      decided_by,
      review_id: (await createReview(t.db, { queue_id: 'hate' })).id,
    })
    const restricted = await createDecision(t.db, {
      decided_by,
      review_id: (await createReview(t.db, { queue_id: 'hate', is_restricted: true })).id,
    })
    const other = await createDecision(t.db, {
      decided_by,
      review_id: (await createReview(t.db, { queue_id: 'safety' })).id,
    })
    expect(await idsOf({ decidedBy: decided_by })).toEqual([other.id, hate.id])
    await limitTo(t.secondPerson('reviewer').id, 'hate')
    const seen = await t.second('reviewer')(listDecisions, { query: { decidedBy: decided_by } })
    expect(seen.items.map(({ decision }) => decision.id)).toEqual([hate.id])
    expect(seen.count).toEqual({ value: 1, exact: true })
    for (const { id } of [restricted, other]) {
      await expect(t.second('reviewer')(getDecision, { params: { decisionId: id } as never })).rejects.toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      })
    }
  })
})

async function limitTo(personId: string, queueId: string) {
  await t.owner.updateTable('auth.user').set({ seesAllQueues: false }).where('id', '=', personId).execute()
  await t.owner.insertInto('queue_member').values({ person_id: personId, queue_id: queueId }).execute()
  t.travel(6_000)
}

describe('getDecision', () => {
  const get = (decisionId: string, call: TestCall = t.as('reviewer')) => call(getDecision, { params: { decisionId } })

  it('answers 401 without a session and 404 for none', async () => {
    const id = '01900000-0000-7000-8000-000000000000'
    await expect(get(id, t.anonymous)).rejects.toMatchObject({ status: 401 })
    await expect(get(id)).rejects.toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('shows the snapshot that was seen, not the one that came after', async () => {
    const review = await createReview(t.db, { caption: 'As it was' })
    const decision = await createDecision(t.db, { review_id: review.id })
    const { account_id, post_id } = review
    await createFlag(t.db, {
      review_id: review.id,
      account_id: review.account_id,
      snapshot_id: review.snapshot_id,
      source_kind: 'hash_match',
      received_at: new Date(decision.decided_at.getTime() + 1),
    })
    const later = await createSnapshot(t.db, { account_id, post_id, caption: 'As it is' })
    await t.db
      .updateTable('review')
      .set({ snapshot_id: later.id, caption_excerpt: 'As it is' })
      .where('id', '=', review.id)
      .execute()
    const detail = await get(decision.id)
    expect(detail).toMatchObject({
      decision: { id: decision.id, snapshotId: review.snapshot_id },
      snapshot: { id: review.snapshot_id, caption: 'As it was' },
      review: { id: review.id, state: 'decided' },
      account: { id: account_id },
      post: { id: post_id },
      flags: [{ kind: 'user_report', count: 1 }],
    })
    expect(detail.flags).toHaveLength(1)
  })
})
