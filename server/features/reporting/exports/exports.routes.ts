import { once } from 'node:events'
import type { Response, Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import { serveStream } from '#server/http/route.ts'
import { type ExportKind, exportRows as endpoint } from '#shared/contract/exports.ts'
import { exportRows } from './write-export.ts'

/** Each holds a connection of the pool for as long as its reader needs. */
const mostAtOnce = 3
/** A reader who takes nothing for so long is gone. */
const idleMs = 60_000

export function reportingRoutes(router: Router, deps: Deps) {
  let running = 0
  serveStream(router, endpoint, async ({ params: { kind }, query, caller, req, res }) => {
    const { sort: _, ...filter } = query
    const name = fileName(kind, deps.now())
    if (req.method === 'HEAD') return void setHeaders(res, name).end()
    if (running >= mostAtOnce) throw new AppError('too_many_requests', `${mostAtOnce} exports are under way already.`)
    running += 1
    try {
      const signal = hangUp(res)
      const write = async (bytes: Buffer) => {
        if (!res.headersSent) setHeaders(res, name)
        if (!res.write(bytes)) await once(res, 'drain', { signal })
      }
      await exportRows(deps, { kind, filter, by: caller, signal, write })
      res.end()
    } catch (error) {
      // Cut off, so that half a file does not look like a whole one.
      if (!res.headersSent && !res.destroyed) throw error
      res.destroy()
    } finally {
      running -= 1
    }
  })
}

/** Aborted when the reader hangs up or takes nothing any more. */
function hangUp(res: Response): AbortSignal {
  const controller = new AbortController()
  res.once('close', () => controller.abort(new Error('The reader hung up.')))
  res.setTimeout(idleMs, () => res.destroy())
  return controller.signal
}

const fileName = (kind: ExportKind, at: Date) => `${kind}_${at.toISOString().slice(0, 10)}.csv`

function setHeaders(res: Response, name: string): Response {
  return res.set({
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${name}`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
}
