import { createHash } from 'node:crypto'
import { newId } from '#server/db/id.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { everything } from '#server/features/review/scope.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import { systemPerson } from '#shared/contract/events.ts'
import { createCsvBytes, toHeader } from './formats/csv-bytes.ts'
import { exportColumns } from './kinds/columns.queries.ts'
import { copyRows, type ExportRequest, endExport, insertExport, toCopy } from './exports.queries.ts'

type Input = Pick<ExportRequest, 'kind' | 'filter'> & {
  /** Null for the command line. */
  by: Pick<Caller, 'id' | 'key' | 'scope'> | null
  signal: AbortSignal
  /** Takes the file, piece by piece; waits while its reader is slow. */
  write: (bytes: Buffer) => Promise<void>
}

export type Exported = { id: string; rows: number; sha256: string }

/**
 * Writes a CSV for people. What is read is logged before the first row leaves; the rows stream in a transaction that
 * only reads; row count and SHA-256 of the file are logged before its last piece is handed over, so that a file that
 * came whole is always on record. One whose query broke off is on record as broken, and its last piece never comes.
 */
export async function exportRows({ db, now, log }: Pick<Deps, 'db' | 'now' | 'log'>, input: Input): Promise<Exported> {
  const { kind, filter, by, signal, write } = input
  const id = newId()
  const personId = by?.id ?? systemPerson
  const subject = { kind: 'export', id }
  const statement = toCopy(db, { kind, filter, reader: by ?? { id: systemPerson, scope: everything } })
  await db.transaction().execute(async (tx) => {
    await insertExport(tx, { id, kind, filter, personId, startedAt: now() })
    await appendEvents(tx, [{ kind: 'export.started', by, subject, data: { kind, format: 'csv', filter } }])
  })
  const columns = exportColumns[kind]
  const csv = createCsvBytes(columns.map((column) => column.kind))
  const hash = createHash('sha256')
  let ready: Buffer | null = toHeader(columns.map((column) => column.name))
  try {
    await copyRows(db, statement, {
      signal,
      onBytes: async (bytes) => {
        const next = csv.push(bytes)
        if (next.length === 0) return
        hash.update(ready!)
        await write(ready!)
        ready = next
      },
    })
    csv.end()
    const sha256 = hash.update(ready).digest('hex')
    const rows = csv.rows()
    await db.transaction().execute(async (tx) => {
      await endExport(tx, id, { endedAt: now(), rows, sha256 })
      await appendEvents(tx, [{ kind: 'export.ended', by, subject, data: { kind, rows, sha256 } }])
    })
    await write(ready)
    return { id, rows, sha256 }
  } catch (error) {
    log.warn({ err: error, exportId: id }, 'export broke off')
    await appendEvents(db, [{ kind: 'export.broken', by, subject, data: { kind, rows: csv.rows() } }])
    throw error
  }
}
