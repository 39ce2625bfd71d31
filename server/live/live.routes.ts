import type { Request, Router } from 'express'
import { requireReview } from '#server/features/review/scope.queries.ts'
import type { Callers } from '#server/http/caller.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import { serve, serveStream } from '#server/http/route.ts'
import { followChanges, mostStreams } from '#shared/contract/live.ts'
import { tellPresence } from '#shared/contract/presence.ts'
import type { Live } from './feed.ts'
import { openOutlet } from './outlet.ts'
import { touchPage } from './presence.queries.ts'

export function liveRoutes(router: Router, { db }: Pick<Deps, 'db'>, live: Live, callers: Pick<Callers, 'recheck'>) {
  serve(router, tellPresence, async ({ body: { pageId, reviewId }, caller }) => {
    if (caller.key) throw new AppError('forbidden', 'A program looks at nothing.')
    if (reviewId) await requireReview(db, reviewId, caller.scope)
    await touchPage(db, { personId: caller.id, pageId, reviewId })
    live.lookAtPeople()
    return {}
  })
  serveStream(router, followChanges, async ({ caller, query, req, res }) => {
    if (!live.hasRoomFor(caller)) throw new AppError('too_many_requests', `More than ${mostStreams} streams at once.`)
    const outlet = openOutlet(res)
    if (req.method === 'HEAD') return outlet.end()
    const after = lastEventId(req) ?? query.after ?? null
    live.open({ caller, outlet, after, recheck: () => callers.recheck(req) })
  })
}

function lastEventId(req: Request): number | null {
  const given = /^\d{1,15}$/.exec(req.get('last-event-id') ?? '')?.[0]
  return given === undefined ? null : Number(given)
}
