import type { z } from 'zod'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { pinNote as endpoint } from '#shared/contract/notes.ts'
import { lockSubject } from './lock-subject.ts'
import { findRows, putPin, rootOf } from './notes.queries.ts'

/** Lets one note of its subject stand first, in whatever wording it has; an answer cannot. */
export function pinNote({ db, now }: Deps, caller: Caller, input: z.output<typeof endpoint.body>) {
  const { clientId, noteId, ...subject } = input
  const act = { clientId, personId: caller.id, operation: `pin on ${subject.on} ${subject.id}` }
  return once(db, act, async (tx) => {
    const version = await lockSubject(tx, subject, caller.scope)
    const rows = noteId ? await findRows(tx, subject) : []
    const row = rows.find(({ id, answers_id }) => id === noteId && answers_id === null)
    if (noteId && !row) throw new AppError('not_found', `No note ${noteId} on this ${subject.on}.`)
    const root = row && rootOf(row, new Map(rows.map((each) => [each.id, each])))
    await putPin(tx, subject.id, root ? { noteId: root.id, by: caller.id, at: now() } : null)
    await appendEvents(tx, [
      {
        kind: root ? 'note.pinned' : 'note.unpinned',
        by: caller,
        subject: { kind: subject.on, id: subject.id, version },
        data: { noteId },
      },
    ])
    return {}
  })
}
