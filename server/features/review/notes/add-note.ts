import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { lockAccount } from '#server/features/accounts/accounts.queries.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller, Scope } from '#server/http/route.ts'
import type { addReviewNote } from '#shared/contract/notes.ts'
import { putAccountWords, putReviewWords } from '../list/search.queries.ts'
import { lockReview } from '../review.queries.ts'
import { findNotes, insertNote, type NoteSubject } from './notes.queries.ts'

type Input = z.output<typeof addReviewNote.body>

/** Leaves a note, or words an earlier one anew: that one stays readable under it. The log keeps only the hash of the words. */
export function addNote(
  { db, now }: Deps,
  caller: Caller,
  subject: NoteSubject,
  { clientId, body, supersedesId }: Input,
) {
  const act = { clientId, personId: caller.id, operation: `note on ${subject.on} ${subject.id}` }
  return once(db, act, async (tx) => {
    const version = await lockSubject(tx, subject, caller.scope)
    if (supersedesId) await requireNewest(tx, subject, supersedesId)
    const id = newId()
    await insertNote(tx, subject, {
      id,
      body,
      author_id: caller.id,
      written_at: now(),
      supersedes_id: supersedesId,
    })
    if (subject.on === 'review') await putReviewWords(tx, [subject.id])
    else await putAccountWords(tx, subject.id)
    const sha256 = createHash('sha256').update(body).digest('hex')
    await appendEvents(tx, [
      {
        kind: 'note.written',
        by: caller,
        subject: { kind: subject.on, id: subject.id, version },
        data: { noteId: id, supersedesId, sha256 },
      },
    ])
    const notes = await findNotes(tx, subject)
    return notes.find((note) => note.id === id)!
  })
}

/** @returns the review's version; an account has none */
async function lockSubject(tx: Tx, { on, id }: NoteSubject, scope: Scope): Promise<number | null> {
  const review = on === 'review' ? await lockReview(tx, id, scope) : undefined
  const account = on === 'account' ? await lockAccount(tx, id, scope) : undefined
  if (!review && !account) throw new AppError('not_found', `No ${on} ${id}.`)
  return review?.version ?? null
}

async function requireNewest(tx: Tx, subject: NoteSubject, noteId: string) {
  const notes = await findNotes(tx, subject)
  if (notes.some((note) => note.id === noteId)) return
  if (notes.some((note) => note.earlier.some((earlier) => earlier.id === noteId))) {
    throw new AppError('already_superseded', `Note ${noteId} has a newer wording.`)
  }
  throw new AppError('not_found', `No note ${noteId} on this ${subject.on}.`)
}
