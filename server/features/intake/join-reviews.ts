import { newId } from '#server/db/id.ts'
import { factsIn, isNewAccount, priorityOf } from '#shared/domain/priority.ts'
import { type FlagEffect, SourceKind } from '#shared/domain/words.ts'
import type { Sorting } from './flags.queries.ts'
import type { DecidedReview, ReviewRecord } from './reviews.queries.ts'
import { isQuicker, type Placement } from './sort-flag.ts'
import type { AccountRow } from './subjects/accounts.queries.ts'
import type { Face } from './subjects/snapshot.ts'

/** A flag of which everything is known but its review. */
export type SortedFlag = {
  sourceKind: SourceKind
  policyId: string | null
  place: Placement
  account: AccountRow
  postId: string | null
  postedAt: Date | null
  platform: string
  reach: number | null
  score: number | null
  /** A file of it is marked so. */
  isRestricted: boolean
  isNews: boolean
  /** 0 where the reporter is not trusted, or nobody was named. */
  reporterWeight: number
  snapshotId: string
  /** Of what that snapshot shows. */
  contentSha256: string
  /** Nothing captured of this subject before shows the same. */
  isNewContent: boolean
  face: Face
}

export type Joining = {
  reviewId: string | null
  effect: FlagEffect
  /** As it stands after this flag; null when it is decided. */
  review: ReviewRecord | null
  /** The flag brought content that the review now shows instead of what it showed before. */
  showsNewContent: boolean
  /** It was on hold, and this flag does not wait. */
  isWoken: boolean
  /** The queue it was taken from, by a flag that is in more of a hurry. */
  movedFrom: string | null
}

type Change = Pick<Joining, 'showsNewContent' | 'isWoken' | 'movedFrom'>
const quietly: Change = { showsNewContent: false, isWoken: false, movedFrom: null }

/** Kept as evidence, and makes no work: the reporter is muted. */
export const muted: Joining = { reviewId: null, effect: 'muted', review: null, ...quietly }

/** These sources ask for a look of their own, whatever was decided before. */
const alwaysOpen: readonly SourceKind[] = ['removal_order', 'trusted_flagger', 'own_initiative']

/**
 * Brings flags and reviews together, one flag after the other, as if each came alone: that is what makes the result the
 * same however senders split their batches. Holds the reviews of locked subjects and collects what must be written.
 */
export function reviewDesk(
  sorting: Sorting,
  reviews: { undecided: ReviewRecord[]; decided: DecidedReview[] },
  { now }: { now: Date },
) {
  const undecided = new Map(reviews.undecided.map((review) => [subjectOf(review), review]))
  const decided = Map.groupBy(reviews.decided, subjectOf)
  const opened = new Set<ReviewRecord>()
  const changed = new Set<ReviewRecord>()
  const recorded = new Map<string, { id: string; count: number; sources: SourceKind[] }>()

  return {
    take(flag: SortedFlag): Joining {
      const subject = subjectOf({ post_id: flag.postId, account_id: flag.account.id })
      const waiting = undecided.get(subject)
      if (waiting) {
        const change = join(waiting, flag)
        return { reviewId: waiting.id, effect: 'joined', review: waiting, ...change }
      }
      const before = decided.get(subject) ?? []
      const covering = alwaysOpen.includes(flag.sourceKind) ? undefined : before.findLast((past) => covers(past, flag))
      if (covering) {
        record(covering.id, flag)
        return { reviewId: covering.id, effect: 'recorded', review: null, ...quietly }
      }
      const review = open(flag, before.at(-1)?.id ?? null)
      undecided.set(subject, review)
      return { reviewId: review.id, effect: 'opened', review, ...quietly }
    },

    /** Lets undecided reviews show an account as it is now. */
    follow(account: AccountRow) {
      for (const review of undecided.values()) {
        if (review.account_id !== account.id) continue
        Object.assign(review, {
          handle: account.handle,
          display_name: account.display_name,
          account_status: account.status,
          account_created_at: account.created_at,
        })
        prioritise(review, factsIn(review.priority_terms))
        changed.add(review)
      }
    },

    written: () => ({
      opened: [...opened],
      changed: [...changed].filter((review) => !opened.has(review)),
      recorded: [...recorded.values()],
    }),
  }

  function open(flag: SortedFlag, previousReviewId: string | null): ReviewRecord {
    const review: ReviewRecord = {
      id: newId(),
      version: 1,
      state: 'open',
      queue_id: flag.place.queueId,
      account_id: flag.account.id,
      post_id: flag.postId,
      ...faceColumns(flag),
      platform: flag.platform,
      handle: flag.account.handle,
      display_name: flag.account.display_name,
      account_status: flag.account.status,
      account_created_at: flag.account.created_at,
      policy_id: flag.policyId,
      reach: flag.reach,
      score: flag.score,
      posted_at: flag.postedAt,
      is_restricted: isRestricted(flag),
      flag_count: 1,
      sources: [flag.sourceKind],
      priority: 0,
      priority_terms: [],
      due_at: flag.place.dueAt,
      opened_at: now,
      previous_review_id: previousReviewId,
      wake_at: null,
      is_handed_up: false,
      rule_set_version: flag.place.rulesVersion,
      rule_id: flag.place.ruleId,
    }
    prioritise(review, factsOf(flag))
    opened.add(review)
    return review
  }

  /**
   * New content shows itself to the reviewer, who is told by the version. An order to remove wakes what is on hold: it has
   * an hour. All else arrives quietly.
   */
  function join(review: ReviewRecord, flag: SortedFlag): Change {
    const showsNewContent = flag.isNewContent && review.snapshot_id !== flag.snapshotId
    if (showsNewContent) {
      Object.assign(review, faceColumns(flag))
      review.version += 1
    }
    const isWoken = flag.sourceKind === 'removal_order' && review.state === 'on_hold'
    if (isWoken) wake(review)
    review.flag_count += 1
    review.sources = SourceKind.options.filter((kind) => kind === flag.sourceKind || review.sources.includes(kind))
    if (takesOver(flag.policyId, review.policy_id)) review.policy_id = flag.policyId
    if (isRestricted(flag)) review.is_restricted = true
    review.language ??= flag.face.language
    review.posted_at ??= flag.postedAt
    review.reach = highest(review.reach, flag.reach)
    review.score = highest(review.score, flag.score)
    if (flag.place.dueAt < review.due_at) review.due_at = flag.place.dueAt
    const isMoved = review.state === 'open' && isQuicker(sorting, flag.place, review.queue_id)
    const movedFrom = isMoved ? review.queue_id : null
    if (isMoved) {
      Object.assign(review, {
        queue_id: flag.place.queueId,
        rule_set_version: flag.place.rulesVersion,
        rule_id: flag.place.ruleId,
      })
    }
    const [known, said] = [factsIn(review.priority_terms), factsOf(flag)]
    prioritise(review, {
      reach: Math.max(known.reach, said.reach),
      score: Math.max(known.score, said.score),
      isNews: known.isNews || said.isNews,
      reporterWeight: Math.max(known.reporterWeight, said.reporterWeight),
    })
    changed.add(review)
    return { showsNewContent, isWoken, movedFrom }
  }

  /** The first clause suspected stands, but for one that closes the media to all who lack the permission for it. */
  function takesOver(policyId: string | null, standing: string | null): boolean {
    if (policyId === null) return false
    return standing === null || (sorting.restricted.has(policyId) && !sorting.restricted.has(standing))
  }

  function isRestricted(flag: SortedFlag): boolean {
    return flag.isRestricted || (flag.policyId !== null && sorting.restricted.has(flag.policyId))
  }

  function record(reviewId: string, flag: SortedFlag) {
    const entry = recorded.get(reviewId) ?? { id: reviewId, count: 0, sources: [] }
    entry.count += 1
    if (!entry.sources.includes(flag.sourceKind)) entry.sources.push(flag.sourceKind)
    recorded.set(reviewId, entry)
  }

  function prioritise(review: ReviewRecord, facts: Facts) {
    const { priority, terms } = priorityOf(
      {
        reach: facts.reach,
        score: facts.score,
        isNews: facts.isNews,
        reporterWeight: facts.reporterWeight,
        sources: review.sources,
        severity: review.policy_id ? (sorting.severityOf.get(review.policy_id) ?? null) : null,
        accountStatus: review.account_status,
        flagCount: review.flag_count,
        isNewAccount: isNewAccount(review.account_created_at, review.opened_at),
      },
      sorting.weights,
    )
    review.priority = priority
    review.priority_terms = terms
  }
}

function wake(review: ReviewRecord) {
  review.state = review.is_handed_up ? 'escalated' : 'open'
  review.wake_at = null
  review.version += 1
}

/** What makes the priority besides the review itself. */
type Facts = { reach: number; score: number; isNews: boolean; reporterWeight: number }

function factsOf({ reach, score, isNews, reporterWeight }: SortedFlag): Facts {
  return { reach: reach ?? 0, score: score ?? 0, isNews, reporterWeight }
}

function highest(known: number | null, said: number | null): number | null {
  return known === null || said === null ? (known ?? said) : Math.max(known, said)
}

/**
 * A decision covers a flag that shows the same content under a clause that was weighed, or under none. What was closed
 * without a decision, its flags set aside, covers nothing.
 */
function covers(past: DecidedReview, flag: SortedFlag): boolean {
  if (past.decision_id === null) return false
  return (
    past.content_sha256 === flag.contentSha256 && (flag.policyId === null || past.policy_ids.includes(flag.policyId))
  )
}

/** The columns of a review that show a snapshot. */
export function faceColumns({ snapshotId, face }: { snapshotId: string; face: Face }) {
  return {
    snapshot_id: snapshotId,
    caption_excerpt: face.captionExcerpt,
    language: face.language,
    claimed_place: face.claimedPlace,
    media_count: face.mediaCount,
    media_kinds: face.mediaKinds,
    first_media: face.firstMedia,
  }
}

function subjectOf({ post_id, account_id }: { post_id: string | null; account_id: string }): string {
  return post_id ?? account_id
}
