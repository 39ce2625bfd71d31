import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { Caller } from './route.ts'

/**
 * Gives the request its id and writes one line when it has ended. The line names who and what by id; queries, bodies,
 * headers and one-time tokens are never in it.
 */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const started = performance.now()
    res.locals.requestId = randomUUID()
    res.set('x-request-id', res.locals.requestId)
    res.once('close', () => {
      const caller = res.locals.caller as Caller | undefined
      const line = {
        requestId: res.locals.requestId,
        method: req.method,
        path: loggedPath(req.originalUrl),
        status: res.statusCode,
        ms: Math.round((performance.now() - started) * 10) / 10,
        ...(caller && { person: caller.id }),
        ...(caller?.key && { key: caller.key.id }),
        ...(!res.writableFinished && { aborted: true }),
      }
      if (line.path.startsWith('/api/')) log.info(line, 'request')
      else log.debug(line, 'request')
    })
    next()
  }
}

/** Without the query, and without the token of a one-time link. */
export function loggedPath(url: string): string {
  return url.split('?', 1)[0]!.replace(/\/invitations\/[^/]+/, '/invitations/:token')
}
