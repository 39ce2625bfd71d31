import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { permissionsOf } from '#shared/domain/permissions.ts'
import { findPeople } from './team.queries.ts'

export function teamRoutes(router: Router, { db }: Deps) {
  serve(router, api.getSession, async ({ caller }) => ({ person: caller, permissions: permissionsOf(caller.role) }))
  serve(router, api.listPeople, async () => ({ items: await findPeople(db) }))
}
