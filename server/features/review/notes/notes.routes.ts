import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { addNote } from './add-note.ts'

export function notesRoutes(router: Router, deps: Deps) {
  serve(router, api.addReviewNote, ({ params, body, caller }) =>
    addNote(deps, caller, { on: 'review', id: params.reviewId }, body),
  )
  serve(router, api.addAccountNote, ({ params, body, caller }) =>
    addNote(deps, caller, { on: 'account', id: params.accountId }, body),
  )
}
