import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ReviewId } from './reviews.ts'

export const tellPresence = endpoint({
  method: 'POST',
  path: '/api/v1/presence',
  summary:
    'Say that I am at a page, and which review it shows; forgotten after half a minute. Others hear of it on /live',
  permission: 'review.read',
  body: z.object({
    /** Made by the page, so that each counts for itself. */
    pageId: z.uuid(),
    reviewId: ReviewId.nullable(),
  }),
  reply: z.object({}),
  errors: ['not_found'],
})
