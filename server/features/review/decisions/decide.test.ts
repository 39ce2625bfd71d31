import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { DecisionInput } from '#shared/contract/decisions.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import {
  createDecision,
  createPolicy,
  createPolicyVersion,
  createQueue,
  createReview,
  createSnapshot,
} from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const leaseMs = 60_000
const t = useTestApi({ leaseMs })

/** One clause in its first version, and one whose first version is not in force any more; both ask for the purpose. */
beforeAll(async () => {
  await createPolicy(t.db, { id: 'test.praise', needs_purpose_test: true })
  await createPolicy(t.db, { id: 'test.calls', needs_purpose_test: true, current_version: 2 })
  await createPolicyVersion(t.db, { policy_id: 'test.calls', version: 1 })
})

type Review = Awaited<ReturnType<typeof createReview>>
type Draft = Partial<DecisionInput>

const newId = () => crypto.randomUUID()
const ana = () => t.as('reviewer')
const ben = () => t.second('reviewer')

const violation = {
  outcome: 'violation',
  clause: { id: 'test.praise', version: 1 },
  exemption: null,
  purposeWeighed: true,
  measures: [{ target: 'post', kind: 'remove' }],
  rationale: 'Praises the attack.',
  handlingMs: 42_000,
} satisfies Draft

const keep = { outcome: 'no_violation', clause: null, exemption: null, measures: [], rationale: '' } satisfies Draft

/** On what the review showed when it was made, and claimed once since. */
function decide(call: TestCall, review: Review, draft: Draft = violation) {
  const { id, snapshot_id } = review
  const body = { clientId: newId(), version: review.version + 1, snapshotId: snapshot_id, handlingMs: 1_000, ...draft }
  return call(api.decideReview, { params: { reviewId: id as ReviewId }, body: body as DecisionInput })
}

const claim = (call: TestCall, { id }: Review) =>
  call(api.claimReview, { params: { reviewId: id as ReviewId }, body: { clientId: newId() } })

async function claimed(overrides: Parameters<typeof createReview>[1] = {}) {
  const review = await createReview(t.db, overrides)
  await claim(ana(), review)
  return review
}

const getReview = (id: string) => t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

describe('decideReview', () => {
  it('answers 401 without a session', async () => {
    const review = await createReview(t.db)
    await expect(decide(t.anonymous, review)).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it.each(['auditor', 'admin'] as const)('answers 403 to an %s', async (role) => {
    const review = await createReview(t.db)
    await expect(decide(t.as(role), review)).rejects.toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it('answers 404 for a review that is not there', async () => {
    const review = await createReview(t.db)
    await expect(decide(ana(), { ...review, id: newId() })).rejects.toMatchObject({ status: 404 })
  })

  it('records what was decided, on what, by which version of the clause', async () => {
    const review = await claimed({ account_status: 'limited' })
    const { decision, version } = await decide(ana(), review, {
      ...violation,
      furtherClauses: [{ id: 'test.calls', version: 2 }],
      territory: ['DE', 'FR'],
      measures: [
        { target: 'post', kind: 'restrict', by: 'region' },
        { target: 'account', kind: 'limit', endsAt: '2099-01-01T00:00:00.000Z' },
      ],
    })
    expect(version).toBe(3)
    expect(decision).toMatchObject({
      reviewId: review.id,
      reviewReference: `DKT-${review.number}`,
      snapshotId: review.snapshot_id,
      outcome: 'violation',
      clause: { id: 'test.praise', version: 1 },
      furtherClauses: [{ id: 'test.calls', version: 2 }],
      exemption: null,
      purposeWeighed: true,
      measures: [
        { target: 'post', kind: 'restrict', by: 'region' },
        { target: 'account', kind: 'limit', endsAt: '2099-01-01T00:00:00.000Z' },
      ],
      territory: ['DE', 'FR'],
      rationale: 'Praises the attack.',
      decidedById: t.person('reviewer').id,
      accountStatus: 'limited',
      supersedesId: null,
      delivery: 'pending',
    })
    const desk = await ana()(api.getReview, { params: { reviewId: review.id as ReviewId } })
    expect(desk.decisions).toEqual([decision])
  })

  it('closes the review and frees it', async () => {
    const review = await claimed()
    const { decision } = await decide(ana(), review)
    expect(await getReview(review.id)).toMatchObject({
      state: 'decided',
      version: 3,
      holder_id: null,
      decision_id: decision.id,
      outcome: 'violation',
      decided_by: t.person('reviewer').id,
      decided_at: new Date(decision.decidedAt),
    })
    expect(await t.db.selectFrom('lease').selectAll().where('review_id', '=', review.id).execute()).toEqual([])
  })

  it('logs codes and hashes, none of the words', async () => {
    const review = await claimed()
    const { decision } = await decide(ana(), review)
    const snapshot = await t.db
      .selectFrom('snapshot')
      .select('sha256')
      .where('id', '=', review.snapshot_id)
      .executeTakeFirstOrThrow()
    expect((await findEventsOn(t.db, review.id)).at(-1)).toEqual({
      kind: 'review.decided',
      personId: t.person('reviewer').id,
      version: 3,
      data: {
        decisionId: decision.id,
        snapshotSha256: snapshot.sha256,
        dueAt: review.due_at.toISOString(),
        outcome: 'violation',
        clause: { id: 'test.praise', version: 1 },
        furtherClauses: [],
        exemption: null,
        measures: ['post.remove'],
        rationaleSha256: createHash('sha256').update('Praises the attack.').digest('hex'),
      },
    })
  })

  it('answers a repeat as it answered first', async () => {
    const review = await claimed()
    const draft = { ...violation, clientId: newId() }
    const first = await decide(ana(), review, draft)
    expect(await decide(ana(), review, draft)).toEqual(first)
    expect((await findEventsOn(t.db, review.id)).filter((event) => event.kind === 'review.decided')).toHaveLength(1)
  })

  it('lets the first of two decide and tells the second what the first decided', async () => {
    const review = await claimed()
    const { decision } = await decide(ana(), review)
    await expect(decide(ben(), review, keep)).rejects.toMatchObject({
      status: 409,
      body: {
        code: 'already_decided',
        conflict: {
          byId: t.person('reviewer').id,
          byName: t.person('reviewer').name,
          at: decision.decidedAt,
          decision: {
            id: decision.id,
            outcome: 'violation',
            clause: { id: 'test.praise', version: 1 },
            measures: ['remove'],
            rationale: 'Praises the attack.',
          },
        },
      },
    })
  })

  it('refuses a review that somebody else holds', async () => {
    const review = await createReview(t.db)
    await claim(ben(), review)
    await expect(decide(ana(), review)).rejects.toMatchObject({
      status: 409,
      body: { code: 'held_by_other', conflict: { byId: t.secondPerson('reviewer').id } },
    })
  })

  it('refuses a review that nobody holds', async () => {
    const review = await createReview(t.db)
    await expect(decide(ana(), review)).rejects.toMatchObject({ status: 409, body: { code: 'lease_lost' } })
  })

  it('refuses when my lease ran out, before anybody took it', async () => {
    const review = await claimed()
    t.travel(leaseMs)
    await expect(decide(ana(), review)).rejects.toMatchObject({
      status: 409,
      body: { code: 'lease_lost', conflict: { byId: null } },
    })
  })

  it('refuses when another snapshot is shown by now', async () => {
    const review = await claimed()
    const { account_id, post_id } = review
    const newer = await createSnapshot(t.db, { account_id, post_id })
    await t.db.updateTable('review').set({ snapshot_id: newer.id, version: 3 }).where('id', '=', review.id).execute()
    await expect(decide(ana(), review)).rejects.toMatchObject({
      status: 409,
      body: { code: 'snapshot_changed', conflict: { byId: null, at: newer.captured_at.toISOString() } },
    })
  })

  it('refuses an older version', async () => {
    const review = await claimed()
    await expect(decide(ana(), { ...review, version: 0 })).rejects.toMatchObject({
      status: 409,
      body: { code: 'version_changed' },
    })
  })

  it.each<[string, Draft, string]>([
    ['a violation without a clause', { ...violation, clause: null }, 'clause'],
    ['a clause that does not exist', { ...violation, clause: { id: 'tve.nothing', version: 1 } }, 'clause'],
    ['an exemption as a clause', { ...violation, clause: { id: 'news', version: 1 } }, 'clause'],
    ['a version that is not in force', { ...violation, clause: { id: 'test.calls', version: 1 } }, 'clause'],
    [
      'a further clause not in force',
      { ...violation, furtherClauses: [{ id: 'test.calls', version: 9 }] },
      'furtherClauses.0',
    ],
    ['a clause named twice', { ...violation, furtherClauses: [{ id: 'test.praise', version: 1 }] }, 'furtherClauses'],
    ['a purpose not weighed', { ...violation, purposeWeighed: false }, 'purposeWeighed'],
    ['a clause with no violation', { ...keep, clause: { id: 'test.praise', version: 1 } }, 'clause'],
    ['a measure with no violation', { ...keep, measures: violation.measures }, 'measures.0'],
    ['no exemption on an exempt post', { ...violation, outcome: 'exempt', measures: [] }, 'exemption'],
    [
      'an exemption that does not exist',
      { ...violation, outcome: 'exempt', exemption: 'hearsay', measures: [] },
      'exemption',
    ],
    ['a removal of an exempt post', { ...violation, outcome: 'exempt', exemption: 'news' }, 'measures.0'],
    [
      'two measures on the post',
      { ...violation, measures: [...violation.measures, { target: 'post', kind: 'label' }] },
      'measures.1',
    ],
    [
      'a restriction that does not say how',
      { ...violation, measures: [{ target: 'post', kind: 'restrict' }] },
      'measures.0.by',
    ],
    [
      'a measure that has ended',
      { ...violation, measures: [{ target: 'account', kind: 'limit', endsAt: '2020-01-01T00:00:00Z' }] },
      'measures.0.endsAt',
    ],
    [
      'a block without reasons',
      { ...violation, measures: [{ target: 'account', kind: 'block' }], rationale: ' ' },
      'rationale',
    ],
  ])('names the field of %s', async (_what, draft, path) => {
    const review = await claimed()
    await expect(decide(ana(), review, draft)).rejects.toMatchObject({
      status: 400,
      body: { code: 'invalid_request', issues: [{ path, message: expect.stringMatching(/\.$/) }] },
    })
    expect(await getReview(review.id)).toMatchObject({ state: 'open', version: 2, holder_id: t.person('reviewer').id })
  })

  it('refuses a measure on a post where there is none', async () => {
    const review = await claimed({ post_id: null })
    await expect(decide(ana(), review)).rejects.toMatchObject({
      status: 400,
      body: { issues: [{ path: 'measures.0' }] },
    })
    const { decision } = await decide(ana(), review, { ...violation, measures: [{ target: 'account', kind: 'warn' }] })
    expect(decision.measures).toMatchObject([{ target: 'account', kind: 'warn' }])
  })

  it('keeps a news report by its exemption, and a post that breaks nothing', async () => {
    const draft = { ...violation, outcome: 'exempt', exemption: 'news', measures: [] } satisfies Draft
    const exempt = await decide(ana(), await claimed(), draft)
    expect(exempt.decision).toMatchObject({ outcome: 'exempt', exemption: 'news', measures: [] })
    const kept = await decide(ana(), await claimed(), keep)
    expect(kept.decision).toMatchObject({ outcome: 'no_violation', clause: null, measures: [] })
  })
})

describe('what a clause asks for', () => {
  const test = { publisher: 'media', purpose: 'inform', endorsed: 'no', text: 'Named as a report.' } as const
  const limited: Draft['measures'] = [{ target: 'account', kind: 'limit', endsAt: '2099-01-01T00:00:00.000Z' }]
  const endless: Draft['measures'] = [{ target: 'account', kind: 'limit' }]
  let count = 0

  /** Decides under a clause that asks for this alone. */
  async function under(
    version: Parameters<typeof createPolicyVersion>[1] extends infer V ? Partial<V> : never,
    draft: Draft,
  ) {
    count += 1
    const id = `test.asks-${count}`
    await createPolicyVersion(t.db, {
      policy_id: (await createPolicy(t.db, { id, current_version: 2 })).id,
      version: 2,
    })
    await createPolicyVersion(t.db, { ...version, policy_id: id, version: 3 })
    return decide(ana(), await claimed(), { ...violation, clause: { id, version: 3 }, ...draft })
  }
  const issue = (path: string) => ({ body: { code: 'invalid_request', issues: [{ path }] } })

  it.each([
    ['rationale', { rationale: ' ' }, 'rationale', { rationale: 'Praise.' }],
    ['territory', {}, 'territory', { territory: ['DE'] }],
    ['ends_at', { measures: endless }, 'measures.0.endsAt', { measures: limited }],
    ['exemption_test', {}, 'exemptionTest', { exemptionTest: test }],
  ] as const)('is enforced: %s', async (field, lacking, path, given) => {
    const version = { required_fields: [field] }
    await expect(under(version, lacking as Draft)).rejects.toMatchObject(issue(path))
    const { decision } = await under(version, given as unknown as Draft)
    if (field === 'exemption_test') expect(decision.exemptionTest).toEqual(test)
  })

  it('grants the exemptions it names, and no other', async () => {
    for (const id of ['test.news', 'test.art']) await createPolicy(t.db, { id, kind: 'exemption' })
    const exempt: Draft = { outcome: 'exempt', measures: [] }
    const version = { exemptions: ['test.news'] }
    await expect(under(version, { ...exempt, exemption: 'test.art' })).rejects.toMatchObject(issue('exemption'))
    await under(version, { ...exempt, exemption: 'test.news' })
  })
})

describe('the strike ladder', () => {
  const week = () => new Date(t.deps.now().getTime() + 7 * 86_400_000).toISOString()
  const limit = () => [{ target: 'account', kind: 'limit', endsAt: week() }] as Draft['measures']
  const heavy = { ...violation, clause: { id: 'test.heavy', version: 1 } }

  /** A review of an account that has these strikes. */
  async function withStrikes(...weights: number[]) {
    await createPolicy(t.db, { id: 'test.heavy', current_version: 0 })
    await createPolicyVersion(t.db, { policy_id: 'test.heavy', version: 1, strike_weight: 2 })
    const { account_id } = await createReview(t.db)
    for (const [at, weight] of weights.entries()) {
      const id = `test.weighs-${weight}`
      await createPolicyVersion(t.db, {
        policy_id: (await createPolicy(t.db, { id, current_version: 0 })).id,
        version: 1,
        strike_weight: weight,
      })
      const decided_at = new Date(t.deps.now().getTime() - (weights.length - at) * 86_400_000)
      await createDecision(t.db, {
        review_id: (await createReview(t.db, { account_id })).id,
        policy_id: id,
        decided_at,
      })
    }
    return claimed({ account_id })
  }

  it('says the next step, which is followed without another word', async () => {
    const review = await withStrikes(1, 2)
    const { account } = await ana()(api.getReview, { params: { reviewId: review.id as ReviewId } })
    expect(account.strikes).toMatchObject({ total: 3, newest: [{ weight: 2 }, { weight: 1 }] })
    const { decision } = await decide(ana(), review, { ...heavy, measures: limit()!, ladderReason: 'Not needed.' })
    expect(decision).toMatchObject({
      strikes: { before: 3, added: 2, step: { strikes: 4, kind: 'limit', days: 7 } },
      ladderReason: null,
    })
    const [event] = (await findEventsOn(t.db, review.id)).slice(-1)
    expect(event!.data).toMatchObject({ strikes: { before: 3, added: 2 } })
  })

  it('is departed from with a reason alone, which is kept', async () => {
    const review = await withStrikes(3)
    await expect(decide(ana(), review, heavy)).rejects.toMatchObject({
      body: { code: 'invalid_request', issues: [{ path: 'ladderReason' }] },
    })
    const { decision } = await decide(ana(), review, { ...heavy, ladderReason: 'Long ago, and mild.' })
    expect(decision).toMatchObject({ ladderReason: 'Long ago, and mild.', strikes: { step: { kind: 'limit' } } })
  })

  it('asks nothing below its first step, and counts nothing that stands no more', async () => {
    await decide(ana(), await withStrikes(1), heavy)
    const review = await withStrikes(3)
    const [old] = await t.db.selectFrom('decision').select('id').where('account_id', '=', review.account_id).execute()
    await t.db.insertInto('undo').values({ decision_id: old!.id, undone_by: 'a', undone_at: new Date() }).execute()
    const { decision } = await decide(ana(), review, heavy)
    expect(decision.strikes).toEqual({ before: 0, added: 2, step: null })
  })

  it('counts what there is for the person who decides', async () => {
    const review = await withStrikes(3)
    await createQueue(t.db, { id: 'apart', position: 9 })
    await t.db.updateTable('review').set({ queue_id: 'apart' }).where('id', '=', review.id).execute()
    const call = t.second('reviewer')
    const strikesOf = async () =>
      (await call(api.getReview, { params: { reviewId: review.id as ReviewId } })).account.strikes?.total
    expect(await strikesOf()).toBe(3)
    await t.setScope(t.secondPerson('reviewer'), { queues: ['apart'] })
    expect(await strikesOf()).toBe(0)
    await t.setScope(t.secondPerson('reviewer'), {})
  })
})
