import { z } from 'zod'
import { ClientId, endpoint, Nothing } from './endpoint.ts'

export const NotePlace = z.enum(['review', 'account', 'post'])
export type NotePlace = z.infer<typeof NotePlace>

const Wording = z.object({
  id: z.uuid(),
  /** People who are mentioned stand in it as `<@id>`. */
  body: z.string(),
  authorId: z.string().nullable(),
  writtenAt: z.iso.datetime(),
})

const Answer = Wording.extend({
  on: NotePlace,
  /** Earlier wordings of this note, newest first. Nothing is erased. */
  earlier: z.array(Wording),
  /** Written by somebody else since the reader last looked. */
  isNew: z.boolean().optional(),
})

export const Note = Answer.extend({
  /** Stands first on its review, account or post. */
  isPinned: z.boolean().optional(),
  /** Oldest first. */
  answers: z.array(Answer).optional(),
})
export type Note = z.infer<typeof Note>
export type NoteAnswer = z.infer<typeof Answer>

const NoteInput = z.object({
  clientId: ClientId,
  body: z.string().trim().min(1, 'A note needs words.').max(10_000),
  /** The note this one replaces; it stays readable. */
  supersedesId: z.uuid().nullable().default(null),
  /** Any wording of the note this one answers. An answer to an answer joins the same thread. */
  answersId: z.uuid().nullable().default(null),
})

/** The note that was written, or the one that it answers, with all its answers. */
const reply = Note
const writing = {
  method: 'POST',
  permission: 'note.write',
  body: NoteInput,
  reply,
  status: 201,
  errors: ['not_found', 'already_superseded', 'cannot_see'],
} as const

export const addReviewNote = endpoint({
  ...writing,
  path: '/api/v1/reviews/:reviewId/notes',
  summary: 'Leave an audit note on a review, or answer one',
  params: z.object({ reviewId: z.uuid().brand('ReviewId') }),
})

export const addAccountNote = endpoint({
  ...writing,
  path: '/api/v1/accounts/:accountId/notes',
  summary: 'Leave an audit note on an account, or answer one: it shows on each of its reviews',
  params: z.object({ accountId: z.uuid() }),
})

export const addPostNote = endpoint({
  ...writing,
  path: '/api/v1/posts/:postId/notes',
  summary: 'Leave an audit note on a post, or answer one: it shows on every review of it, later ones too',
  params: z.object({ postId: z.uuid() }),
})

/** What notes are on. */
const Subject = z.object({ on: NotePlace, id: z.uuid() })

export const pinNote = endpoint({
  method: 'POST',
  path: '/api/v1/notes/pins',
  summary: 'Let one note stand first on its review, account or post; null takes the pin away',
  permission: 'note.write',
  body: Subject.extend({ clientId: ClientId, noteId: z.uuid().nullable() }),
  reply: Nothing,
  errors: ['not_found'],
})

export const lookAtNotes = endpoint({
  method: 'POST',
  path: '/api/v1/notes/looks',
  summary: 'I have seen the notes on these: they are new to me no more',
  permission: 'review.read',
  body: z.object({ subjects: z.array(Subject).min(1).max(3) }),
  reply: Nothing,
  errors: ['not_found'],
})

export const listReaders = endpoint({
  method: 'GET',
  path: '/api/v1/notes/readers',
  summary: 'Who may be mentioned on a review, an account or a post: those who may see it',
  permission: 'note.write',
  query: Subject,
  reply: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
  errors: ['not_found'],
})
