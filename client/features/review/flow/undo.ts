import type { QueryClient } from '@tanstack/react-query'
import { call, errorCode } from '#client/api/call.ts'
import { withdrawProposal } from '#shared/contract/confirming.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { undoDecision } from '#shared/contract/turns.ts'
import { blankDraft } from '../desk/decision/decision-draft.ts'
import { reviewQuery } from '../review.queries.ts'
import { dropDraft, keepDraft } from '../review.store.ts'
import { adoptLease, claim, putClaiming } from './leases.ts'
import { takeFromProgress } from './progress.ts'
import { drop, keepAccepted, type Sent, sentOf, settled } from './sending.ts'

/** Inside its window, or still on its way: what the server says of a late try is the last word. */
export function mayUndo({ stage, isTakenBack }: Sent, now = Date.now()): boolean {
  if (isTakenBack) return false
  if (stage.kind === 'accepted' || stage.kind === 'proposed') return stage.undoUntil !== null && now < stage.undoUntil
  return stage.kind === 'waiting' || stage.kind === 'late'
}

/**
 * Takes a decision back: its draft is there again at once, and the review with it; the server's answer comes behind.
 * Says why it could not be, or null.
 */
export async function takeBack(queryClient: QueryClient, sent: Sent): Promise<'too_late' | 'failed' | null> {
  const { reviewId } = sent
  const { queryKey } = reviewQuery(reviewId)
  putClaiming(reviewId)
  reopen(queryClient, sent)
  const stage = await settled(reviewId)
  if (stage?.kind !== 'accepted' && stage?.kind !== 'proposed') {
    // It never arrived, or was refused: the draft is as it was, and the same act stays the same act.
    drop(reviewId)
    keepDraft(reviewId, sent.draft)
    void claim(reviewId)
    return null
  }
  // From here on it is another decision.
  keepDraft(reviewId, { ...sent.draft, clientId: blankDraft().clientId })
  drop(reviewId)
  reopen(queryClient, sent)
  try {
    if (stage.kind === 'proposed') {
      await call(withdrawProposal, {
        params: { proposalId: stage.proposal.id },
        body: { clientId: crypto.randomUUID() },
      })
      void claim(reviewId)
      void queryClient.invalidateQueries({ queryKey })
      void queryClient.invalidateQueries({ queryKey: ['reviews'] })
      return null
    }
    const { id: decisionId } = stage.decision
    const { lease, version } = await call(undoDecision, {
      params: { decisionId },
      body: { clientId: crypto.randomUUID() },
    })
    takeFromProgress(decisionId)
    if (lease) adoptLease(reviewId, { lease, version })
    else void claim(reviewId)
    void queryClient.invalidateQueries({ queryKey })
    void queryClient.invalidateQueries({ queryKey: ['reviews'] })
    return null
  } catch (error) {
    dropDraft(reviewId)
    keepAccepted({ ...sent, stage: { ...stage, undoUntil: null } })
    void queryClient.invalidateQueries({ queryKey })
    return errorCode(error) ? 'too_late' : 'failed'
  }
}

/** The review as it was before it was decided, until it is read again. */
function reopen(queryClient: QueryClient, { reviewId, stage: _ }: Sent) {
  const stage = sentOf(reviewId)?.stage
  const decisionId = stage?.kind === 'accepted' ? stage.decision.id : null
  queryClient.setQueryData<ReviewDetail>(
    reviewQuery(reviewId).queryKey,
    (detail) =>
      detail && {
        ...detail,
        review: { ...detail.review, state: 'open', outcome: null, decidedAt: null, decidedById: null },
        decisions: detail.decisions.filter(({ id }) => id !== decisionId),
        proposals: (detail.proposals ?? []).filter(({ end }) => end !== null),
      },
  )
}
