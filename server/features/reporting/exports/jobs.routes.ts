import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Router } from 'express'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import { type Caller, serve, serveStream } from '#server/http/route.ts'
import * as contract from '#shared/contract/exports.ts'
import { askForExport } from './ask-for-export.ts'
import { cancelExport } from './cancel-export.ts'
import { covers, type ExportRow, findExport, findExports } from './exports.queries.ts'
import { hangUp, setFileHeaders } from './stream.routes.ts'
import { fileName, toExport, toManifest } from './to-export.ts'

/** Exports that are made by a job. */
export function jobRoutes(router: Router, deps: Deps) {
  const { db, now, settings } = deps

  async function getRow(id: string, caller: Caller): Promise<ExportRow> {
    const row = await findExport(db, id, caller)
    if (!row) throw new AppError('not_found', `No export ${id}.`)
    return row
  }

  serve(router, contract.createExport, ({ body, caller }) => askForExport(deps, caller, body))

  serve(router, contract.listExports, async ({ query, caller }) => {
    const rows = await findExports(db, { ...query, reader: caller })
    const items = rows.slice(0, query.limit).map((row) => toExport(row, caller.scope, now()))
    const { timeZone } = await getOrganisation(db)
    const nextAfter = rows.length > query.limit ? items.at(-1)!.id : null
    return { items, nextAfter, timeZone, hasFolder: settings.exportFolder !== null }
  })

  serve(router, contract.getExport, async ({ params, caller }) =>
    toExport(await getRow(params.exportId, caller), caller.scope, now()),
  )

  serve(router, contract.getManifest, async ({ params, caller }) => {
    const row = await getRow(params.exportId, caller)
    if (row.state !== 'ended') throw new AppError('export_not_ready', 'It has not ended.')
    return toManifest(row)
  })

  serve(router, contract.cancelExport, ({ params, body, caller }) => cancelExport(deps, caller, params.exportId, body))

  serveStream(router, contract.downloadExport, async ({ params, caller, req, res }) => {
    const row = await getRow(params.exportId, caller)
    // What shows more than the reader may see by now does not exist for them.
    if (!covers(caller.scope, row.scope)) throw new AppError('not_found', `No export ${row.id}.`)
    if (row.state !== 'ended') throw new AppError('export_not_ready', 'It has not ended.')
    if (!row.file || !row.expires_at || row.expires_at <= now())
      throw new AppError('export_expired', 'Its time is over.')
    const path = join(settings.exportsDir, row.file)
    const handle = await open(path).catch(() => null)
    if (!handle) throw new AppError('not_found', 'Its file is not on this server: servers must share one data folder.')
    await handle.close()
    setFileHeaders(res, fileName(row), row.format).set('content-length', String(row.bytes))
    if (req.method === 'HEAD') return void res.end()
    await appendEvents(db, [
      { kind: 'export.downloaded', by: caller, subject: { kind: 'export', id: row.id }, data: { sha256: row.sha256 } },
    ])
    await pipeline(createReadStream(path), res, { signal: hangUp(res) }).catch(() => res.destroy())
  })
}
