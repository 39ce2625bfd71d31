import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { Proposal } from '#shared/contract/confirming.ts'
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

const t = useTestApi({ undoMs: 10_000 })
const newId = () => crypto.randomUUID()
const ana = () => t.as('reviewer')
const ben = () => t.second('reviewer')

beforeAll(async () => {
  await createQueue(t.db, { id: 'extremism' })
  await createPolicy(t.db, { id: 'test.praise' })
})

type Review = Awaited<ReturnType<typeof createReview>>

const terminate = {
  outcome: 'violation',
  clause: { id: 'test.praise', version: 1 },
  furtherClauses: [],
  exemption: null,
  purposeWeighed: true,
  measures: [
    { target: 'post', kind: 'remove' },
    { target: 'account', kind: 'terminate' },
  ],
  territory: [],
  rationale: 'The third account of the same person.',
  handlingMs: 40_000,
} satisfies Partial<DecisionInput>

const claim = (call: TestCall, review: Review) =>
  call(api.claimReview, { params: { reviewId: review.id as ReviewId }, body: { clientId: newId() } })

async function claimed(overrides: Parameters<typeof createReview>[1] = {}) {
  const review = await createReview(t.db, overrides)
  const { version } = await claim(ana(), review)
  return { ...review, version }
}

const bodyOf = (review: Review, change: Partial<DecisionInput> = {}) =>
  ({
    ...terminate,
    clientId: newId(),
    version: review.version,
    snapshotId: review.snapshot_id,
    ...change,
  }) as DecisionInput

const propose = (call: TestCall, review: Review, change: Partial<DecisionInput> = {}) =>
  call(api.proposeDecision, { params: { reviewId: review.id as ReviewId }, body: bodyOf(review, change) })

const confirm = (call: TestCall, { id, version, snapshotId }: Proposal, change: object = {}) =>
  call(api.confirmProposal, {
    params: { proposalId: id },
    body: { clientId: newId(), version, snapshotId, ...change },
  })

const refuse = (call: TestCall, { id, version }: Proposal, change: object = {}) =>
  call(api.refuseProposal, {
    params: { proposalId: id },
    body: { clientId: newId(), version, reason: 'One post is not three.', ...change },
  })

const withdraw = (call: TestCall, { id }: Proposal) =>
  call(api.withdrawProposal, { params: { proposalId: id }, body: { clientId: newId() } })

const getReview = (id: string) => t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const desk = (call: TestCall, review: Review) => call(api.getReview, { params: { reviewId: review.id as ReviewId } })

async function proposed() {
  const review = await claimed()
  const { proposal } = await propose(ana(), review)
  return { review, proposal }
}

describe('a severe decision', () => {
  it('is not one person’s to take, and leaves no trace where it is tried', async () => {
    const review = await claimed()
    const params = { reviewId: review.id as ReviewId }
    await expect(ana()(api.decideReview, { params, body: bodyOf(review) })).rejects.toMatchObject({
      status: 409,
      body: { code: 'needs_second_person' },
    })
    expect(await getReview(review.id)).toMatchObject({ state: 'open', version: review.version })
  })

  it('is what the organisation says it is', async () => {
    const admin = t.as('admin')
    await admin(api.changeOrganisation, { body: { severeMeasures: ['remove'] } })
    const review = await claimed()
    const params = { reviewId: review.id as ReviewId }
    const { measures } = terminate
    const body = bodyOf(review, { measures: measures.slice(1) as DecisionInput['measures'] })
    await ana()(api.decideReview, { params, body })
    await admin(api.changeOrganisation, { body: { severeMeasures: ['terminate'] } })
  })

  it('is refused as a correction, unless it holds already', async () => {
    const marta = t.as('supervisor')
    const { id } = await createDecision(t.db, {
      policy_id: 'test.praise',
      measures: [{ target: 'post', kind: 'remove' }],
    })
    const { clientId: _, version: __, snapshotId: ___, handlingMs: ____, ...body } = bodyOf(await claimed())
    const correct = (decisionId: string) =>
      marta(api.supersedeDecision, { params: { decisionId }, body: { ...body, clientId: newId() } })
    await expect(correct(id)).rejects.toMatchObject({ body: { code: 'needs_second_person' } })
    const old = await createDecision(t.db, {
      policy_id: 'test.praise',
      measures: [{ target: 'account', kind: 'terminate' }],
    })
    expect((await correct(old.id)).decision.supersedesId).toBe(old.id)
  })
})

describe('proposeDecision', () => {
  it('answers 401 without a session and 403 to an auditor', async () => {
    const review = await claimed()
    await expect(propose(t.anonymous, review)).rejects.toMatchObject({ status: 401 })
    await expect(propose(t.as('auditor'), review)).rejects.toMatchObject({ status: 403 })
  })

  it('checks all that a decision is checked for', async () => {
    const review = await claimed()
    await expect(propose(ben(), review)).rejects.toMatchObject({ body: { code: 'held_by_other' } })
    await expect(propose(ana(), review, { rationale: '' })).rejects.toMatchObject({
      body: { code: 'invalid_request', issues: [{ path: 'rationale', message: 'Give the reasons.' }] },
    })
    await expect(propose(ana(), { ...review, version: 1 })).rejects.toMatchObject({ body: { code: 'version_changed' } })
  })

  it('lets the review wait for a second person, and nothing else happen', async () => {
    const review = await claimed()
    const { proposal, version } = await propose(ana(), review)
    expect(proposal).toMatchObject({
      version,
      measures: terminate.measures,
      rationale: terminate.rationale,
      proposedById: t.person('reviewer').id,
      end: null,
    })
    expect(await getReview(review.id)).toMatchObject({ state: 'confirming', holder_id: null, decision_id: null })
    const { decisions, proposals, account } = await desk(ben(), review)
    expect({ decisions, proposals }).toEqual({ decisions: [], proposals: [proposal] })
    expect(account.status).toBe('active')
    for (const table of ['decision', 'measure', 'outbox'] as const) {
      const rows = await t.db.selectFrom(table).selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(review.id)
    }
    const [event] = (await findEventsOn(t.db, review.id)).slice(-1)
    expect(event).toMatchObject({ kind: 'review.proposed', data: { proposalId: proposal.id, outcome: 'violation' } })
    expect(JSON.stringify(event!.data)).not.toContain('third account')
  })

  it('answers a repeat as the first, and offers the review to nobody who takes the next', async () => {
    const review = await claimed({ platform: newId() })
    const clientId = newId()
    const first = await propose(ana(), review, { clientId })
    expect(await propose(ana(), review, { clientId })).toEqual(first)
    const body = { clientId: newId(), filter: { platform: [review.platform] }, count: 1, except: [] }
    for (const call of [ana(), ben()])
      expect(await call(api.takeNext, { body: { ...body, clientId: newId() } as never })).toEqual({ items: [] })
  })

  it('keeps everybody from claiming it or passing it on', async () => {
    const { review, proposal } = await proposed()
    const told = { body: { code: 'being_confirmed', conflict: { byId: t.person('reviewer').id, byName: 'Dana' } } }
    await expect(claim(ben(), review)).rejects.toMatchObject(told)
    const body = { clientId: newId(), version: proposal.version, personId: null, reason: '' }
    const assigned = t.as('supervisor')(api.assignReview, { params: { reviewId: review.id as ReviewId }, body })
    await expect(assigned).rejects.toMatchObject(told)
    await expect(propose(ana(), { ...review, version: proposal.version })).rejects.toMatchObject(told)
  })

  it('is found in the list of what waits for a second person, and in the supervisors’ inbox', async () => {
    const { review } = await proposed()
    const { items } = await ben()(api.listReviews, { query: { state: 'confirming', account: review.account_id } })
    expect(items.map(({ id }) => id)).toEqual([review.id])
    const inbox = await t.as('supervisor')(api.listInbox, { query: {} })
    expect(inbox.items[0]).toMatchObject({
      kind: 'confirmation',
      review: { id: review.id },
      text: terminate.rationale,
    })
  })
})

describe('confirmProposal', () => {
  it('answers 401, 403, and 404 for one that is not there', async () => {
    const { proposal } = await proposed()
    await expect(confirm(t.anonymous, proposal)).rejects.toMatchObject({ status: 401 })
    for (const role of ['admin', 'auditor'] as const)
      await expect(confirm(t.as(role), proposal)).rejects.toMatchObject({ status: 403, body: { code: 'forbidden' } })
    await expect(confirm(ben(), { ...proposal, id: newId() })).rejects.toMatchObject({ status: 404 })
  })

  it('is not for the one who proposed it', async () => {
    const { proposal } = await proposed()
    await expect(confirm(ana(), proposal)).rejects.toMatchObject({ status: 403, body: { code: 'own_proposal' } })
    await expect(refuse(ana(), proposal)).rejects.toMatchObject({ status: 403, body: { code: 'own_proposal' } })
  })

  it('decides: by the first, confirmed by the second, in effect after the undo window', async () => {
    const { review, proposal } = await proposed()
    const clientId = newId()
    const { decision, version } = await confirm(ben(), proposal, { clientId })
    expect(decision).toMatchObject({
      outcome: 'violation',
      measures: terminate.measures,
      decidedById: t.person('reviewer').id,
      confirmedById: t.secondPerson('reviewer').id,
      delivery: 'pending',
    })
    expect(decision.undoUntil).not.toBeNull()
    expect(await confirm(ben(), proposal, { clientId })).toEqual({ decision, version })
    const { decisions, proposals } = await desk(ana(), review)
    expect(decisions).toEqual([decision])
    expect(proposals![0]!.end).toMatchObject({ kind: 'confirmed', decisionId: decision.id })
    const event = (await findEventsOn(t.db, review.id)).find(({ kind }) => kind === 'review.decided')
    expect(event).toMatchObject({
      personId: t.secondPerson('reviewer').id,
      data: { decisionId: decision.id, proposalId: proposal.id, proposedById: t.person('reviewer').id },
    })
  })

  it('is refused when the content changed meanwhile, or the version that was seen is another', async () => {
    const { review, proposal } = await proposed()
    await expect(confirm(ben(), proposal, { version: proposal.version - 1 })).rejects.toMatchObject({
      body: { code: 'version_changed' },
    })
    const { id } = await createSnapshot(t.db, { account_id: review.account_id, post_id: review.post_id })
    await t.db.updateTable('review').set({ snapshot_id: id, version: 9 }).where('id', '=', review.id).execute()
    for (const seen of [{}, { version: 9, snapshotId: id }])
      await expect(confirm(ben(), proposal, seen)).rejects.toMatchObject({ body: { code: 'snapshot_changed' } })
    // What cannot be confirmed any more can still be refused, and decided anew.
    await refuse(ben(), proposal, { version: 9 })
    expect(await getReview(review.id)).toMatchObject({ state: 'open', snapshot_id: id })
  })

  it('is refused when the clause says something else by now', async () => {
    await createPolicy(t.db, { id: 'test.moving' })
    const review = await claimed()
    const { proposal } = await propose(ana(), review, { clause: { id: 'test.moving', version: 1 } })
    await createPolicyVersion(t.db, { policy_id: 'test.moving', version: 2 })
    await expect(confirm(ben(), proposal)).rejects.toMatchObject({
      body: { code: 'invalid_request', issues: [{ path: 'clause' }] },
    })
  })

  it('is done once, whoever confirms, refuses and withdraws at once', async () => {
    const yusuf = t.second('supervisor')
    for (let round = 0; round < 3; round += 1) {
      const { review, proposal } = await proposed()
      const acts = [
        confirm(ben(), proposal),
        confirm(yusuf, proposal),
        refuse(yusuf, proposal),
        withdraw(ana(), proposal),
      ]
      const replies = await Promise.allSettled(acts)
      const refused = replies.filter((reply) => reply.status === 'rejected')
      expect(refused.map(({ reason }) => reason.body.code)).toEqual(Array(3).fill('proposal_ended'))
      expect(refused[0]!.reason.body.conflict.byName).toBeTruthy()
      const { decisions, review: row } = await desk(ana(), review)
      expect(decisions.length).toBe(row.state === 'decided' ? 1 : 0)
    }
  })

  it('may be taken back by either of the two inside the window, and by nobody else', async () => {
    for (const [call, who] of [
      [ana(), t.person('reviewer')],
      [ben(), t.secondPerson('reviewer')],
    ] as const) {
      const { review, proposal } = await proposed()
      const { decision } = await confirm(ben(), proposal)
      const undo = (by: TestCall) =>
        by(api.undoDecision, { params: { decisionId: decision.id }, body: { clientId: newId() } })
      await expect(undo(t.as('supervisor'))).rejects.toMatchObject({ body: { code: 'not_yours' } })
      await undo(call)
      expect(await getReview(review.id)).toMatchObject({ state: 'open', holder_id: who.id, decision_id: null })
    }
  })
})

describe('refuseProposal', () => {
  it('answers 401 and 403, and asks for a reason', async () => {
    const { proposal } = await proposed()
    await expect(refuse(t.anonymous, proposal)).rejects.toMatchObject({ status: 401 })
    await expect(refuse(t.as('auditor'), proposal)).rejects.toMatchObject({ status: 403 })
    await expect(refuse(ben(), proposal, { reason: ' ' })).rejects.toMatchObject({ status: 400 })
    await expect(refuse(ben(), proposal, { version: 1 })).rejects.toMatchObject({ body: { code: 'version_changed' } })
  })

  it('opens the review again, with what was proposed and why it was refused', async () => {
    const { review, proposal } = await proposed()
    const { version } = await refuse(ben(), proposal)
    expect(version).toBe(proposal.version + 1)
    const { proposals, review: row } = await desk(ana(), review)
    expect(row).toMatchObject({ state: 'open', holderId: null })
    expect(proposals).toMatchObject([
      { rationale: terminate.rationale, end: { kind: 'refused', reason: 'One post is not three.' } },
    ])
    const { items } = await ana()(api.listInbox, { query: {} })
    expect(items[0]).toMatchObject({
      kind: 'proposal_refused',
      text: 'One post is not three.',
      review: { id: review.id },
    })
    await expect(confirm(ben(), proposal)).rejects.toMatchObject({
      body: { code: 'proposal_ended', conflict: { byId: t.secondPerson('reviewer').id } },
    })
  })
})

describe('withdrawProposal', () => {
  it('is for the one who proposed it alone', async () => {
    const { review, proposal } = await proposed()
    await expect(withdraw(t.anonymous, proposal)).rejects.toMatchObject({ status: 401 })
    await expect(withdraw(t.as('admin'), proposal)).rejects.toMatchObject({ status: 403 })
    await expect(withdraw(ben(), proposal)).rejects.toMatchObject({ status: 403, body: { code: 'not_yours' } })
    await withdraw(ana(), proposal)
    expect(await getReview(review.id)).toMatchObject({ state: 'open' })
    const last = (await findEventsOn(t.db, review.id)).at(-1)
    expect(last).toMatchObject({ kind: 'review.proposal_withdrawn', data: { proposalId: proposal.id } })
  })
})
