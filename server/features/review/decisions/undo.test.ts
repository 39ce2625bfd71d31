import { describe, expect, it } from 'vitest'
import { newId } from '#server/db/id.ts'
import { countCitations } from '#server/features/policies/policies.queries.ts'
import { sweepOutbox } from '#server/jobs/sweep-outbox.ts'
import { api } from '#shared/contract/api.ts'
import type { DecisionInput, Measure } from '#shared/contract/decisions.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createPolicy, createReview } from '#test/support/factories.ts'
import { buildFlagBody } from '#test/support/flags.ts'
import { findEventsOn } from '#test/support/log.ts'

const undoMs = 10_000
const t = useTestApi({ undoMs })

const ana = () => t.as('reviewer')
const ben = () => t.second('reviewer')
const sofia = () => t.as('supervisor')
const anaId = () => t.person('reviewer').id
const params = (id: string) => ({ reviewId: id as ReviewId })
const refused = (status: number, code: string) => ({ status, body: { code } })

const keep: Omit<DecisionInput, 'clientId' | 'version' | 'snapshotId' | 'translations'> = {
  outcome: 'no_violation',
  clause: null,
  furtherClauses: [],
  exemption: null,
  purposeWeighed: false,
  measures: [],
  territory: [],
  rationale: '',
  handlingMs: 1,
}
const remove: Partial<DecisionInput> = {
  outcome: 'violation',
  clause: { id: 'test.praise', version: 1 },
  purposeWeighed: true,
  measures: [{ target: 'post', kind: 'remove' }] as Measure[],
  rationale: 'Praises the attack.',
}

async function decide(call: TestCall, review: { id: string; snapshot_id: string }, what: Partial<DecisionInput> = {}) {
  await createPolicy(t.db, { id: 'test.praise' })
  const { version } = await call(api.claimReview, { params: params(review.id), body: { clientId: newId() } })
  return call(api.decideReview, {
    params: params(review.id),
    body: { ...keep, ...what, clientId: newId(), version, snapshotId: review.snapshot_id },
  })
}

const undo = (call: TestCall, decisionId: string, clientId: string = newId()) =>
  call(api.undoDecision, { params: { decisionId }, body: { clientId } })
const correct = (call: TestCall, decisionId: string, what: Partial<DecisionInput> = {}) => {
  const { handlingMs: _, ...input } = keep
  return call(api.supersedeDecision, {
    params: { decisionId },
    body: { ...input, rationale: 'Read again.', ...what, clientId: newId() },
  })
}
const release = (call: TestCall, id: string) =>
  call(api.releaseReview, { params: params(id), body: { clientId: newId() } })

const getReview = (id: string) => t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const getOutbox = async (decision_id: string) =>
  (await t.db.selectFrom('outbox').select('state').where('decision_id', '=', decision_id).executeTakeFirstOrThrow())
    .state
const desk = (id: string) => ana()(api.getReview, { params: params(id) })

describe('undoDecision', () => {
  it('opens the review again in my hand, and nothing takes effect', async () => {
    const review = await createReview(t.db)
    const { decision, version } = await decide(ana(), review, remove)
    expect(Date.parse(decision.undoUntil!) - Date.parse(decision.decidedAt)).toBe(undoMs)
    const reply = await undo(ana(), decision.id)
    expect(reply).toMatchObject({ reviewId: review.id, version: version + 1, lease: { holderId: anaId() } })
    expect(await getReview(review.id)).toMatchObject({
      state: 'open',
      holder_id: anaId(),
      decision_id: null,
      outcome: null,
      decided_by: null,
      decided_at: null,
    })
    t.travel(undoMs + 1)
    await sweepOutbox(t.deps)
    expect(await getOutbox(decision.id)).toBe('cancelled')
    const { decisions } = await desk(review.id)
    expect(decisions).toHaveLength(1)
    expect(decisions[0]).toMatchObject({ delivery: 'cancelled', undoUntil: null, measures: [{ beganAt: null }] })
    expect(decisions[0]!.undoneAt).not.toBeNull()
    expect((await findEventsOn(t.db, review.id)).at(-1)).toEqual({
      kind: 'decision.undone',
      personId: anaId(),
      version: version + 1,
      data: { decisionId: decision.id, holderId: anaId() },
    })
    await release(ana(), review.id)
  })

  it('may be decided anew, and undone anew', async () => {
    const review = await createReview(t.db)
    const first = await decide(ana(), review)
    await undo(ana(), first.decision.id)
    const second = await decide(ana(), review, remove)
    expect(await getReview(review.id)).toMatchObject({ state: 'decided', decision_id: second.decision.id })
    await undo(ana(), second.decision.id)
    await decide(ana(), review)
    expect((await desk(review.id)).decisions.map(({ undoneAt }) => undoneAt === null)).toEqual([true, false, false])
  })

  it('works after later decisions on other reviews', async () => {
    const reviews = [await createReview(t.db), await createReview(t.db), await createReview(t.db)]
    const first = await decide(ana(), reviews[0]!, remove)
    await decide(ana(), reviews[1]!)
    await decide(ana(), reviews[2]!)
    expect((await undo(ana(), first.decision.id)).lease).not.toBeNull()
    await release(ana(), reviews[0]!.id)
  })

  it('is refused to everybody else, a supervisor too', async () => {
    const { decision } = await decide(ana(), await createReview(t.db))
    for (const call of [ben(), sofia()]) {
      await expect(undo(call, decision.id)).rejects.toMatchObject(refused(403, 'not_yours'))
    }
    await expect(undo(ana(), newId())).rejects.toMatchObject(refused(404, 'not_found'))
  })

  it('answers a repeat as it answered first, and another act that it is done', async () => {
    const review = await createReview(t.db)
    const { decision } = await decide(ana(), review)
    const clientId = newId()
    const answers = await Promise.all([undo(ana(), decision.id, clientId), undo(ana(), decision.id, clientId)])
    expect(answers[0]).toEqual(answers[1])
    await expect(undo(ana(), decision.id)).rejects.toMatchObject(refused(409, 'already_undone'))
    await release(ana(), review.id)
  })

  it('is too late once the decision took effect, and says when it did', async () => {
    const { decision } = await decide(ana(), await createReview(t.db))
    t.travel(undoMs + 1)
    await sweepOutbox(t.deps)
    await expect(undo(ana(), decision.id)).rejects.toMatchObject({
      ...refused(409, 'too_late'),
      body: { conflict: { byId: anaId(), decision: { id: decision.id } } },
    })
  })

  it('is too late for a removal order at once', async () => {
    const review = await createReview(t.db, { sources: ['removal_order'] })
    const { decision } = await decide(ana(), review)
    expect(decision.undoUntil).toBeNull()
    await expect(undo(ana(), decision.id)).rejects.toMatchObject(refused(409, 'too_late'))
  })

  it('is too late when another review of the post was opened meanwhile', async () => {
    const review = await createReview(t.db)
    const { decision } = await decide(ana(), review)
    const later = await createReview(t.db, { post_id: review.post_id, account_id: review.account_id })
    await expect(undo(ana(), decision.id)).rejects.toMatchObject({
      ...refused(409, 'too_late'),
      body: { conflict: { at: later.opened_at.toISOString() } },
    })
    expect(await getOutbox(decision.id)).toBe('pending')
  })

  it('opens what was handed up as such', async () => {
    const review = await createReview(t.db, { state: 'escalated', escalated_to: anaId() })
    const { decision } = await decide(ana(), review)
    await undo(ana(), decision.id)
    expect(await getReview(review.id)).toMatchObject({ state: 'escalated', escalated_to: anaId() })
    await release(ana(), review.id)
  })

  it('either takes a decision back or lets it take effect', async () => {
    for (let round = 0; round < 15; round += 1) {
      const review = await createReview(t.db)
      const { decision } = await decide(ana(), review, remove)
      t.travel(undoMs + 1)
      const [undone] = await Promise.allSettled([undo(ana(), decision.id), sweepOutbox(t.deps), sweepOutbox(t.deps)])
      const [row] = (await desk(review.id)).decisions
      if (undone.status === 'fulfilled') {
        expect(row).toMatchObject({ delivery: 'cancelled', measures: [{ beganAt: null }] })
        await release(ana(), review.id)
      } else {
        expect(undone.reason).toMatchObject(refused(409, 'too_late'))
        expect(row).toMatchObject({ delivery: 'recorded', undoneAt: null })
        expect(row!.measures[0]!.beganAt).not.toBeNull()
      }
    }
  })
})

describe('undoing a correction', () => {
  it('is one of two: a decision is taken back or corrected, and what is done counts', async () => {
    for (let round = 0; round < 10; round += 1) {
      const review = await createReview(t.db)
      const { decision } = await decide(ana(), review, remove)
      const results = await Promise.allSettled([undo(ana(), decision.id), correct(sofia(), decision.id)])
      const [undone, corrected] = results
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      if (undone.status === 'rejected') expect(undone.reason).toMatchObject(refused(409, 'already_superseded'))
      if (corrected!.status === 'rejected') expect(corrected!.reason).toMatchObject(refused(409, 'already_undone'))
      expect(await getOutbox(decision.id)).toBe('cancelled')
      if (undone.status === 'fulfilled') await release(ana(), review.id)
    }
  })

  it('bears a stale correction of what it brings back at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const review = await createReview(t.db)
      const first = await decide(ana(), review, remove)
      const second = await correct(ana(), first.decision.id)
      const results = await Promise.allSettled([
        undo(ana(), second.decision.id),
        correct(sofia(), first.decision.id),
        undo(sofia(), first.decision.id),
      ])
      expect(results[0].status).toBe('fulfilled')
      for (const each of results) if (each.status === 'rejected') expect(each.reason.status).toBeLessThan(500)
      expect(await getOutbox(second.decision.id)).toBe('cancelled')
    }
  })

  it('lets the earlier decision stand again', async () => {
    const review = await createReview(t.db)
    const { decision } = await decide(ana(), review, remove)
    t.travel(undoMs + 1)
    await sweepOutbox(t.deps)
    const corrected = await correct(ana(), decision.id)
    await expect(undo(ana(), decision.id)).rejects.toMatchObject(refused(409, 'already_superseded'))
    const reply = await undo(ana(), corrected.decision.id)
    expect(reply).toMatchObject({ version: corrected.version + 1, lease: null })
    expect(await getReview(review.id)).toMatchObject({
      state: 'decided',
      decision_id: decision.id,
      outcome: 'violation',
      decided_at: new Date(decision.decidedAt),
      holder_id: null,
    })
    const [undone, standing] = (await desk(review.id)).decisions
    expect(undone!.undoneAt).not.toBeNull()
    expect(standing).toMatchObject({ supersededById: null, measures: [{ endedAt: null }] })
    const again = await correct(ana(), decision.id)
    expect((await desk(review.id)).decisions.find(({ id }) => id === decision.id)).toMatchObject({
      supersededById: again.decision.id,
    })
  })

  it('lets what it cancelled take effect after all', async () => {
    const review = await createReview(t.db)
    const { decision } = await decide(ana(), review, remove)
    const corrected = await correct(sofia(), decision.id)
    expect(await getOutbox(decision.id)).toBe('cancelled')
    await undo(sofia(), corrected.decision.id)
    expect(await getOutbox(decision.id)).toBe('pending')
    expect((await findEventsOn(t.db, decision.id)).map(({ kind }) => kind)).toEqual([
      'decision.cancelled',
      'decision.revived',
    ])
    t.travel(undoMs + 1)
    await sweepOutbox(t.deps)
    const [, standing] = (await desk(review.id)).decisions
    expect(standing).toMatchObject({ delivery: 'recorded' })
    expect(standing!.measures[0]!.beganAt).not.toBeNull()
  })

  it('may go back step by step', async () => {
    const review = await createReview(t.db)
    const first = await decide(ana(), review, remove)
    const second = await correct(ana(), first.decision.id)
    const third = await correct(ana(), second.decision.id, remove)
    await undo(ana(), third.decision.id)
    await undo(ana(), second.decision.id)
    expect(await getReview(review.id)).toMatchObject({ state: 'decided', decision_id: first.decision.id })
    await undo(ana(), first.decision.id)
    expect(await getReview(review.id)).toMatchObject({ state: 'open', decision_id: null, holder_id: anaId() })
    await release(ana(), review.id)
  })
})

describe('what was undone', () => {
  it('counts nowhere, and is listed as such', async () => {
    const review = await createReview(t.db)
    await createPolicy(t.db, { id: 'test.praise' })
    const { decision } = await decide(ana(), review, remove)
    const countOf = async () => (await countCitations(t.db)).get('test.praise')!
    const before = await countOf()
    await undo(ana(), decision.id)
    await release(ana(), review.id)
    expect(await countOf()).toBe(before - 1)
    const other = await createReview(t.db, { account_id: review.account_id })
    const { account } = await desk(other.id)
    expect(account).toMatchObject({ decisions: [], decisionCount: 0 })
    const page = await sofia()(api.getAccount, { params: { accountId: review.account_id } })
    expect(page.counts.decisions.value).toBe(0)
    const timeline = await sofia()(api.getAccountTimeline, { params: { accountId: review.account_id } })
    expect(timeline.items.filter(({ kind }) => kind === 'decision')).toEqual([])
    const { items } = await sofia()(api.listDecisions, { query: { account: review.account_id } })
    expect(items.map(({ decision: listed }) => listed.undoneAt === null)).toEqual([false])
    const standing = await sofia()(api.listDecisions, { query: { account: review.account_id, superseded: 'false' } })
    expect(standing.items).toEqual([])
  })

  it('leaves the house with no export', async () => {
    const review = await createReview(t.db)
    const first = await decide(ana(), review, remove)
    await undo(ana(), first.decision.id)
    const second = await decide(ana(), review)
    const corrected = await correct(ana(), second.decision.id, remove)
    await undo(ana(), corrected.decision.id)
    const path = `/api/v1/exports/decisions.csv?account=${review.account_id}`
    const csv = await (await t.fetch(path, {}, 'supervisor')).text()
    expect(csv.split('\r\n').filter((line) => line.includes(review.id))).toHaveLength(1)
    expect(csv).toContain(second.decision.id)
  })

  it('covers no flag: the next one joins the review', async () => {
    const flag = buildFlagBody()
    const send = (body: typeof flag) =>
      t.key({ role: 'supervisor', sources: [body.source.name], kinds: [body.source.kind] })(api.createFlag, { body })
    const { reviewId } = await send(flag)
    const row = await getReview(reviewId!)
    const { decision } = await decide(ana(), row, remove)
    await undo(ana(), decision.id)
    const joined = await send({ ...flag, source: { ...flag.source, externalId: newId() } })
    expect(joined).toMatchObject({ reviewId, effect: 'joined' })
    await release(ana(), reviewId!)
  })
})
