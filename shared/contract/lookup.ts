import { z } from 'zod'
import { Outcome } from '../domain/outcomes.ts'
import { AccountStatus, ReviewState } from '../domain/words.ts'
import { endpoint } from './endpoint.ts'
import { ReviewId } from './reviews.ts'

const FoundReview = z.object({
  kind: z.literal('review'),
  id: ReviewId,
  reference: z.string(),
  captionExcerpt: z.string(),
  language: z.string().nullable(),
  handle: z.string(),
  platform: z.string(),
  state: ReviewState,
})

const FoundAccount = z.object({
  kind: z.literal('account'),
  id: z.uuid(),
  handle: z.string(),
  displayName: z.string().nullable(),
  platform: z.string(),
  status: AccountStatus,
})

const FoundDecision = z.object({
  kind: z.literal('decision'),
  id: z.uuid(),
  reviewReference: z.string(),
  outcome: Outcome,
  decidedAt: z.iso.datetime(),
})

export const Found = z.discriminatedUnion('kind', [FoundReview, FoundAccount, FoundDecision])
export type Found = z.infer<typeof Found>

export const lookUp = endpoint({
  method: 'GET',
  path: '/api/v1/lookup',
  summary: 'What a pasted reference, id, hash, handle or link stands for; accounts also by how their name begins',
  permission: 'review.read',
  query: z.object({ text: z.string().trim().min(1).max(2_000) }),
  reply: z.object({
    /** What it stands for exactly comes first; at most eight of a kind. */
    items: z.array(Found),
  }),
})
