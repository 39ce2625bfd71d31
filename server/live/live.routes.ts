import type { Request, Router } from 'express'
import type { Callers } from '#server/http/caller.ts'
import { AppError } from '#server/http/errors.ts'
import { serveStream } from '#server/http/route.ts'
import { followChanges, mostStreams } from '#shared/contract/live.ts'
import type { Live } from './feed.ts'
import { openOutlet } from './outlet.ts'

export function liveRoutes(router: Router, live: Live, callers: Pick<Callers, 'recheck'>) {
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
