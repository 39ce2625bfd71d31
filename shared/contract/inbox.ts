import { z } from 'zod'
import { endpoint, Nothing, page } from './endpoint.ts'

export const InboxKind = z.enum([
  'mention',
  /** To a note of mine, or in a thread that I wrote in. */
  'answer',
  'escalation',
  /** An answer to an escalation of mine. */
  'returned',
  'assignment',
  'hand_over',
  /** A review that I put on hold opened again. */
  'woken',
  /** A severe decision waits for a second person. */
  'confirmation',
  /** What I proposed was refused. */
  'proposal_refused',
])
export type InboxKind = z.infer<typeof InboxKind>

/** Something a person is told of once. It is there as long as what it speaks of is in the person's scope. */
export const InboxItem = z.object({
  id: z.uuid(),
  kind: InboxKind,
  at: z.iso.datetime(),
  isRead: z.boolean(),
  /** Null for what the server did by itself. */
  byId: z.string().nullable(),
  /** Null when it is about an account alone. */
  review: z
    .object({
      id: z.uuid(),
      reference: z.string(),
      captionExcerpt: z.string(),
      language: z.string().nullable(),
      queueId: z.string(),
    })
    .nullable(),
  account: z.object({ id: z.uuid(), handle: z.string(), platform: z.string() }),
  noteId: z.uuid().nullable(),
  /** What was written: the note, the reason, the answer. At most 300 characters of it. */
  text: z.string().nullable(),
})
export type InboxItem = z.infer<typeof InboxItem>

export const listInbox = endpoint({
  method: 'GET',
  path: '/api/v1/inbox',
  summary: 'What I have been told, newest first',
  permission: 'review.read',
  query: z.object({
    isRead: z.stringbool().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
    cursor: z.string().max(500).optional(),
  }),
  reply: page(InboxItem),
})

export const countInbox = endpoint({
  method: 'GET',
  path: '/api/v1/inbox/count',
  summary: 'How much of my inbox is unread',
  permission: 'review.read',
  reply: z.object({ unread: z.object({ value: z.number().int(), exact: z.boolean() }) }),
})

export const markInbox = endpoint({
  method: 'POST',
  path: '/api/v1/inbox/marks',
  summary: 'Mark items of my inbox as read or unread: some by their ids, all up to one, or those about a review',
  permission: 'review.read',
  body: z.object({
    which: z.union([
      z.object({ ids: z.array(z.uuid()).min(1).max(100) }),
      z.object({ upTo: z.uuid() }),
      z.object({ reviewId: z.uuid() }),
    ]),
    isRead: z.boolean(),
  }),
  reply: Nothing,
})
