import { factsIn, isNewAccount, type PriorityWeights, priorityOf } from '#shared/domain/priority.ts'
import { SourceKind } from '#shared/domain/words.ts'
import type { Remainder, WantedReview } from './set-aside.queries.ts'

type Facts = Omit<WantedReview, 'kept_because' | 'wanted' | 'state'>
type Change = {
  flagCount: number
  /** It leaves the queue or comes back to it, which everybody must notice. */
  isTurn: boolean
  weights: PriorityWeights
}

/**
 * The review as its flags are now: `sources`, `score` and `weight` of those that count. Clause, queue and due time stand:
 * somebody may have relied on them.
 */
export function reckonAnew(review: Facts, { flagCount, isTurn, weights }: Change): Remainder {
  const sources = SourceKind.options.filter((kind) => review.sources?.includes(kind))
  const { priority, terms } = priorityOf(
    {
      ...factsIn(review.priority_terms),
      score: review.score ?? 0,
      reporterWeight: review.weight ?? 0,
      sources,
      severity: review.severity,
      accountStatus: review.account_status,
      flagCount,
      isNewAccount: isNewAccount(review.account_created_at, review.opened_at),
    },
    weights,
  )
  const { id, score } = review
  const version = review.version + (isTurn ? 1 : 0)
  return { id, version, flag_count: flagCount, sources, score, priority, priority_terms: terms }
}
