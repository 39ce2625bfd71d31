import type { Router } from 'express'
import type { Callers } from '#server/http/caller.ts'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { findKeys } from './keys.queries.ts'
import { makeKey, revokeKey } from './make-key.ts'

export function keysRoutes(router: Router, deps: Deps, callers: Callers) {
  serve(router, api.listKeys, async () => ({ items: await findKeys(deps.db) }))
  serve(router, api.makeKey, ({ body, caller }) => makeKey(deps, caller, body))
  serve(router, api.revokeKey, async ({ params, body, caller }) => {
    const reply = await revokeKey(deps, caller, params.keyId, body.clientId)
    callers.forgetAll()
    return reply
  })
}
