import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { listTemplates, writeTemplate as writeEndpoint } from '#shared/contract/messages.ts'
import { findTemplates } from './messages.queries.ts'
import { writeTemplate } from './write-template.ts'

export function messagesRoutes(router: Router, deps: Deps) {
  serve(router, listTemplates, async () => ({ items: await findTemplates(deps.db) }))
  serve(router, writeEndpoint, ({ body, caller }) => writeTemplate(deps, caller, body))
}
