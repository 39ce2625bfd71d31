import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { countInbox, listInbox, markInbox } from '#shared/contract/inbox.ts'
import { countUnread, findInbox, markItems } from './inbox.queries.ts'

export function inboxRoutes(router: Router, { db, now }: Deps) {
  serve(router, listInbox, ({ caller, query }) => findInbox(db, caller, query))
  serve(router, countInbox, async ({ caller }) => ({ unread: await countUnread(db, caller) }))
  serve(router, markInbox, async ({ caller, body }) => {
    await markItems(db, caller.id, body, now())
    return {}
  })
}
