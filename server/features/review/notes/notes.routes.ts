import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import {
  addAccountNote,
  addPostNote,
  addReviewNote,
  listReaders,
  lookAtNotes,
  pinNote,
} from '#shared/contract/notes.ts'
import { findReaders } from '../readers.queries.ts'
import { addNote } from './add-note.ts'
import { putLooks, requireSubject } from './notes.queries.ts'
import { pinNote as pin } from './pin-note.ts'

export function notesRoutes(router: Router, deps: Deps) {
  const { db, now } = deps
  serve(router, addReviewNote, ({ params, body, caller }) =>
    addNote(deps, caller, { on: 'review', id: params.reviewId }, body),
  )
  serve(router, addAccountNote, ({ params, body, caller }) =>
    addNote(deps, caller, { on: 'account', id: params.accountId }, body),
  )
  serve(router, addPostNote, ({ params, body, caller }) =>
    addNote(deps, caller, { on: 'post', id: params.postId }, body),
  )
  serve(router, pinNote, ({ body, caller }) => pin(deps, caller, body))
  serve(router, lookAtNotes, async ({ body: { subjects }, caller }) => {
    for (const subject of subjects) await requireSubject(db, subject, caller.scope)
    const ids = subjects.map(({ id }) => id)
    await putLooks(db, caller.id, ids, now())
    return {}
  })
  serve(router, listReaders, async ({ query, caller }) => {
    await requireSubject(db, query, caller.scope)
    return { items: await findReaders(db, query) }
  })
}
