import { z } from 'zod'
import { Outcome } from '../domain/outcomes.ts'
import { AccountStatus, MediaKind, PostKind, PostStatus, ReviewState, SourceKind } from '../domain/words.ts'
import { Proposal } from './confirming.ts'
import { Conflict } from './conflict.ts'
import { ClauseVersion, DecisionRecord } from './decisions.ts'
import { ClientId, endpoint, page } from './endpoint.ts'
import { DerivativeState, Sha256 } from './media.ts'
import { Note } from './notes.ts'
import { OpenFilter, ReviewFilter } from './review-filter.ts'
import { RoutingRule } from './rules.ts'
import { Translations } from './translations.ts'
import { TurnFacts } from './turns.ts'

export const ReviewId = z.uuid().brand('ReviewId')
export type ReviewId = z.infer<typeof ReviewId>

export const PriorityTerm = z.object({
  /** Names the reason; `value` is its worth, `detail` a figure to show with it. */
  code: z.enum(['source', 'severity', 'account', 'flags', 'reach', 'score', 'news', 'new_account', 'reporter']),
  detail: z.string(),
  value: z.number().int(),
})
export type PriorityTerm = z.infer<typeof PriorityTerm>

/** One row of the queue: everything the table shows, nothing it does not. */
export const ReviewRow = z.object({
  id: ReviewId,
  /** What people say to each other, `DKT-48213`. Not an address: nothing is looked up by it. */
  reference: z.string(),
  version: z.number().int(),
  state: ReviewState,
  queueId: z.string(),
  subject: z.enum(['post', 'account']),
  captionExcerpt: z.string(),
  language: z.string().nullable(),
  platform: z.string(),
  accountId: z.uuid(),
  handle: z.string(),
  displayName: z.string().nullable(),
  accountStatus: AccountStatus,
  isNewAccount: z.boolean(),
  claimedPlace: z.string().nullable(),
  /** People who saw it, as far as anybody said. */
  reach: z.number().int().nullable(),
  /** The highest a classifier gave, 0 to 1. */
  score: z.number().nullable(),
  postedAt: z.iso.datetime().nullable(),
  /** The suspected clause; null is unsorted. */
  policy: z.string().nullable(),
  flagCount: z.number().int(),
  sources: z.array(SourceKind),
  media: z.object({
    count: z.number().int(),
    kinds: z.array(MediaKind),
    first: Sha256.nullable(),
    firstState: DerivativeState.nullable(),
  }),
  /** 0 to 100. */
  priority: z.number().int(),
  priorityTerms: z.array(PriorityTerm),
  dueAt: z.iso.datetime(),
  openedAt: z.iso.datetime(),
  holderId: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  decidedById: z.string().nullable(),
  outcome: Outcome.nullable(),
  exemption: z.string().nullable(),
  isRestricted: z.boolean(),
  /** When somebody saw a threat to life in it. */
  threatAt: z.iso.datetime().nullable(),
  /** Only this person is offered it. */
  assigneeId: z.string().nullish(),
  /** When a review on hold opens again. */
  wakeAt: z.iso.datetime().nullish(),
  /** Handed up to this person, or to everybody of this role. */
  escalatedTo: z
    .object({ personId: z.string() })
    .or(z.object({ role: z.enum(['supervisor', 'admin']) }))
    .nullish(),
})
export type ReviewRow = z.infer<typeof ReviewRow>

export const ReviewSort = z.enum(['priority', 'due', 'newest', 'oldest', 'flags'])
export type ReviewSort = z.infer<typeof ReviewSort>

export const listReviews = endpoint({
  method: 'GET',
  path: '/api/v1/reviews',
  summary: 'One page of the queue in one of its orders',
  permission: 'review.read',
  query: ReviewFilter.extend({
    sort: ReviewSort.default('priority'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  }),
  reply: page(ReviewRow),
})

export const countReviews = endpoint({
  method: 'GET',
  path: '/api/v1/reviews/counts',
  summary: 'How many reviews there are in each state and queue, under the same filters',
  permission: 'review.read',
  query: ReviewFilter.omit({ state: true, mine: true, forMe: true }),
  reply: z.object({
    byState: z.record(ReviewState, z.object({ value: z.number().int(), exact: z.boolean() })),
    /** Undecided reviews held by me. */
    mine: z.number().int(),
    /** Undecided reviews that wait for me. */
    forMe: z.number().int().optional(),
    /** Open reviews that would be offered to me, where languages, training or opt-outs leave some out. */
    offered: z.object({ value: z.number().int(), exact: z.boolean() }).nullish(),
    /** Undecided, each queue. */
    byQueue: z.array(z.object({ queueId: z.string(), value: z.number().int(), exact: z.boolean() })),
  }),
})

export const Lease = z.object({ holderId: z.string(), takenAt: z.iso.datetime(), expiresAt: z.iso.datetime() })
export type Lease = z.infer<typeof Lease>

export const SnapshotMedia = z.object({
  position: z.number().int(),
  kind: MediaKind,
  sha256: Sha256.nullable(),
  /** File or link name as the sender gave it; shown when there is nothing to show. */
  name: z.string().nullable(),
  caption: z.string().nullable(),
  mime: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  state: DerivativeState.nullable(),
  isRestricted: z.boolean(),
})
export type SnapshotMedia = z.infer<typeof SnapshotMedia>

export const Snapshot = z.object({
  id: z.uuid(),
  /** Of its canonical JSON (RFC 8785). */
  sha256: Sha256,
  capturedAt: z.iso.datetime(),
  caption: z.string(),
  language: z.string().nullable(),
  claimedPlace: z.string().nullable(),
  reach: z.number().int().nullable(),
  url: z.string().nullable(),
  context: z.array(z.object({ author: z.string().nullable(), text: z.string() })),
  sourceName: z.string(),
  media: z.array(SnapshotMedia),
  /** The account as it was when the post was captured. */
  accountStatus: AccountStatus,
  handle: z.string(),
  /** What had become of the post when this was taken; null for one taken with a flag. */
  postStatus: PostStatus.nullish(),
})
export type Snapshot = z.infer<typeof Snapshot>

/** All flags of one source kind on a review, told in one row. */
export const FlagGroup = z.object({
  kind: SourceKind,
  count: z.number().int(),
  sourceNames: z.array(z.string()),
  reasons: z.array(z.object({ code: z.string(), policy: z.string().nullable(), count: z.number().int() })),
  /** The newest text that came with one of them. */
  text: z.string().nullable(),
  /** The highest classifier score, 0 to 1. */
  maxScore: z.number().nullable(),
  firstAt: z.iso.datetime(),
  latestAt: z.iso.datetime(),
})
export type FlagGroup = z.infer<typeof FlagGroup>

export const StatusChange = z.object({
  status: AccountStatus,
  since: z.iso.datetime(),
  cause: z.string().nullable(),
  source: z.string(),
})
export type StatusChange = z.infer<typeof StatusChange>

export const AccountStanding = z.object({
  id: z.uuid(),
  platform: z.string(),
  externalId: z.string(),
  handle: z.string(),
  displayName: z.string().nullable(),
  kind: z.string(),
  status: AccountStatus,
  statusSince: z.iso.datetime().nullable(),
  statusCause: z.string().nullable(),
  createdAt: z.iso.datetime().nullable(),
  firstSeenAt: z.iso.datetime(),
  isNew: z.boolean(),
  /** Oldest first. */
  history: z.array(StatusChange),
  /** Decisions on posts of this account and on itself, newest first, this review's own left out; at most 50. */
  decisions: z.array(DecisionRecord),
  decisionCount: z.number().int(),
  /** What counts against it now: the violations that stand and are not too old, the newest ten of them named. */
  strikes: z
    .object({
      total: z.number().int(),
      newest: z.array(z.object({ clause: ClauseVersion, weight: z.number().int(), decidedAt: z.iso.datetime() })),
    })
    .optional(),
  /** Other reviews of this account that wait. */
  openReviews: z.number().int(),
  notes: z.array(Note),
})
export type AccountStanding = z.infer<typeof AccountStanding>

/** All that the desk shows, in one answer. */
export const ReviewDetail = z.object({
  review: ReviewRow,
  lease: Lease.nullable(),
  post: z
    .object({
      id: z.uuid(),
      externalId: z.string(),
      kind: PostKind,
      url: z.string().nullable(),
      postedAt: z.iso.datetime().nullable(),
      /** The last edit that its platform told of. */
      editedAt: z.iso.datetime().nullish(),
      /** Since when it is gone from its platform. */
      deletedAt: z.iso.datetime().nullish(),
    })
    .nullable(),
  snapshot: Snapshot,
  /** The post as it showed itself at another time, when it differs: as it is now, or else as it was flagged first. */
  otherSnapshot: Snapshot.nullish(),
  flags: z.array(FlagGroup),
  account: AccountStanding,
  notes: z.array(Note),
  /** Decisions on this review, newest first. */
  decisions: z.array(DecisionRecord),
  /** Severe decisions that were proposed on this review, newest first. */
  proposals: z.array(Proposal).optional(),
  turn: TurnFacts.optional(),
  /** What placed it in its queue; null when a person did, or it was placed before that was kept. */
  placement: z
    .object({
      rulesVersion: z.number().int(),
      /** Null: no rule fitted, and the last resort took it. */
      rule: RoutingRule.nullable(),
    })
    .nullish(),
  translations: Translations.optional(),
  /** For how long a person may correct a decision of their own, in milliseconds. */
  correctMs: z.number().int().optional(),
})
export type ReviewDetail = z.infer<typeof ReviewDetail>

const params = z.object({ reviewId: ReviewId })

export const getReview = endpoint({
  method: 'GET',
  path: '/api/v1/reviews/:reviewId',
  summary: 'Everything the desk shows of one review',
  permission: 'review.read',
  params,
  reply: ReviewDetail,
  errors: ['not_found'],
})

export const FlagRow = z.object({
  id: z.uuid(),
  source: z.object({ kind: SourceKind, name: z.string(), externalId: z.string() }),
  reasonCode: z.string(),
  policy: z.string().nullable(),
  text: z.string().nullable(),
  score: z.number().nullable(),
  /** Masked for those who need not know: null then. */
  reporter: z.string().nullable(),
  reporterId: z.uuid().nullable(),
  /** Told to everybody: it says what the flag weighs, not whose it is. */
  isTrusted: z.boolean(),
  /** Counts no more, without having been decided upon. */
  setAsideAt: z.iso.datetime().nullable(),
  flaggedAt: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
})
export type FlagRow = z.infer<typeof FlagRow>

export const listReviewFlags = endpoint({
  method: 'GET',
  path: '/api/v1/reviews/:reviewId/flags',
  summary: 'The flags of one review, newest first',
  permission: 'review.read',
  params,
  query: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  }),
  reply: page(FlagRow),
  errors: ['not_found'],
})

export const claimReview = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/claim',
  summary: 'Take one review, or renew what is mine already',
  permission: 'review.decide',
  params,
  body: z.object({ clientId: ClientId }),
  reply: z.object({ lease: Lease, version: z.number().int() }),
  errors: [
    'not_found',
    'already_decided',
    'being_confirmed',
    'held_by_other',
    'on_hold',
    'escalated_to_other',
    'assigned_to_other',
    'too_many_held',
    'cannot_take',
  ],
})

export const renewLease = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/renew',
  summary: 'Keep a review that is mine',
  permission: 'review.decide',
  params,
  body: z.object({}),
  reply: z.object({ lease: Lease }),
  errors: ['not_found', 'already_decided', 'lease_lost', 'held_by_other'],
})

export const renewLeases = endpoint({
  method: 'POST',
  path: '/api/v1/leases/renew',
  summary: 'Keep several reviews that are mine, each answered for itself',
  permission: 'review.decide',
  body: z.object({
    reviewIds: z.array(ReviewId).min(1).max(50),
    /** How long from now they stay mine, at most as long as a lease lasts: a page that closes says when they end. */
    seconds: z.number().int().min(1).max(86_400).optional(),
  }),
  reply: z.object({
    items: z.array(
      z.object({
        reviewId: ReviewId,
        /** Null: it is not mine any more, and `refusal` says why. */
        lease: Lease.nullable(),
        refusal: z
          .object({
            code: z.enum(['not_found', 'already_decided', 'lease_lost', 'held_by_other']),
            conflict: Conflict.nullable(),
          })
          .nullable(),
      }),
    ),
  }),
})

export const releaseReview = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/release',
  summary: 'Give a review back',
  permission: 'review.decide',
  params,
  body: z.object({ clientId: ClientId }),
  reply: z.object({ version: z.number().int() }),
  errors: ['not_found'],
})

export const takeNext = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/next',
  summary: 'Claim the next open reviews of a list, in its order, skipping what others hold',
  permission: 'review.decide',
  body: z.object({
    clientId: ClientId,
    filter: OpenFilter,
    sort: ReviewSort.default('priority'),
    count: z.number().int().min(1).max(10).default(1),
    /** Reviews not to offer again, such as the one just left. */
    except: z.array(ReviewId).max(50).default([]),
    /** Answers with all that the desk shows of each, so that none has to be asked for. */
    details: z.boolean().optional(),
  }),
  reply: z.object({
    items: z.array(
      z.object({ reviewId: ReviewId, lease: Lease, version: z.number().int(), detail: ReviewDetail.nullish() }),
    ),
  }),
  /** Fewer are given where more would be too many; none, when as many are held already. */
  errors: ['too_many_held'],
})

export const revealMedia = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/reveals',
  summary: 'Ask to see one original: a one-time grant, recorded before the first byte',
  permission: 'media.reveal',
  params,
  body: z.object({ clientId: ClientId, sha256: Sha256, variant: z.enum(['display', 'original']).default('display') }),
  reply: z.object({ revealId: z.uuid(), url: z.string(), expiresAt: z.iso.datetime() }),
  status: 201,
  errors: ['not_found', 'forbidden', 'exposure_budget_reached'],
})

export const endReveal = endpoint({
  method: 'POST',
  path: '/api/v1/reveals/:revealId/end',
  summary: 'The original is hidden again',
  permission: 'media.reveal',
  params: z.object({ revealId: z.uuid() }),
  body: z.object({ /** Milliseconds it was on screen. */ shownMs: z.number().int().nonnegative().max(86_400_000) }),
  reply: z.object({}),
  errors: ['not_found'],
})
