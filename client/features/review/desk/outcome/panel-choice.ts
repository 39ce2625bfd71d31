import { ApiError, errorCode } from '#client/api/call.ts'
import type { Conflict } from '#shared/contract/conflict.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import type { ReviewDetail, Snapshot } from '#shared/contract/reviews.ts'
import type { LeaseState } from '../use-lease.ts'

export type ConflictCode = 'already_decided' | 'held_by_other' | 'lease_lost' | 'version_changed'

export type PanelChoice =
  | { kind: 'form' }
  | { kind: 'decided'; decision: DecisionRecord | null }
  | { kind: 'conflict'; code: ConflictCode; conflict: Conflict | null; at: string | null }
  | { kind: 'changed' }
  | { kind: 'claim_failed'; error: unknown }
  | { kind: 'reading' }

type Facts = {
  detail: ReviewDetail
  /** The snapshot on the screen; the detail may know a newer one. */
  seen: Snapshot
  lease: LeaseState
  refusal: unknown
  hasDraft: boolean
}

/** What stands where decisions are made: the form, or what came in its way. A refusal counts more than what was known before. */
export function choosePanel({ detail, seen, lease, refusal, hasDraft }: Facts): PanelChoice {
  const code = errorCode(refusal)
  if (code === 'snapshot_changed') return { kind: 'changed' }
  if (code === 'already_decided' || code === 'held_by_other' || code === 'lease_lost' || code === 'version_changed') {
    const conflict = refusal instanceof ApiError ? (refusal.body.conflict ?? null) : null
    return { kind: 'conflict', code, conflict, at: conflict?.at ?? null }
  }
  if (lease.kind === 'refused' && lease.code === 'held_by_other') {
    return { kind: 'conflict', code: 'held_by_other', conflict: lease.conflict, at: lease.conflict?.at ?? null }
  }
  if (detail.review.state === 'decided' || lease.kind === 'refused') {
    const conflict = lease.kind === 'refused' ? lease.conflict : null
    if (hasDraft) return { kind: 'conflict', code: 'already_decided', conflict, at: conflict?.at ?? null }
    return { kind: 'decided', decision: detail.decisions[0] ?? null }
  }
  if (lease.kind === 'lost') return { kind: 'conflict', code: 'lease_lost', conflict: lease.conflict, at: lease.at }
  if (seen.id !== detail.snapshot.id) return { kind: 'changed' }
  if (lease.kind === 'failed') return { kind: 'claim_failed', error: lease.error }
  return lease.kind === 'reading' ? { kind: 'reading' } : { kind: 'form' }
}
