import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { notify } from '#server/features/inbox/inbox.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { addReviewNote } from '#shared/contract/notes.ts'
import { mentionsIn } from '#shared/domain/mentions.ts'
import { putAccountWords, putPostWords, putReviewWords } from '../list/search.queries.ts'
import { findReaders } from '../readers.queries.ts'
import { lockSubject } from './lock-subject.ts'
import { findRows, insertNote, type NoteRow, type NoteSubject, rootOf, toThreads } from './notes.queries.ts'

/** Who answers nobody may leave that out. */
type Input = Omit<z.output<typeof addReviewNote.body>, 'answersId'> & { answersId?: string | null }

/**
 * Leaves a note, answers one, or words an earlier one anew: that one stays readable under it. Who is mentioned for the
 * first time, and who wrote in the thread before, is told. The log keeps only the hash of the words.
 *
 * @returns the note, or the one it answers, with all its answers
 */
export function addNote({ db, now }: Deps, caller: Caller, subject: NoteSubject, input: Input) {
  const { clientId, body, supersedesId } = input
  const act = { clientId, personId: caller.id, operation: `note on ${subject.on} ${subject.id}` }
  return once(db, act, async (tx) => {
    const version = await lockSubject(tx, subject, caller.scope)
    const rows = await findRows(tx, subject)
    const earlier = supersedesId ? requireNewest(rows, subject, supersedesId) : null
    const thread = earlier ? earlier.answers_id : input.answersId ? requireThread(rows, subject, input.answersId) : null
    const mentions = mentionsIn(body)
    const mentioned = mentions.filter((id) => !earlier?.mentions.includes(id))
    await requireReaders(tx, subject, mentioned)

    const id = newId()
    const at = now()
    const links = { supersedes_id: supersedesId, answers_id: thread }
    await insertNote(tx, subject, { id, body, author_id: caller.id, written_at: at, mentions, ...links })
    await putWords(tx, subject)
    const sha256 = createHash('sha256').update(body).digest('hex')
    await appendEvents(tx, [
      {
        kind: earlier ? 'note.superseded' : thread ? 'note.answered' : 'note.written',
        by: caller,
        subject: { kind: subject.on, id: subject.id, version },
        data: {
          noteId: id,
          supersedesId,
          ...(thread && { answersId: thread }),
          ...(mentions.length > 0 && { mentions }),
          sha256,
        },
      },
    ])
    const told = { about: subject, byId: caller.id, at, noteId: id }
    const answered = thread && !earlier ? writersIn(rows, thread) : []
    await notify(tx, [
      ...answered.map((personId) => ({ ...told, to: { personId }, kind: 'answer' as const })),
      ...mentioned
        .filter((personId) => !answered.includes(personId))
        .map((personId) => ({ ...told, to: { personId }, kind: 'mention' as const })),
    ])
    const threads = toThreads(await findRows(tx, subject), subject)
    return threads.find(({ note, rootId }) => note.id === id || rootId === thread)!.note
  })
}

function requireNewest(rows: NoteRow[], { on }: NoteSubject, noteId: string): NoteRow {
  const row = requireRow(rows, on, noteId)
  if (!rows.some((each) => each.supersedes_id === noteId)) return row
  throw new AppError('already_superseded', `Note ${noteId} has a newer wording.`)
}

/** The first wording of the note that is answered; of an answer, that of the one which it answers. */
function requireThread(rows: NoteRow[], { on }: NoteSubject, noteId: string): string {
  const root = rootOf(requireRow(rows, on, noteId), new Map(rows.map((row) => [row.id, row])))
  return root.answers_id ?? root.id
}

function requireRow(rows: NoteRow[], on: string, noteId: string): NoteRow {
  const row = rows.find(({ id }) => id === noteId)
  if (!row) throw new AppError('not_found', `No note ${noteId} on this ${on}.`)
  return row
}

async function requireReaders(tx: Tx, subject: NoteSubject, personIds: string[]) {
  if (personIds.length === 0) return
  const readers = new Set((await findReaders(tx, subject, { ids: personIds })).map(({ id }) => id))
  const blind = personIds.filter((id) => !readers.has(id))
  if (blind.length === 0) return
  throw new AppError(
    'cannot_see',
    `${blind.join(', ')} may not see this ${subject.on}.`,
    blind.map((id) => ({ path: id, message: `May not see this ${subject.on}.` })),
  )
}

/** Everybody who wrote in a thread, in any wording. */
function writersIn(rows: NoteRow[], rootId: string): string[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const inThread = rows.filter((row) => row.answers_id === rootId || rootOf(row, byId).id === rootId)
  return [...new Set(inThread.flatMap((row) => row.author_id ?? []))]
}

function putWords(tx: Tx, { on, id }: NoteSubject) {
  if (on === 'review') return putReviewWords(tx, [id])
  return on === 'account' ? putAccountWords(tx, id) : putPostWords(tx, id)
}
