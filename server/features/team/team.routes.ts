import type { Router } from 'express'
import type { Callers } from '#server/http/caller.ts'
import type { Deps } from '#server/http/deps.ts'
import { attemptLimit } from '#server/http/request-limit.ts'
import { type Scope, serve, servePublic } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { permissionsOf } from '#shared/domain/permissions.ts'
import { acceptInvitation, readInvitation } from './accept-invitation.ts'
import { completeSetup } from './complete-setup.ts'
import { countAdministrators } from './invitation.queries.ts'
import { keysRoutes } from './keys/keys.routes.ts'
import { peopleRoutes } from './people/people.routes.ts'
import { getOrganisation, getPreferences } from './preferences/preferences.queries.ts'
import { preferencesRoutes } from './preferences/preferences.routes.ts'
import { signInRoutes } from './sign-in.routes.ts'
import { findPeople } from './team.queries.ts'

export function teamRoutes(router: Router, deps: Deps, callers: Callers) {
  const { db, settings } = deps
  signInRoutes(router, deps, callers)

  serve(router, api.getSession, async ({ caller }) => ({
    person: caller,
    permissions: permissionsOf(caller.role),
    scope: toSessionScope(caller.scope),
    preferences: await getPreferences(db, caller.id),
    organisation: await getOrganisation(db),
  }))
  serve(router, api.listPeople, async () => ({ items: await findPeople(db) }))

  router.use(['/api/v1/setup', '/api/v1/invitations'], attemptLimit(settings))
  servePublic(router, api.getSetup, async () => ({ needed: (await countAdministrators(db)) === 0 }))
  servePublic(router, api.completeSetup, ({ body }) => completeSetup(deps, body))
  servePublic(router, api.getInvitation, ({ params }) => readInvitation(deps, params.token))
  servePublic(router, api.acceptInvitation, ({ params, body }) => acceptInvitation(deps, params.token, body))

  peopleRoutes(router, deps, callers)
  keysRoutes(router, deps, callers)
  preferencesRoutes(router, deps)
}

const toSessionScope = ({ queues, takes, seesRestricted }: Scope) => ({
  queues: queues && [...queues],
  takes: takes && [...takes],
  seesRestricted,
})
