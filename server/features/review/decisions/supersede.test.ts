import { beforeAll, describe, expect, it } from 'vitest'
import { sweepOutbox } from '#server/jobs/sweep-outbox.ts'
import { api } from '#shared/contract/api.ts'
import type { Measure, SupersedeInput } from '#shared/contract/decisions.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createDecision, createPolicy, createPolicyVersion, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const undoMs = 10_000
const correctMs = 60_000
const t = useTestApi({ undoMs, correctMs })

beforeAll(async () => {
  await createPolicy(t.db, { id: 'test.praise', current_version: 2 })
  await createPolicyVersion(t.db, { policy_id: 'test.praise', version: 1 })
})

const newId = () => crypto.randomUUID()
const dana = () => t.as('reviewer')
const sofia = () => t.as('supervisor')

const lift = {
  outcome: 'no_violation',
  clause: null,
  exemption: null,
  measures: [],
  rationale: 'The sentence quotes a court record.',
} satisfies Partial<SupersedeInput>

const praise = {
  outcome: 'violation',
  clause: { id: 'test.praise', version: 2 },
  exemption: null,
  rationale: 'Praises the attack.',
} satisfies Partial<SupersedeInput>

function supersede(call: TestCall, decisionId: string, draft: Partial<SupersedeInput> = lift) {
  const body = { ...lift, clientId: newId(), ...draft } as SupersedeInput
  return call(api.supersedeDecision, { params: { decisionId }, body })
}

/** Decided by Dana just now, waiting for the end of the undo window. */
async function decided(measures: Measure[], overrides: Parameters<typeof createReview>[1] = {}) {
  const review = await createReview(t.db, overrides)
  const params = { reviewId: review.id as ReviewId }
  const { version } = await dana()(api.claimReview, { params, body: { clientId: newId() } })
  const seen = { clientId: newId(), version, snapshotId: review.snapshot_id, handlingMs: 1_000 }
  const { decision } = await dana()(api.decideReview, { params, body: { ...seen, ...praise, measures } })
  return { review, decision }
}

async function effective(measures: Measure[], overrides: Parameters<typeof createReview>[1] = {}) {
  const made = await decided(measures, overrides)
  t.travel(undoMs)
  await sweepOutbox(t.deps)
  return made
}

const getDesk = (id: string) => sofia()(api.getReview, { params: { reviewId: id as ReviewId } })
const getAccount = (id: string) => t.db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

describe('supersedeDecision', () => {
  it('answers 401 without a session', async () => {
    const { id } = await createDecision(t.db)
    await expect(supersede(t.anonymous, id)).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it.each(['auditor', 'admin'] as const)('answers 403 to an %s', async (role) => {
    const { id } = await createDecision(t.db)
    await expect(supersede(t.as(role), id)).rejects.toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it('answers 404 for a decision that is not there', async () => {
    await expect(supersede(sofia(), newId())).rejects.toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('answers 404 for a decision outside the scope', async () => {
    const review = await createReview(t.db, { queue_id: 'hate' })
    const { id } = await createDecision(t.db, { review_id: review.id })
    await t.setScope(t.secondPerson('supervisor'), { queues: ['extremism'] })
    await expect(supersede(t.second('supervisor'), id)).rejects.toMatchObject({ status: 404 })
  })

  it('keeps reviewers from what somebody else decided', async () => {
    const { decision } = await decided([])
    await expect(supersede(t.second('reviewer'), decision.id)).rejects.toMatchObject({
      status: 403,
      body: { code: 'not_yours' },
    })
  })

  it('lets reviewers correct their own for some time, supervisors any at any time', async () => {
    const { decision } = await decided([])
    t.travel(correctMs + 1)
    await expect(supersede(dana(), decision.id)).rejects.toMatchObject({ status: 409, body: { code: 'too_late' } })
    await expect(supersede(sofia(), decision.id)).resolves.toMatchObject({ decision: { supersedesId: decision.id } })
  })

  it('asks for a rationale, whatever the outcome', async () => {
    const { decision } = await decided([])
    await expect(supersede(dana(), decision.id, { rationale: '  ' })).rejects.toMatchObject({
      status: 400,
      body: { code: 'invalid_request', issues: [{ path: 'rationale' }] },
    })
  })

  it('is held to the rules of decisions', async () => {
    const { decision } = await decided([])
    const draft = { ...praise, measures: [{ target: 'post', kind: 'restrict' }] } satisfies Partial<SupersedeInput>
    await expect(supersede(dana(), decision.id, draft)).rejects.toMatchObject({
      body: { code: 'invalid_request', issues: [{ path: 'measures.0.by' }] },
    })
  })

  it('stands in the place of the old one, which stays on record', async () => {
    const { review, decision } = await decided([{ target: 'post', kind: 'remove' }])
    const { decision: correction, version } = await supersede(dana(), decision.id)
    expect(correction).toMatchObject({ ...lift, supersedesId: decision.id, delivery: 'pending' })
    const desk = await getDesk(review.id)
    expect(desk.review).toMatchObject({ outcome: 'no_violation', version, exemption: null, state: 'decided' })
    expect(desk.decisions).toMatchObject([
      { id: correction.id, supersededById: null },
      { id: decision.id, supersededById: correction.id, outcome: 'violation', rationale: praise.rationale },
    ])
  })

  it('logs who corrected what, by codes and hashes', async () => {
    const { review, decision } = await decided([])
    const { decision: correction, version } = await supersede(dana(), decision.id)
    const events = await findEventsOn(t.db, review.id)
    expect(events.at(-1)).toMatchObject({
      kind: 'decision.superseded',
      personId: t.person('reviewer').id,
      version,
      data: { decisionId: correction.id, supersedesId: decision.id, outcome: 'no_violation', measures: [] },
    })
    expect(JSON.stringify(events)).not.toContain(lift.rationale)
  })

  it('keeps what has not left from ever leaving', async () => {
    const { review, decision } = await decided([{ target: 'account', kind: 'block' }])
    await supersede(dana(), decision.id)
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    const desk = await getDesk(review.id)
    expect(desk.decisions.map((each) => each.delivery)).toEqual(['recorded', 'cancelled'])
    expect((await getAccount(review.account_id)).status).toBe('active')
    expect(await findEventsOn(t.db, decision.id)).toMatchObject([{ kind: 'decision.cancelled' }])
  })

  it('lifts what took effect once it takes effect itself', async () => {
    const { review, decision } = await effective([{ target: 'account', kind: 'block' }])
    await t.db.insertInto('account_status').values(stated(review.account_id, 'active')).execute()
    await supersede(dana(), decision.id)
    expect((await getAccount(review.account_id)).status).toBe('blocked')
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    expect((await getAccount(review.account_id)).status).toBe('active')
    expect((await getDesk(review.id)).decisions.at(-1)?.measures).toMatchObject([
      { kind: 'block', endedAs: 'superseded' },
    ])
  })

  it('changes a measure in one step', async () => {
    const { review, decision } = await effective([{ target: 'account', kind: 'block' }])
    const draft = { ...praise, measures: [{ target: 'account', kind: 'limit' }] } satisfies Partial<SupersedeInput>
    await supersede(dana(), decision.id, draft)
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    expect((await getAccount(review.account_id)).status).toBe('limited')
  })

  it('leaves a block that another decision holds', async () => {
    const { review, decision } = await effective([{ target: 'account', kind: 'block' }])
    await effective([{ target: 'account', kind: 'block' }], { account_id: review.account_id })
    await supersede(sofia(), decision.id)
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    expect((await getAccount(review.account_id)).status).toBe('blocked')
  })

  it('may cite the version that was in force when it was decided', async () => {
    const { id } = await createDecision(t.db, { policy_id: 'test.praise', policy_version: 1 })
    const clause = { id: 'test.praise', version: 1 }
    await expect(supersede(sofia(), id, { ...praise, clause, measures: [] })).resolves.toMatchObject({
      decision: { clause },
    })
    const other = await createDecision(t.db)
    await expect(supersede(sofia(), other.id, { ...praise, clause, measures: [] })).rejects.toMatchObject({
      body: { code: 'invalid_request', issues: [{ path: 'clause' }] },
    })
  })

  it('tells the second one what stands there now', async () => {
    const { decision } = await decided([])
    const { decision: correction } = await supersede(sofia(), decision.id)
    await expect(supersede(dana(), decision.id)).rejects.toMatchObject({
      status: 409,
      body: { code: 'already_superseded', conflict: { byName: 'Sofia', decision: { id: correction.id } } },
    })
  })

  it('lets one of two people through who correct at once', async () => {
    const { decision } = await decided([])
    const results = await Promise.allSettled([supersede(dana(), decision.id), supersede(sofia(), decision.id)])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = results.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({ body: { code: 'already_superseded' } })
  })

  it('answers a repeat as it answered first', async () => {
    const { decision } = await decided([])
    const clientId = newId()
    const first = await supersede(dana(), decision.id, { clientId })
    expect(await supersede(dana(), decision.id, { clientId })).toEqual(first)
  })

  it('holds whether it comes before, after or while the decision takes effect', async () => {
    const made = []
    for (let index = 0; index < 24; index += 1) made.push(await decided([{ target: 'account', kind: 'block' }]))
    const rows = made.map(({ review }) => stated(review.account_id, 'active'))
    await t.db.insertInto('account_status').values(rows).execute()
    t.travel(undoMs)
    await Promise.all([
      ...made.map(({ decision }) => supersede(sofia(), decision.id)),
      sweepOutbox(t.deps),
      sweepOutbox(t.deps),
    ])
    t.travel(undoMs)
    await Promise.all([sweepOutbox(t.deps), sweepOutbox(t.deps)])
    for (const { review } of made) {
      expect((await getAccount(review.account_id)).status).toBe('active')
      const [standing, old] = (await getDesk(review.id)).decisions
      expect(standing?.delivery).toBe('recorded')
      expect(old!.delivery === 'cancelled').toBe(old!.measures[0]!.beganAt === null)
      expect(old!.delivery === 'recorded').toBe(old!.measures[0]!.endedAs === 'superseded')
    }
  })

  it('can be corrected in turn', async () => {
    const { review, decision } = await effective([{ target: 'account', kind: 'block' }])
    const second = await supersede(sofia(), decision.id)
    const third = await supersede(sofia(), second.decision.id, {
      ...praise,
      measures: [{ target: 'account', kind: 'limit' }],
    })
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    expect((await getAccount(review.account_id)).status).toBe('limited')
    expect((await getDesk(review.id)).decisions.map(({ id, delivery }) => [id, delivery])).toEqual([
      [third.decision.id, 'recorded'],
      [second.decision.id, 'cancelled'],
      [decision.id, 'recorded'],
    ])
  })
})

/** As a sender said it, before anything of ours. */
const stated = (account_id: string, status: 'active') => ({
  id: newId(),
  account_id,
  status,
  since: new Date('2026-01-01T00:00:00Z'),
  cause: null,
  source: 'vk-intake',
})
