import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { expireLeases } from '#server/jobs/expire-leases.ts'
import { sweepOutbox } from '#server/jobs/sweep-outbox.ts'
import { wakeReviews } from '#server/jobs/wake-reviews.ts'
import type { DecisionInput } from '#shared/contract/decisions.ts'
import { useTestApi } from '#test/support/api.ts'
import { createPolicy, createQueue, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'
import { replayEvents } from '#test/support/replay-events.ts'
import { confirmProposal } from '../confirming/confirm-proposal.ts'
import { refuseProposal, withdrawProposal } from '../confirming/end-proposal.ts'
import { findProposals } from '../confirming/proposals.queries.ts'
import { proposeDecision } from '../confirming/propose-decision.ts'
import { decideReview } from '../decisions/decide-review.ts'
import { supersedeDecision } from '../decisions/supersede-decision.ts'
import { undoDecision } from '../decisions/undo-decision.ts'
import { claimReview } from '../lease/claim-review.ts'
import { releaseReview } from '../lease/release-review.ts'
import { renewLease } from '../lease/renew-lease.ts'
import { takeNext } from '../lease/take-next.ts'
import { everything } from '../scope.queries.ts'
import { assignReview } from './assign-review.ts'
import { escalateReview } from './escalate-review.ts'
import { handOver } from './hand-over.ts'
import { holdReview } from './hold-review.ts'
import { moveReview } from './move-review.ts'
import { resumeReview } from './resume-review.ts'
import { returnReview } from './return-review.ts'
import { skipReview } from './skip-review.ts'
import { takeOver } from './take-over.ts'

const [leaseMs, undoMs, holdMs] = [60_000, 10_000, 20_000]
const leaseCap = 2
const t = useTestApi({ leaseMs, undoMs, leaseCap })
/** Two reviewers and a supervisor. */
let people: Caller[]
beforeAll(async () => {
  t.stopClock()
  const each = [t.person('reviewer'), t.secondPerson('reviewer'), t.person('supervisor')]
  people = each.map((person) => ({ ...person, key: null, scope: everything }))
  await createQueue(t.db, { id: 'extremism' })
  await createQueue(t.db, { id: 'other', position: 2 })
  await createPolicy(t.db, { id: 'test.praise' })
})

const acts = {
  claim: 3,
  next: 3,
  renew: 1,
  release: 1,
  hold: 2,
  resume: 1,
  escalate: 3,
  answer: 4,
  handOver: 2,
  move: 2,
  skip: 2,
  assign: 2,
  takeOver: 2,
  decide: 4,
  propose: 3,
  confirm: 3,
  refuse: 1,
  withdraw: 1,
  correct: 1,
  undo: 4,
  expire: 1,
  wake: 2,
  deliver: 1,
}
const act = fc.record({
  kind: fc.constantFrom(...Object.entries(acts).flatMap(([kind, weight]) => Array<string>(weight).fill(kind))),
  on: fc.nat(2),
  /** Whom it is for, where it is for somebody. */
  to: fc.nat(2),
  /** On a version that has passed. */
  isStale: fc.constantFrom(false, false, false, false, true),
  /** Sent so often at once, with one client id. */
  times: fc.constantFrom(1, 1, 1, 2),
  afterMs: fc.nat(4),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** What each person does, one act after the other; the people at the same time. */
const scenario = fc.tuple(...Array.from({ length: 3 }, () => fc.array(act, { minLength: 2, maxLength: 12 })))

const refusals = new Set([
  'already_decided',
  'held_by_other',
  'lease_lost',
  'being_confirmed',
  'own_proposal',
  'proposal_ended',
  'version_changed',
  'snapshot_changed',
  'on_hold',
  'not_on_hold',
  'not_escalated',
  'escalated_to_other',
  'assigned_to_other',
  'too_many_held',
  'cannot_take',
  'forbidden',
  'not_yours',
  'too_late',
  'already_superseded',
  'already_undone',
  // Handed to oneself, moved to where it is, or corrected where nothing was decided.
  'invalid_request',
  'not_found',
])

type Review = Awaited<ReturnType<typeof createReview>>

const getReview = (id: string) => t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const judgement = {
  outcome: 'violation',
  clause: { id: 'test.praise', version: 1 },
  furtherClauses: [],
  exemption: null,
  purposeWeighed: true,
  measures: [{ target: 'post', kind: 'remove' }],
  territory: [],
  rationale: 'Praises the attack.',
} satisfies Partial<DecisionInput>

async function perform(caller: Caller, { kind, on, to, isStale }: Act, clientId: string, reviews: Review[]) {
  const { deps } = t
  if (ofHolder.has(kind) && !isStale)
    await claimReview(deps, caller, reviews[on]!.id, crypto.randomUUID()).catch(refuse)
  const { id, snapshot_id, platform } = reviews[on]!
  const { version: present, decision_id } = await getReview(id)
  const asked = { clientId, version: isStale ? present - 1 : present }
  const person = people[to]!
  const decisionId = decision_id ?? (await getLastDecision(id)) ?? crypto.randomUUID()
  const supervises = caller.role === 'supervisor'
  switch (kind) {
    case 'claim':
      return claimReview(deps, caller, id, clientId)
    case 'next': {
      const body = { clientId, filter: { platform: [platform] }, sort: 'priority' as const, count: 2, except: [] }
      return takeNext(deps, caller, { ...body, details: false })
    }
    case 'renew':
      await renewLease(deps, caller, id)
      return null
    case 'release':
      return releaseReview(deps, caller, id, clientId)
    case 'hold': {
      const wakeAt = new Date(deps.now().getTime() + holdMs).toISOString()
      return holdReview(deps, caller, id, { ...asked, reason: 'evidence', text: '', wakeAt })
    }
    case 'resume':
      return resumeReview(deps, caller, id, asked)
    case 'escalate': {
      const addressee = to === 0 ? { role: 'supervisor' as const } : { personId: person.id }
      return escalateReview(deps, caller, id, { ...asked, to: addressee, reason: 'Two readings.' })
    }
    case 'answer':
      return returnReview(deps, caller, id, { ...asked, answer: 'The second.' })
    case 'handOver':
      return handOver(deps, caller, id, { ...asked, note: 'Half done.', toId: to === 0 ? null : person.id })
    case 'move': {
      const queueId = to === 0 ? 'extremism' : 'other'
      return moveReview(deps, caller, id, { ...asked, queueId, reason: 'Belongs there.' })
    }
    case 'skip':
      return skipReview(deps, caller, id, { ...asked, reason: 'language', text: '' })
    case 'assign':
      if (!supervises) return null
      return assignReview(deps, caller, id, { ...asked, personId: to === 0 ? null : person.id, reason: '' })
    case 'takeOver':
      return supervises ? takeOver(deps, caller, id, { ...asked, reason: '' }) : null
    case 'decide':
      return decideReview(deps, caller, id, {
        ...judgement,
        ...asked,
        snapshotId: snapshot_id,
        handlingMs: 1,
        translations: [],
      } as DecisionInput)
    case 'propose':
      return proposeDecision(deps, caller, id, {
        ...judgement,
        ...asked,
        measures: [{ target: 'account', kind: 'terminate' }],
        snapshotId: snapshot_id,
        handlingMs: 1,
        translations: [],
      } as DecisionInput)
    case 'confirm':
      return confirmProposal(deps, caller, await getLastProposal(id), { ...asked, snapshotId: snapshot_id })
    case 'refuse':
      return refuseProposal(deps, caller, await getLastProposal(id), { ...asked, reason: 'Too much.' })
    case 'withdraw':
      return withdrawProposal(deps, caller, await getLastProposal(id), clientId)
    case 'correct': {
      const kept = { ...judgement, outcome: 'no_violation' as const, clause: null, measures: [] }
      return supersedeDecision(deps, caller, decisionId, { ...kept, clientId, translations: [] } as never)
    }
    case 'undo':
      return undoDecision(deps, caller, decisionId, clientId)
    case 'expire':
      t.travel(leaseMs / 2)
      await expireLeases(deps)
      return null
    case 'wake':
      t.travel(holdMs / 2)
      await wakeReviews(deps)
      return null
    default:
      t.travel(undoMs / 2)
      await sweepOutbox(deps)
      return null
  }
}

/** Acts of whoever holds a review: it is taken first, if it can be. */
const ofHolder = new Set(['hold', 'escalate', 'handOver', 'move', 'skip', 'decide', 'propose'])

/** @throws whatever is no refusal */
function refuse(error: unknown) {
  if (!(error instanceof AppError) || !refusals.has(error.code)) throw error
}

async function getLastDecision(reviewId: string) {
  const row = await t.db
    .selectFrom('decision')
    .select('id')
    .where('review_id', '=', reviewId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

async function getLastProposal(reviewId: string) {
  const row = await t.db
    .selectFrom('proposal')
    .select('id')
    .where('review_id', '=', reviewId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? crypto.randomUUID()
}

/** Plays one person. Whatever is refused is refused for a reason; whatever is repeated is answered alike. */
async function play(caller: Caller, lane: Act[], reviews: Review[]) {
  for (const each of lane) {
    await sleep(each.afterMs)
    const clientId = crypto.randomUUID()
    // What moves the clock moves it once.
    const times = ['expire', 'wake', 'deliver'].includes(each.kind) ? 1 : each.times
    const replies = await Promise.allSettled(
      Array.from({ length: times }, () => perform(caller, each, clientId, reviews)),
    )
    for (const reply of replies) {
      if (reply.status === 'fulfilled') continue
      refuse(reply.reason)
    }
    const answers = replies.flatMap((reply) => (reply.status === 'fulfilled' ? [reply.value] : []))
    for (const answer of answers) expect(answer).toEqual(answers[0])
  }
}

/** What must hold of a review at any time. */
async function checkReview(review: Review) {
  const row = await getReview(review.id)
  const leases = await t.db.selectFrom('lease').selectAll().where('review_id', '=', review.id).execute()
  expect(leases.map((lease) => lease.holder_id)).toEqual(row.holder_id === null ? [] : [row.holder_id])
  expect(row.wake_at !== null).toBe(row.state === 'on_hold')
  expect(row.decision_id !== null).toBe(row.state === 'decided')
  expect(row.outcome !== null).toBe(row.state === 'decided')
  if (['on_hold', 'confirming', 'decided'].includes(row.state)) expect(row.holder_id).toBeNull()
  if (row.state === 'confirming' || row.state === 'decided') expect(row.assignee_id).toBeNull()
  if (row.state === 'open' || row.state === 'escalated') {
    expect((row.escalated_to ?? row.escalated_role) !== null).toBe(row.state === 'escalated')
  }
  const told = replayEvents(await findEventsOn(t.db, review.id), { version: review.version, queueId: review.queue_id })
  expect(told).toEqual({
    version: row.version,
    state: row.state,
    holderId: row.holder_id,
    queueId: row.queue_id,
    assigneeId: row.assignee_id,
    toId: row.escalated_to,
    toRole: row.escalated_role,
    decisionId: row.decision_id,
    proposal: await getWaiting(review.id),
  })
}

/** What waits for a second person; at most one does. */
async function getWaiting(reviewId: string) {
  const waiting = (await findProposals(t.db, reviewId)).filter(({ end }) => end === null)
  expect(waiting.length).toBeLessThanOrEqual(1)
  return waiting[0] ? { id: waiting[0].id, byId: waiting[0].proposedById } : null
}

/** Of the decisions on a review at most one stands, and what was taken back never took effect. */
async function checkDecisions(reviewId: string) {
  const rows = await t.db
    .selectFrom('decision')
    .innerJoin('outbox', 'outbox.decision_id', 'decision.id')
    .leftJoin('undo', 'undo.decision_id', 'decision.id')
    .leftJoin('measure', 'measure.decision_id', 'decision.id')
    .select(['decision.id', 'decision.supersedes_id', 'outbox.state', 'undo.undone_at', 'measure.began_at'])
    .select(['measure.kind', 'decision.decided_by', 'decision.confirmed_by'])
    .where('decision.review_id', '=', reviewId)
    .execute()
  const kept = rows.filter((row) => row.undone_at === null)
  const superseded = kept.map((row) => row.supersedes_id).filter((id) => id !== null)
  expect(new Set(superseded).size).toBe(superseded.length)
  const standing = kept.filter((row) => !superseded.includes(row.id)).map(({ id }) => id)
  expect(standing).toEqual([(await getReview(reviewId)).decision_id].filter((id) => id !== null))
  // What is severe was never one person's.
  for (const { kind, decided_by, confirmed_by } of rows) {
    if (kind === 'terminate') expect(confirmed_by).not.toBeNull()
    expect(confirmed_by).not.toBe(decided_by)
  }
  for (const row of rows.filter(({ undone_at }) => undone_at !== null)) {
    expect(row).toMatchObject({ state: 'cancelled', began_at: null })
  }
}

describe('three people at the same reviews', () => {
  it('leave each in one state, with one holder at most, and the events tell the same story', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(scenario, async (lanes) => {
        const platform = crypto.randomUUID()
        const reviews: Review[] = []
        for (const priority of [90, 50, 10]) reviews.push(await createReview(t.db, { platform, priority }))
        await Promise.all(lanes.map((lane, index) => play(people[index]!, lane, reviews)))
        for (const review of reviews) {
          await checkReview(review)
          await checkDecisions(review.id)
          for (const { kind } of await findEventsOn(t.db, review.id)) seen.add(kind)
        }
        const held = await t.db.selectFrom('lease').selectAll().execute()
        const inForce = held.filter((lease) => lease.expires_at > t.deps.now())
        for (const { id } of people) {
          expect(inForce.filter((lease) => lease.holder_id === id).length).toBeLessThanOrEqual(leaseCap)
        }
        // The next three begin with empty hands.
        t.travel(leaseMs)
        await expireLeases(t.deps)
      }),
      { numRuns: 30 },
    )
    // Refusals aside, people came to do most of what there is to do.
    expect(seen.size).toBeGreaterThan(8)
  }, 120_000)
})
