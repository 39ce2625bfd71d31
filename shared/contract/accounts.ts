import { z } from 'zod'
import { AppealOutcome } from '../domain/appeals.ts'
import { AccountMeasure, Outcome, PostMeasure } from '../domain/outcomes.ts'
import { AccountStatus, OutboxState, PostKind, ReviewState, SourceKind } from '../domain/words.ts'
import { ClauseVersion, MeasureInForce } from './decisions.ts'
import { endpoint, page, several } from './endpoint.ts'
import { DerivativeState, Sha256 } from './media.ts'
import { Note } from './notes.ts'
import { StatusChange } from './reviews.ts'

/** When not `exact` there are at least `value`. */
export const Count = z.object({ value: z.number().int(), exact: z.boolean() })
export type Count = z.infer<typeof Count>

export const AccountRow = z.object({
  id: z.uuid(),
  platform: z.string(),
  externalId: z.string(),
  kind: z.string(),
  handle: z.string(),
  displayName: z.string().nullable(),
  status: AccountStatus,
  statusSince: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime().nullable(),
  firstSeenAt: z.iso.datetime(),
  isNew: z.boolean(),
  counts: z.object({ flags: Count, posts: Count, decisions: Count, openReviews: Count }),
})
export type AccountRow = z.infer<typeof AccountRow>

export const AccountFilter = z.object({
  platform: several(z.string().max(50)),
  status: several(AccountStatus),
  /** Opened within the last 30 days. */
  new: z.stringbool().optional(),
  /** The beginning of a handle, a display name or an id at the platform, in any case. */
  q: z.string().trim().max(200).optional(),
})
export type AccountFilter = z.infer<typeof AccountFilter>

/** By when it was first heard of. */
export const AccountSort = z.enum(['newest', 'oldest'])
export type AccountSort = z.infer<typeof AccountSort>

export const listAccounts = endpoint({
  method: 'GET',
  path: '/api/v1/accounts',
  summary: 'Accounts, by when they were first heard of',
  permission: 'review.read',
  query: AccountFilter.extend({
    sort: AccountSort.default('newest'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  }),
  reply: page(AccountRow),
})

export const AccountDetail = AccountRow.extend({
  url: z.string().nullable(),
  statusCause: z.string().nullable(),
  /** Oldest first. */
  history: z.array(StatusChange),
  notes: z.array(Note),
  /** Newest first, at most 50; those on the account come first. */
  measures: z.array(MeasureInForce),
  /** Posts that were removed, as far as decisions of now say. */
  removed: Count,
  appeals: Count.optional(),
  /** The most urgent of the reviews that wait. */
  nextReviewId: z.uuid().nullable(),
})
export type AccountDetail = z.infer<typeof AccountDetail>

const params = z.object({ accountId: z.uuid() })

export const getAccount = endpoint({
  method: 'GET',
  path: '/api/v1/accounts/:accountId',
  summary: 'One account: standing, history, notes and measures in force',
  permission: 'review.read',
  params,
  reply: AccountDetail,
  errors: ['not_found'],
})

export const AccountMoment = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), at: z.iso.datetime() }),
  z.object({ kind: z.literal('status'), at: z.iso.datetime(), ...StatusChange.omit({ since: true }).shape }),
  z.object({
    kind: z.literal('post'),
    at: z.iso.datetime(),
    reviewId: z.uuid(),
    captionExcerpt: z.string(),
    mediaCount: z.number().int(),
  }),
  /** All flags of one day on one review. */
  z.object({
    kind: z.literal('flags'),
    at: z.iso.datetime(),
    reviewId: z.uuid(),
    count: z.number().int(),
    sources: z.array(SourceKind),
    policy: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('decision'),
    at: z.iso.datetime(),
    decisionId: z.uuid(),
    reviewReference: z.string(),
    outcome: Outcome,
    clause: ClauseVersion.nullable(),
    postMeasure: PostMeasure.nullable(),
    accountMeasure: AccountMeasure.nullable(),
  }),
  /** Somebody appealed a decision on it, or that was answered. */
  z.object({
    kind: z.literal('appeal'),
    at: z.iso.datetime(),
    appealId: z.uuid(),
    reference: z.string(),
    /** Null: it was filed then. */
    outcome: AppealOutcome.nullable(),
  }),
])
export type AccountMoment = z.infer<typeof AccountMoment>

export const getAccountTimeline = endpoint({
  method: 'GET',
  path: '/api/v1/accounts/:accountId/timeline',
  summary: 'Statuses, posts, flags and decisions of an account across time, oldest first',
  permission: 'review.read',
  params,
  reply: z.object({
    items: z.array(AccountMoment),
    /** There is more than the newest 200 of a kind. */
    isCut: z.boolean(),
  }),
  errors: ['not_found'],
})

export const AccountPost = z.object({
  id: z.uuid(),
  kind: PostKind,
  externalId: z.string(),
  postedAt: z.iso.datetime().nullable(),
  captionExcerpt: z.string(),
  language: z.string().nullable(),
  media: z.object({ count: z.number().int(), first: Sha256.nullable(), firstState: DerivativeState.nullable() }),
  /** Its newest review. */
  review: z.object({ id: z.uuid(), reference: z.string(), state: ReviewState }),
  /** The suspected clause while it waits, the one that was cited afterwards. */
  policy: z.string().nullable(),
  decision: z
    .object({
      id: z.uuid(),
      outcome: Outcome,
      postMeasure: PostMeasure.nullable(),
      delivery: OutboxState,
    })
    .nullable(),
})
export type AccountPost = z.infer<typeof AccountPost>

export const listAccountPosts = endpoint({
  method: 'GET',
  path: '/api/v1/accounts/:accountId/posts',
  summary: 'Posts of an account, the one last heard of first',
  permission: 'review.read',
  params,
  query: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  }),
  reply: page(AccountPost),
  errors: ['not_found'],
})
