import { beforeAll, describe, expect, it } from 'vitest'
import { listDecisions } from '#shared/contract/decision-list.ts'
import { getPolicyUse } from '#shared/contract/policies.ts'
import * as contract from '#shared/contract/rereviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { createDecision, createReview } from '#test/support/factories.ts'

const t = useTestApi()
const clientId = () => crypto.randomUUID()
const policyId = 'hate.slur'
const nobody = '01900000-0000-7000-8000-000000000000'

/** Decided by the first reviewer, but for the last, which the second did. */
const decided: { id: string; reviewId: string; caption: string }[] = []

beforeAll(async () => {
  for (let n = 0; n < 24; n += 1) {
    const caption = `Words ${n}`
    const review = await createReview(t.db, { state: 'decided', caption, queue_id: n < 4 ? 'hate' : 'general' })
    const by = n === 23 ? t.secondPerson('reviewer') : t.person('reviewer')
    const { id } = await createDecision(t.db, {
      review_id: review.id,
      snapshot_id: review.snapshot_id,
      policy_id: policyId,
      decided_by: by.id,
      measures: [{ target: 'post', kind: 'remove' }],
    })
    decided.push({ id, reviewId: review.id, caption })
  }
})

const draw = (part: { size?: number; seed?: string } = {}) =>
  t.as('supervisor')(contract.drawSample, {
    params: { policyId },
    body: { clientId: clientId(), size: 500, draftId: null, decidedFrom: null, ...part },
  })

const items = async (sampleId: string) => {
  const rows = await t.db
    .selectFrom('rereview_item')
    .select(['id', 'decision_id'])
    .where('sample_id', '=', sampleId)
    .orderBy('position')
    .execute()
  return rows
}

const removed = { outcome: 'violation', postMeasure: 'remove' } as const
const kept = { outcome: 'no_violation', postMeasure: null } as const

const answer = (sampleId: string, itemId: string, fate: contract.Fate, by = t.second('reviewer')) =>
  by(contract.answerRereview, {
    params: { sampleId },
    body: { clientId: clientId(), itemId, ...fate, rationale: 'Read anew.' },
  })

describe('drawing', () => {
  it('answers 401, 403 and 404 before anything is drawn', async () => {
    const body = { clientId: clientId(), size: 5, draftId: null, decidedFrom: null }
    await expect(t.anonymous(contract.drawSample, { params: { policyId }, body })).rejects.toMatchObject({
      status: 401,
    })
    const asReviewer = t.as('reviewer')(contract.drawSample, { params: { policyId }, body })
    await expect(asReviewer).rejects.toMatchObject({ status: 403 })
    const unknown = t.as('supervisor')(contract.drawSample, { params: { policyId: 'no.such' }, body })
    await expect(unknown).rejects.toMatchObject({ status: 404 })
    const answering = {
      params: { sampleId: nobody },
      body: { clientId: clientId(), itemId: nobody, ...kept, rationale: '' },
    }
    await expect(t.as('admin')(contract.answerRereview, answering)).rejects.toMatchObject({ status: 403 })
    await expect(t.as('reviewer')(contract.answerRereview, answering)).rejects.toMatchObject({ status: 404 })
  })

  it('draws the same by the same seed, others by another, and says from how many', async () => {
    const [one, same, other] = [
      await draw({ size: 6, seed: 'a seed' }),
      await draw({ size: 6, seed: 'a seed' }),
      await draw({ size: 6 }),
    ]
    expect(one).toMatchObject({ population: 24, size: 6, seed: 'a seed', version: expect.any(Number), answered: 0 })
    const ids = async ({ id }: { id: string }) => (await items(id)).map((item) => item.decision_id)
    expect(await ids(same)).toEqual(await ids(one))
    expect(other.seed).not.toBe('a seed')
    expect(await ids(other)).not.toEqual(await ids(one))
  })

  it('draws nothing that lies outside the scope of who draws', async () => {
    await t.setScope(t.person('supervisor'), { queues: ['hate'] })
    expect(await draw()).toMatchObject({ population: 4, size: 4 })
    await t.setScope(t.person('supervisor'), { queues: null })
  })
})

describe('judging again', () => {
  it('shows the post as it was and nothing of the decision, to others than those who decided', async () => {
    const sample = await draw({ seed: 'blind' })
    const next = await t.as('reviewer')(contract.getNextRereview, { params: { sampleId: sample.id } })
    expect(next.item?.snapshot.caption).toBe('Words 23')
    const said = JSON.stringify(next)
    for (const { id, reviewId } of decided) expect([said.includes(id), said.includes(reviewId)]).toEqual([false, false])
    const list = await t.as('reviewer')(contract.listSamples, { query: { policyId } })
    expect(list.items.find(({ id }) => id === sample.id)).toMatchObject({ forMe: 1, answered: 0 })

    const [own] = (await items(sample.id)).filter(({ decision_id }) => decision_id === decided[0]!.id)
    const byFirst = answer(sample.id, own!.id, kept, t.as('reviewer'))
    await expect(byFirst).rejects.toMatchObject({ status: 403, body: { code: 'own_work' } })
    const odd = answer(sample.id, own!.id, { outcome: 'exempt', postMeasure: 'remove' })
    await expect(odd).rejects.toMatchObject({ status: 400, body: { issues: [{ path: 'postMeasure' }] } })
    const { result } = await answer(sample.id, own!.id, kept)
    expect(result).toMatchObject({ decisionId: decided[0]!.id, first: removed, now: kept, isChanged: true })
    const twice = answer(sample.id, own!.id, removed, t.as('supervisor'))
    await expect(twice).rejects.toMatchObject({ status: 409, body: { code: 'already_answered' } })
  })

  it('tells the share that changes with its interval once twenty are answered', async () => {
    const sample = await draw({ seed: 'shares' })
    const byFirst = (await items(sample.id)).filter(({ decision_id }) => decision_id !== decided[23]!.id)
    for (const [index, { id }] of byFirst.slice(0, 19).entries())
      await answer(sample.id, id, index < 5 ? kept : removed)
    const read = () => t.as('auditor')(contract.getSample, { params: { sampleId: sample.id } })
    expect(await read()).toMatchObject({ answered: 19, changed: 5, interval: null })
    await answer(sample.id, byFirst[19]!.id, removed)
    const { interval, results, ...whole } = await read()
    expect(whole).toMatchObject({ answered: 20, changed: 5 })
    expect([interval?.low.toFixed(3), interval?.high.toFixed(3)]).toEqual(['0.112', '0.469'])
    expect(results.map(({ isChanged }) => isChanged)).toEqual([...Array(5).fill(true), ...Array(15).fill(false)])

    await t.setScope(t.person('auditor'), { queues: ['hate'] })
    const inside = new Set(decided.slice(0, 4).map(({ id }) => id))
    const seen = (await read()).results.map(({ decisionId }) => decisionId)
    expect(seen).toHaveLength(results.filter(({ decisionId }) => inside.has(decisionId)).length)
    expect(seen.every((id) => inside.has(id))).toBe(true)
    await t.setScope(t.secondPerson('reviewer'), { queues: ['safety'] })
    const next = t.second('reviewer')(contract.getNextRereview, { params: { sampleId: sample.id } })
    expect(await next).toEqual({ item: null })
    const [left] = byFirst.slice(20)
    await expect(answer(sample.id, left!.id, kept)).rejects.toMatchObject({ status: 404 })
    await t.setScope(t.person('auditor'), {})
  })
})

describe('the use of a clause', () => {
  it('counts what the list of decisions shows, by version too', async () => {
    const [first] = decided
    await createDecision(t.db, {
      review_id: first!.reviewId,
      policy_id: policyId,
      supersedes_id: first!.id,
      decided_by: t.person('supervisor').id,
    })
    const days = 366
    const use = await t.as('auditor')(getPolicyUse, { params: { policyId }, query: { days } })
    const count = async (query: object) =>
      (await t.as('auditor')(listDecisions, { query: { clause: policyId, ...query } as never })).count?.value
    const { from, to } = use
    expect(use).toMatchObject({ removed: 23, exempt: 0, corrected: { count: 1, of: 25 } })
    expect(use.corrected.interval).toEqual({ low: expect.any(Number), high: expect.any(Number) })
    expect(await count({ from, to, superseded: 'false' })).toBe(use.decisions)
    expect(await count({ from, to, superseded: 'true' })).toBe(use.corrected.count)
    expect(await count({ from, to, superseded: 'false', measure: 'remove' })).toBe(use.removed)
    for (const { version, decisions } of use.versions) {
      expect(await count({ clause: `${policyId}@${version}` })).toBe(decisions)
    }
    expect(await count({ clause: `${policyId}@99` })).toBe(0)
  })
})
