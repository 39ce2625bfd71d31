import { z } from 'zod'
import { ClientId, endpoint } from './endpoint.ts'

export const Note = z.object({
  id: z.uuid(),
  on: z.enum(['review', 'account']),
  body: z.string(),
  authorId: z.string().nullable(),
  writtenAt: z.iso.datetime(),
  /** Earlier wordings of this note, newest first. Nothing is erased. */
  earlier: z.array(
    z.object({ id: z.uuid(), body: z.string(), authorId: z.string().nullable(), writtenAt: z.iso.datetime() }),
  ),
})
export type Note = z.infer<typeof Note>

const NoteInput = z.object({
  clientId: ClientId,
  body: z.string().trim().min(1, 'A note needs words.').max(10_000),
  /** The note this one replaces; it stays readable. */
  supersedesId: z.uuid().nullable().default(null),
})

export const addReviewNote = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/notes',
  summary: 'Leave an audit note on a review',
  permission: 'note.write',
  params: z.object({ reviewId: z.uuid().brand('ReviewId') }),
  body: NoteInput,
  reply: Note,
  status: 201,
  errors: ['not_found', 'already_superseded'],
})

export const addAccountNote = endpoint({
  method: 'POST',
  path: '/api/v1/accounts/:accountId/notes',
  summary: 'Leave an audit note on an account',
  permission: 'note.write',
  params: z.object({ accountId: z.uuid() }),
  body: NoteInput,
  reply: Note,
  status: 201,
  errors: ['not_found', 'already_superseded'],
})
