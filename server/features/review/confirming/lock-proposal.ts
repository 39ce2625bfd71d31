import type { Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { proposalEnded } from '../conflict.queries.ts'
import { lockReview } from '../review.queries.ts'
import { mayTake } from '../scope.queries.ts'
import { getProposal } from './proposals.queries.ts'

/**
 * A proposal that still waits, and its review, locked: of two who end it at once the second finds it ended.
 *
 * @throws AppError `not_found`, `proposal_ended`
 */
export async function lockProposal(tx: Tx, caller: Caller, proposalId: string) {
  const found = await getProposal(tx, proposalId)
  const review = found && (await lockReview(tx, found.review_id, caller.scope))
  if (!review) throw new AppError('not_found', `No proposal ${proposalId}.`)
  // Read again: what was read before the lock may have ended meanwhile.
  const proposal = (await getProposal(tx, proposalId))!
  if (proposal.end_kind || review.state !== 'confirming') throw await proposalEnded(tx, proposal)
  return { proposal, review }
}

/** @throws AppError `own_proposal`, `forbidden` */
export function requireSecond(caller: Caller, proposedBy: string, queueId: string) {
  if (proposedBy === caller.id) throw new AppError('own_proposal', 'Nobody is the second person of what they proposed.')
  if (!mayTake(caller.scope, queueId)) throw new AppError('forbidden', `Nothing to decide in ${queueId}.`)
}
