import { z } from 'zod'
import { ReviewState } from '../domain/words.ts'
import { DecisionInput } from './decisions.ts'
import { ClientId, endpoint } from './endpoint.ts'
import { type ErrorCode, errorStatus, Issue } from './errors.ts'
import { ReviewFilter } from './review-filter.ts'
import { ReviewId } from './reviews.ts'
import { assignReview, escalateReview, holdReview, moveReview } from './turns.ts'

/** Reviews in one bulk, at most: all of it is one transaction. */
export const mostInBulk = 5_000

const alone = { clientId: true, version: true } as const
const byItself = { ...alone, snapshotId: true, handlingMs: true, translations: true } as const

/** What is to be done to each, as it would be asked for one. */
export const BulkAct = z.discriminatedUnion('kind', [
  DecisionInput.omit(byItself).extend({ kind: z.literal('decide') }),
  z.object({ kind: z.literal('claim') }),
  holdReview.body.omit(alone).extend({ kind: z.literal('hold') }),
  escalateReview.body.omit(alone).extend({ kind: z.literal('escalate') }),
  assignReview.body.omit(alone).extend({ kind: z.literal('assign') }),
  moveReview.body.omit(alone).extend({ kind: z.literal('move') }),
])
export type BulkAct = z.output<typeof BulkAct>

/** Reviews by id, each at the version that was on the screen; or all that waits under a filter, as it is now. */
export const BulkChoice = z.union([
  z.object({
    items: z
      .array(z.object({ reviewId: ReviewId, version: z.number().int() }))
      .min(1)
      .max(mostInBulk),
  }),
  z.object({
    filter: ReviewFilter.omit({ id: true }),
    /** Left out of it. */
    except: z.array(ReviewId).max(1_000).default([]),
  }),
])
export type BulkChoice = z.output<typeof BulkChoice>

/** What an act in a bulk changes of a review, as it was before: ids and times only. */
export const Before = z.object({
  state: ReviewState,
  queueId: z.string(),
  dueAt: z.iso.datetime(),
  assigneeId: z.string().nullable(),
  wakeAt: z.iso.datetime().nullable(),
  escalatedTo: z.string().nullable(),
  escalatedRole: z.enum(['supervisor', 'admin']).nullable(),
  /** The rule that put it into its queue. */
  ruleSetVersion: z.number().int().nullable(),
  ruleId: z.string().nullable(),
  /** It was the caller's own already. */
  isHeld: z.boolean(),
})
export type Before = z.infer<typeof Before>

const codes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]

/** Done, or would be, when `code` is null; otherwise why not, and by whom and when that came about. */
export const BulkItem = z.object({
  reviewId: ReviewId,
  /** Empty for one that is out of sight. */
  reference: z.string(),
  /** After the act; in a dry run, and where it was refused, as it is now. */
  version: z.number().int(),
  code: z.enum(codes).nullable(),
  byId: z.string().nullable(),
  byName: z.string().nullable(),
  at: z.iso.datetime().nullable(),
  /** With `invalid_request`: what is wrong, by the path of its field. */
  issues: z.array(Issue).optional(),
})
export type BulkItem = z.infer<typeof BulkItem>

const result = {
  done: z.number().int(),
  refused: z.number().int(),
  items: z.array(BulkItem),
}

export const runBulk = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/bulk',
  summary: 'Do one thing to many reviews, in one transaction; or, in a dry run, say what would be done and what not',
  permission: 'review.bulk',
  body: z.object({ clientId: ClientId, dryRun: z.boolean().default(false), choice: BulkChoice, act: BulkAct }),
  reply: z.object({
    ...result,
    /** Null for a dry run, or where nothing could be done. */
    bulk: z.object({ id: z.uuid(), at: z.iso.datetime(), undoUntil: z.iso.datetime() }).nullable(),
  }),
  /** `single_only`: such an act is never done to many at once. */
  errors: ['too_many_chosen', 'single_only', 'not_found'],
})
export type BulkReply = z.output<typeof runBulk.reply>

const params = z.object({ bulkId: z.uuid() })

export const undoBulk = endpoint({
  method: 'POST',
  path: '/api/v1/bulks/:bulkId/undo',
  summary: 'Take back a bulk of mine inside its undo window, as far as nothing happened to its reviews since',
  permission: 'review.bulk',
  params,
  body: z.object({ clientId: ClientId }),
  reply: z.object(result),
  errors: ['not_found', 'not_yours', 'too_late', 'already_undone'],
})

export const getBulk = endpoint({
  method: 'GET',
  path: '/api/v1/bulks/:bulkId',
  summary: 'What was done to many at once, by whom, and what became of each; items in the scope of the caller',
  permission: 'review.read',
  params,
  reply: z.object({
    id: z.uuid(),
    act: BulkAct,
    byId: z.string(),
    at: z.iso.datetime(),
    undoUntil: z.iso.datetime(),
    ...result,
    undo: z.object({ byId: z.string(), at: z.iso.datetime(), ...result }).nullable(),
  }),
  errors: ['not_found'],
})
