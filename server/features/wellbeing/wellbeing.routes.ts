import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { addReveals } from './add-reveals.ts'
import { askForReveals } from './ask-for-reveals.ts'
import { findLoad, getDay, getExposure } from './exposure.queries.ts'

export function wellbeingRoutes(router: Router, deps: Deps) {
  const { db, now } = deps
  serve(router, api.getExposure, ({ caller }) => getExposure(db, { id: caller.id, at: now() }))
  serve(router, api.askForReveals, ({ body, caller }) => askForReveals(deps, caller, body.clientId))
  serve(router, api.listExposure, async ({ query }) => findLoad(db, query.day ?? (await getDay(db, now()))))
  serve(router, api.addReveals, ({ params, body, caller }) => addReveals(deps, caller, params.personId, body))
}
