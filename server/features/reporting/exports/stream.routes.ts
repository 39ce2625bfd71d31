import { once } from 'node:events'
import type { Response, Router } from 'express'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import { serveStream } from '#server/http/route.ts'
import { type ExportFormat, exportRows as endpoint } from '#shared/contract/exports.ts'
import { may } from '#shared/domain/permissions.ts'
import { contentTypes } from './formats/format.ts'
import { fileName } from './to-export.ts'
import { exportRows } from './write-export.ts'

/** Each holds a connection of the pool for as long as its reader needs. */
const mostAtOnce = 3
/** A reader who takes nothing for so long is gone. */
const idleMs = 60_000

/** A file that is written as it is read. */
export function streamRoutes(router: Router, deps: Deps) {
  let running = 0
  serveStream(router, endpoint, async ({ params: { kind, format }, query, caller, req, res }) => {
    const { from, to, fileLanguage = 'en', ...filter } = query
    const dates = { period_from: from ?? null, period_to: to ?? null, started_at: deps.now() }
    const name = fileName({ kind, format, ...dates })
    if (req.method === 'HEAD') return void setFileHeaders(res, name, format).end()
    if (running >= mostAtOnce) throw new AppError('too_many_requests', `${mostAtOnce} exports are under way already.`)
    running += 1
    try {
      const { timeZone } = await getOrganisation(deps.db)
      const signal = hangUp(res)
      const write = async (bytes: Buffer) => {
        if (!res.headersSent) setFileHeaders(res, name, format)
        if (!res.write(bytes)) await once(res, 'drain', { signal })
      }
      const showsReporters = may(caller.role, 'reporter.read')
      const asked = { kind, format, filter, period: { from, to }, language: fileLanguage, timeZone, showsReporters }
      await exportRows(deps, { ...asked, by: caller, signal, write })
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
export function hangUp(res: Response): AbortSignal {
  const controller = new AbortController()
  res.once('close', () => controller.abort(new Error('The reader hung up.')))
  res.setTimeout(idleMs, () => res.destroy())
  return controller.signal
}

export function setFileHeaders(res: Response, name: string, format: ExportFormat): Response {
  return res.set({
    'content-type': contentTypes[format],
    'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${name}`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
}
