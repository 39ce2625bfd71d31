import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { notify } from '#server/features/inbox/inbox.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { refuseProposal as endpoint } from '#shared/contract/confirming.ts'
import { versionChanged } from '../conflict.queries.ts'
import { passOn, restingState } from '../turns/turns.queries.ts'
import { lockProposal, requireSecond } from './lock-proposal.ts'
import { insertProposalEnd } from './proposals.queries.ts'

/** Opens the review again, with what was proposed and why it was refused; the first hears of it. */
export function refuseProposal(
  { db, now }: Deps,
  caller: Caller,
  proposalId: string,
  { clientId, version: seen, reason }: z.output<typeof endpoint.body>,
) {
  return once(db, { clientId, personId: caller.id, operation: `refuse ${proposalId}` }, async (tx) => {
    const { proposal, review } = await lockProposal(tx, caller, proposalId)
    requireSecond(caller, proposal.proposed_by, review.queue_id)
    if (review.version !== seen) throw await versionChanged(tx, review)
    const at = now()
    const reasonSha256 = createHash('sha256').update(reason).digest('hex')
    const reply = await reopen(tx, caller, { review, proposalId, at, kind: 'refused', reason, data: { reasonSha256 } })
    const about = { on: 'review' as const, id: review.id }
    const to = { personId: proposal.proposed_by }
    await notify(tx, [{ to, kind: 'proposal_refused', about, byId: caller.id, at, text: reason }])
    return reply
  })
}

/** Takes back what the caller proposed: the review opens again. */
export function withdrawProposal({ db, now }: Deps, caller: Caller, proposalId: string, clientId: string) {
  return once(db, { clientId, personId: caller.id, operation: `withdraw ${proposalId}` }, async (tx) => {
    const { proposal, review } = await lockProposal(tx, caller, proposalId)
    if (proposal.proposed_by !== caller.id) throw new AppError('not_yours', 'Somebody else proposed this.')
    return reopen(tx, caller, { review, proposalId, at: now(), kind: 'withdrawn', reason: null, data: {} })
  })
}

type Ending = {
  review: Awaited<ReturnType<typeof lockProposal>>['review']
  proposalId: string
  at: Date
  kind: 'refused' | 'withdrawn'
  reason: string | null
  data: Record<string, unknown>
}

async function reopen(tx: Tx, caller: Caller, { review, proposalId, at, kind, reason, data }: Ending) {
  await insertProposalEnd(tx, { proposal_id: proposalId, kind, by_id: caller.id, at, reason })
  const version = await passOn(tx, review.id, { state: restingState(review) })
  const subject = { kind: 'review', id: review.id, version }
  await appendEvents(tx, [{ kind: `review.proposal_${kind}`, by: caller, subject, data: { proposalId, ...data } }])
  return { version }
}
