import { z } from 'zod'
import { ClientId, endpoint } from './endpoint.ts'
import { PersonId } from './team.ts'

const ReviewId = z.uuid().brand('ReviewId')
const params = z.object({ reviewId: ReviewId })

/** An act on a review names the version that was on the screen. */
const onVersion = { clientId: ClientId, version: z.number().int() }

const Reason = z.string().trim().min(1, 'A reason is needed.').max(1_000)

export const HoldReason = z.enum(['evidence', 'translation', 'platform', 'authority', 'other'])
export type HoldReason = z.infer<typeof HoldReason>

export const SkipReason = z.enum(['language', 'too_hard', 'conflict_of_interest', 'too_heavy', 'other'])
export type SkipReason = z.infer<typeof SkipReason>

/** Why a review is where it is, and who waits for whom. Everything null: it simply waits. */
export const TurnFacts = z.object({
  hold: z
    .object({
      reason: HoldReason,
      text: z.string().nullable(),
      wakeAt: z.iso.datetime(),
      byId: PersonId.nullable(),
      at: z.iso.datetime(),
    })
    .nullable(),
  escalation: z
    .object({
      /** One of the two is set: a person, or everybody of a role. */
      toId: PersonId.nullable(),
      toRole: z.enum(['supervisor', 'admin']).nullable(),
      reason: z.string(),
      byId: PersonId.nullable(),
      at: z.iso.datetime(),
    })
    .nullable(),
  /** What the one before left for the one who takes it next: a hand-over, an answer to an escalation, a move. */
  handover: z.object({ text: z.string(), byId: PersonId.nullable(), at: z.iso.datetime() }).nullable(),
  /** Only this person is offered it. */
  assigneeId: PersonId.nullable(),
  /** How many people passed it over. */
  skipCount: z.number().int(),
})
export type TurnFacts = z.infer<typeof TurnFacts>

/** Of acts on what is mine. */
const turn = [
  'not_found',
  'already_decided',
  'being_confirmed',
  'held_by_other',
  'lease_lost',
  'version_changed',
] as const
const changed = z.object({ version: z.number().int() })

export const holdReview = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/hold',
  summary: 'Put a review that is mine on hold until a time; it opens again then, or when somebody resumes it',
  permission: 'review.decide',
  params,
  body: z.object({
    ...onVersion,
    reason: HoldReason,
    /** Required with `other`. */
    text: z.string().trim().max(1_000).default(''),
    /** At most 30 days ahead. */
    wakeAt: z.iso.datetime({ offset: true }),
  }),
  reply: changed,
  errors: turn,
})

export const resumeReview = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/resume',
  summary: 'Open a review again that is on hold',
  permission: 'review.decide',
  params,
  body: z.object(onVersion),
  reply: changed,
  errors: ['not_found', 'already_decided', 'being_confirmed', 'version_changed', 'not_on_hold'],
})

export const escalateReview = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/escalate',
  summary: 'Hand a review that is mine up to a person or a role; only they may take it',
  permission: 'review.decide',
  params,
  body: z.object({
    ...onVersion,
    to: z.union([z.object({ personId: PersonId }), z.object({ role: z.enum(['supervisor', 'admin']) })]),
    reason: Reason,
  }),
  reply: changed,
  /** `cannot_take`: that person could not answer it. */
  errors: [...turn, 'cannot_take'],
})

export const returnReview = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/return',
  summary: 'Answer an escalation to me, held or not: the review opens again, offered to the one who asked',
  permission: 'escalation.answer',
  params,
  body: z.object({ ...onVersion, answer: Reason }),
  reply: changed,
  errors: [
    'not_found',
    'already_decided',
    'being_confirmed',
    'held_by_other',
    'version_changed',
    'not_escalated',
    'escalated_to_other',
  ],
})

export const handOver = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/hand-over',
  summary: 'Give a review that is mine to a colleague, or back to its queue, with a note for the next one',
  permission: 'review.decide',
  params,
  body: z.object({ ...onVersion, note: Reason, /** Null: whoever takes it next. */ toId: PersonId.nullable() }),
  reply: changed,
  errors: [...turn, 'cannot_take'],
})

export const moveReview = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/move',
  summary: 'Move a review that is mine, or as a supervisor any, to another queue',
  permission: 'review.decide',
  params,
  body: z.object({ ...onVersion, queueId: z.string().max(60), reason: Reason }),
  reply: changed.extend({ /** Whether the caller still sees it there. */ isVisible: z.boolean() }),
  errors: turn,
})

export const skipReview = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/skip',
  summary: 'Pass a review over, with a reason: it is not offered to me again while it stays as it is',
  permission: 'review.decide',
  params,
  body: z.object({ ...onVersion, reason: SkipReason, text: z.string().trim().max(1_000).default('') }),
  reply: changed,
  errors: ['not_found', 'already_decided', 'being_confirmed', 'held_by_other', 'version_changed'],
})

export const assignReview = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/assign',
  summary: 'Give a review to one person, taking it from whoever holds it; null offers it to everybody again',
  permission: 'review.assign',
  params,
  body: z.object({ ...onVersion, personId: PersonId.nullable(), reason: z.string().trim().max(1_000).default('') }),
  reply: changed,
  errors: ['not_found', 'already_decided', 'being_confirmed', 'version_changed', 'cannot_take'],
})

export const takeOver = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/take-over',
  summary: 'Take a review into my own hands, from whoever holds it',
  permission: 'review.assign',
  params,
  body: z.object({ ...onVersion, reason: z.string().trim().max(1_000).default('') }),
  reply: z.object({
    lease: z.object({ holderId: z.string(), takenAt: z.iso.datetime(), expiresAt: z.iso.datetime() }),
    version: z.number().int(),
  }),
  errors: ['not_found', 'already_decided', 'being_confirmed', 'version_changed', 'too_many_held'],
})

export const HeldReview = z.object({
  reviewId: ReviewId,
  reference: z.string(),
  version: z.number().int(),
  queueId: z.string(),
  holderId: PersonId,
  takenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type HeldReview = z.infer<typeof HeldReview>

export const listHeld = endpoint({
  method: 'GET',
  path: '/api/v1/leases',
  summary: 'Who holds what at this moment, by person, oldest first; at most 500',
  permission: 'team.read',
  reply: z.object({
    items: z.array(HeldReview),
    /** How many one person may hold. */
    cap: z.number().int().optional(),
  }),
})

export const undoDecision = endpoint({
  method: 'POST',
  path: '/api/v1/decisions/:decisionId/undo',
  summary: 'Take back a decision of mine inside its undo window; what it stood in the place of stands again',
  permission: 'review.decide',
  params: z.object({ decisionId: z.uuid() }),
  body: z.object({ clientId: ClientId }),
  reply: z.object({
    reviewId: ReviewId,
    version: z.number().int(),
    /** Mine again; null when an earlier decision stands again, or I hold as many as anybody may. */
    lease: z.object({ holderId: z.string(), takenAt: z.iso.datetime(), expiresAt: z.iso.datetime() }).nullable(),
  }),
  errors: ['not_found', 'not_yours', 'too_late', 'already_superseded', 'already_undone'],
})
