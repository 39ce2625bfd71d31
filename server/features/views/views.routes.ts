import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { changeView, deleteView, orderViews, saveView } from './change-views.ts'
import { readViewCounts } from './count-views.ts'
import { findViews } from './views.queries.ts'

export function viewsRoutes(router: Router, deps: Deps) {
  const { db } = deps
  serve(router, api.listViews, async ({ caller }) => ({ items: await findViews(db, caller) }))
  serve(router, api.countViews, ({ caller }) => readViewCounts(db, caller))
  serve(router, api.saveView, ({ body, caller }) => saveView(deps, caller, body))
  // Before the one with an id.
  serve(router, api.orderViews, ({ body, caller }) => orderViews(deps, caller, body.viewIds))
  serve(router, api.changeView, ({ params, body, caller }) => changeView(deps, caller, params.viewId, body))
  serve(router, api.deleteView, ({ params, caller }) => deleteView(deps, caller, params.viewId))
}
