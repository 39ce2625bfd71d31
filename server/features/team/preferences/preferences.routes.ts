import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { changeLadder, changeOrganisation, changePreferences } from './change-preferences.ts'

export function preferencesRoutes(router: Router, deps: Deps) {
  serve(router, api.changePreferences, ({ body, caller }) => changePreferences(deps, caller, body))
  serve(router, api.changeLadder, ({ body, caller }) => changeLadder(deps, caller, body))
  serve(router, api.changeOrganisation, ({ body, caller }) => changeOrganisation(deps, caller, body))
}
