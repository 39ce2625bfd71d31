import { z } from 'zod'
import { ClientId, endpoint } from './endpoint.ts'
import { Sha256 } from './media.ts'
import { ReviewId } from './reviews.ts'
import { PersonId } from './team.ts'

const Mark = z.object({ clientId: ClientId, isRestricted: z.boolean() })

/** What a mark did. Whoever may not see what is restricted is told no more than this. */
const Marked = z.object({
  isRestricted: z.boolean(),
  /** Whether the caller still sees it. */
  isVisible: z.boolean(),
})

export const restrictReview = endpoint({
  method: 'PUT',
  path: '/api/v1/reviews/:reviewId/restriction',
  summary: 'Mark a review as restricted, or take the mark away. Files and clauses restrict it besides',
  permission: 'media.restrict',
  params: z.object({ reviewId: ReviewId }),
  body: Mark,
  reply: Marked,
  errors: ['not_found'],
})

export const restrictMedia = endpoint({
  method: 'PUT',
  path: '/api/v1/media/:sha256/restriction',
  summary: 'Mark a file as restricted, and with it every review that shows it, or take the mark away',
  permission: 'media.restrict',
  params: z.object({ sha256: Sha256 }),
  body: Mark,
  reply: Marked,
  errors: ['not_found'],
})

export const ThreatReport = z.object({
  id: z.uuid(),
  /** What the one in charge may not see stays unnamed: that there is something they must be told. */
  isHidden: z.boolean(),
  reviewId: ReviewId.nullable(),
  reference: z.string().nullable(),
  /** What is threatened, in one line. */
  line: z.string().nullable(),
  queueId: z.string(),
  raisedById: PersonId,
  raisedAt: z.iso.datetime(),
  /** Who was told, or why nobody was; null while it is open. */
  told: z.string().nullable(),
  /** When they were told; null when nobody was. */
  toldAt: z.iso.datetime().nullable(),
  closedById: PersonId.nullable(),
  closedAt: z.iso.datetime().nullable(),
})
export type ThreatReport = z.infer<typeof ThreatReport>

const Line = z.string().trim().min(1, 'A line is needed.').max(500)

export const raiseThreat = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/threats',
  summary: 'Say that a review shows a threat to life',
  permission: 'threat.raise',
  params: z.object({ reviewId: ReviewId }),
  body: z.object({ clientId: ClientId, line: Line }),
  reply: ThreatReport,
  status: 201,
  errors: ['not_found'],
})

export const listThreats = endpoint({
  method: 'GET',
  path: '/api/v1/threats',
  summary: 'Threats to life that nobody has answered, oldest first; of one review all of them',
  permission: 'threat.read',
  query: z.object({ reviewId: ReviewId.optional() }),
  reply: z.object({
    items: z.array(ThreatReport),
    count: z.number().int(),
  }),
})

export const answerThreat = endpoint({
  method: 'POST',
  path: '/api/v1/threats/:threatId/answer',
  summary: 'Write down who was told of a threat to life and when, or why nobody was',
  permission: 'threat.answer',
  params: z.object({ threatId: z.uuid() }),
  body: z.object({
    clientId: ClientId,
    told: Line,
    /** Null when nobody was told: it was no threat. */
    toldAt: z.iso.datetime({ offset: true }).nullable(),
  }),
  reply: ThreatReport,
  errors: ['not_found', 'already_answered'],
})
