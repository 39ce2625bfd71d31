import { z } from 'zod'
import { ReviewState } from '../domain/words.ts'
import { endpoint } from './endpoint.ts'
import { ReviewId } from './reviews.ts'
import { PersonId } from './team.ts'

/** A review that changed, however often since the last message. The facts are those of the moment it was read. */
export const LiveReview = z.object({
  id: ReviewId,
  /** At least as new as the change. A joining flag or a note changes the review and leaves this as it was. */
  version: z.number().int(),
  state: ReviewState,
  queueId: z.string(),
  /** What happened, each once: kinds of events, such as `review.opened`, `review.claimed`, `flag.received`. */
  kinds: z.array(z.string()),
})
export type LiveReview = z.infer<typeof LiveReview>

/** What became different since the last message, for this caller's eyes. */
export const LiveChanges = z.object({
  reviews: z.array(LiveReview),
  /** Reviews that were in the caller's scope and are not any more: whatever shows them lets go of them. */
  gone: z.array(ReviewId),
  /** Accounts whose standing or notes changed: rows of all their reviews may have, too. */
  accounts: z.array(z.uuid()),
  /** Something came into the caller's inbox. */
  inbox: z.boolean().optional(),
})
export type LiveChanges = z.infer<typeof LiveChanges>

/**
 * Not everything is told: read again whatever is on the screen. `start`: a stream that resumes nothing; `gap`: too much
 * happened since the number it would resume from; `many`: too much at once; `scope`: what the caller may see has changed.
 */
export const LiveReset = z.object({ reason: z.enum(['start', 'gap', 'many', 'scope']) })
export type LiveReset = z.infer<typeof LiveReset>

/** Who is at work now, as far as it changed since the last message. What lies outside the caller's scope is not named. */
export const LivePresence = z.object({
  /** These are all there are: nothing that was told before holds. */
  isWhole: z.boolean(),
  people: z.array(z.object({ id: PersonId, /** On their screens. */ reviewIds: z.array(ReviewId) })),
  gone: z.array(PersonId),
})
export type LivePresence = z.infer<typeof LivePresence>

/** The messages by the name of their SSE event. `beat` comes every fifteen seconds and first on a resumed stream. */
export const liveMessages = { changes: LiveChanges, reset: LiveReset, presence: LivePresence, beat: z.object({}) }

/** A caller who has more streams open is refused another. */
export const mostStreams = 10

export const followChanges = endpoint({
  method: 'GET',
  path: '/api/v1/live',
  summary: 'What changes, as it happens (server-sent events); resumes after Last-Event-ID, the log’s seq',
  permission: 'review.read',
  query: z.object({
    /** As Last-Event-ID, for those who cannot set that header; the header counts when both are there. */
    after: z.coerce.number().int().nonnegative().optional(),
  }),
  wire: { response: 'text/event-stream' },
  reply: z.unknown(),
  errors: ['too_many_requests'],
})
