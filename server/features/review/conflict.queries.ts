import type { Db, Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Conflict } from '#shared/contract/conflict.ts'
import { findProposalRows, type ProposalRow } from './confirming/proposals.queries.ts'
import { getDecision } from './decisions/decisions.queries.ts'
import type { LeaseRow } from './lease/lease.queries.ts'
import { getLatestTurn } from './turns/turns.queries.ts'

/*
 * The refusals that tell the one who came second what happened meanwhile and who did it. Each is made to be thrown, and
 * is read from the database only then.
 */

/** Who, when and what: the first decision as a whole, so that both can be compared. */
export async function alreadyDecided(db: Db | Tx, review: { id: string; decision_id: string | null }) {
  const conflict = await toldOfStanding(db, review)
  return new AppError('already_decided', `Review ${review.id} is decided.`, conflict ? { conflict } : {})
}

/** Tells of the decision that stands now. */
export async function alreadySuperseded(
  db: Db | Tx,
  review: { id: string; decision_id: string | null },
  decisionId: string,
) {
  const conflict = await toldOfStanding(db, review)
  return new AppError(
    'already_superseded',
    `A later decision stands in the place of ${decisionId}.`,
    conflict ? { conflict } : {},
  )
}

export const alreadyUndone = (decisionId: string) =>
  new AppError('already_undone', `Decision ${decisionId} was taken back before.`)

/** Tells of what left the outbox, and when, or what else came in between. */
export async function tooLate(db: Db | Tx, decisionId: string, at: Date) {
  const told = await toldOfStanding(db, { decision_id: decisionId })
  const conflict = told && { ...told, at: at.toISOString() }
  return new AppError('too_late', `Decision ${decisionId} cannot be taken back any more.`, conflict ? { conflict } : {})
}

/** Who proposed what waits for a second person. */
export async function beingConfirmed(db: Db | Tx, review: { id: string }) {
  const [proposal] = await findProposalRows(db, review.id)
  const conflict = proposal && (await toldOf(db, proposal.proposed_by, proposal.proposed_at))
  return new AppError('being_confirmed', `Review ${review.id} waits for a second person.`, conflict ? { conflict } : {})
}

/** Who confirmed, refused or withdrew it. */
export async function proposalEnded(db: Db | Tx, proposal: ProposalRow) {
  const conflict = proposal.end_by && proposal.end_at && (await toldOf(db, proposal.end_by, proposal.end_at))
  const message = `Proposal ${proposal.id} does not wait any more.`
  return new AppError('proposal_ended', message, conflict ? { conflict } : {})
}

async function toldOf(db: Db | Tx, byId: string, at: Date): Promise<Conflict> {
  return { byId, byName: await findName(db, byId), at: at.toISOString(), heldUntil: null, decision: null }
}

async function toldOfStanding(db: Db | Tx, review: { decision_id: string | null }): Promise<Conflict | null> {
  const decision = review.decision_id ? await getDecision(db, review.decision_id) : null
  if (!decision) return null
  return {
    byId: decision.decidedById,
    byName: await findName(db, decision.decidedById),
    at: decision.decidedAt,
    heldUntil: null,
    decision: {
      id: decision.id,
      outcome: decision.outcome,
      clause: decision.clause,
      exemption: decision.exemption,
      measures: decision.measures.map((measure) => measure.kind),
      rationale: decision.rationale,
    },
  }
}

export async function heldByOther(db: Db | Tx, lease: LeaseRow) {
  const conflict = {
    byId: lease.holder_id,
    byName: await findName(db, lease.holder_id),
    at: lease.taken_at.toISOString(),
    heldUntil: lease.expires_at.toISOString(),
    decision: null,
  }
  return new AppError('held_by_other', `Review ${lease.review_id} is held by somebody else.`, { conflict })
}

/** Who let it wait, and until when. */
export async function onHold(db: Db | Tx, review: { id: string; wake_at: Date | null }) {
  const conflict = await toldOfTurn(db, review.id, ['held'], review.wake_at)
  return new AppError('on_hold', `Review ${review.id} is on hold.`, conflict ? { conflict } : {})
}

/** Who handed it up, or on. */
export async function escalatedToOther(db: Db | Tx, review: { id: string }) {
  const conflict = await toldOfTurn(db, review.id, ['escalated', 'handed_over'])
  return new AppError(
    'escalated_to_other',
    `Review ${review.id} waits for somebody else's answer.`,
    conflict ? { conflict } : {},
  )
}

/** Who gave it to whom it is offered to. */
export async function assignedToOther(db: Db | Tx, review: { id: string }) {
  const conflict = await toldOfTurn(db, review.id, ['assigned', 'handed_over', 'returned'])
  return new AppError(
    'assigned_to_other',
    `Review ${review.id} is offered to somebody else.`,
    conflict ? { conflict } : {},
  )
}

async function toldOfTurn(
  db: Db | Tx,
  reviewId: string,
  kinds: Parameters<typeof getLatestTurn>[2],
  until: Date | null = null,
): Promise<Conflict | null> {
  const turn = await getLatestTurn(db, reviewId, kinds)
  if (!turn) return null
  const byName = await findName(db, turn.by_id)
  return {
    byId: turn.by_id,
    byName,
    at: turn.at.toISOString(),
    heldUntil: until?.toISOString() ?? null,
    decision: null,
  }
}

/** @param lease the caller's own, when it ran out and nobody has taken the review since */
export async function leaseLost(db: Db | Tx, reviewId: string, lease?: LeaseRow) {
  const conflict = lease
    ? { byId: null, byName: null, at: lease.expires_at.toISOString(), heldUntil: null, decision: null }
    : await findLastChange(db, reviewId)
  return new AppError('lease_lost', `Review ${reviewId} is not yours any more.`, conflict ? { conflict } : {})
}

export async function snapshotChanged(db: Db | Tx, review: { id: string; snapshot_id: string }) {
  const { captured_at } = await db
    .selectFrom('snapshot')
    .select('captured_at')
    .where('id', '=', review.snapshot_id)
    .executeTakeFirstOrThrow()
  const conflict = { byId: null, byName: null, at: captured_at.toISOString(), heldUntil: null, decision: null }
  return new AppError('snapshot_changed', `Review ${review.id} shows a newer snapshot.`, { conflict })
}

export async function versionChanged(db: Db | Tx, review: { id: string; version: number }) {
  const conflict = await findLastChange(db, review.id)
  const message = `Review ${review.id} is at version ${review.version}.`
  return new AppError('version_changed', message, conflict ? { conflict } : {})
}

/** From the newest event that has its place in the log; null when none has one yet. */
async function findLastChange(db: Db | Tx, reviewId: string): Promise<Conflict | null> {
  const event = await db
    .selectFrom('event_seq')
    .select(['at', 'person_id'])
    .where('subject_kind', '=', 'review')
    .where('subject_id', '=', reviewId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!event) return null
  const byName = await findName(db, event.person_id)
  return { byId: event.person_id, byName, at: event.at.toISOString(), heldUntil: null, decision: null }
}

async function findName(db: Db | Tx, personId: string | null): Promise<string | null> {
  if (personId === null) return null
  const person = await db.selectFrom('auth.user').select('name').where('id', '=', personId).executeTakeFirst()
  return person?.name ?? null
}
