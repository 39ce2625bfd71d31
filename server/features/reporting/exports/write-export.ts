import { newId } from '#server/db/id.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { everything } from '#server/features/review/scope.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import { systemPerson } from '#shared/contract/events.ts'
import { breakExport, endExport, insertExport } from './exports.queries.ts'
import type { Put } from './formats/format.ts'
import { createOutlet } from './outlet.ts'
import { type ExportRequest, planExport } from './plan-export.ts'
import { toExportRow } from './to-export.ts'
import { prepareRows } from './write-rows.ts'

type Input = Omit<ExportRequest, 'reader'> & {
  /** Null for the command line. */
  by: Pick<Caller, 'id' | 'key' | 'scope'> | null
  signal: AbortSignal
  /** Takes the file, piece by piece; waits while its reader is slow. */
  write: Put
}

export type Exported = { id: string; rows: number; sha256: string }

/**
 * Writes a file to whoever takes it. What is read is logged before the first row leaves; the rows stream in a transaction
 * that only reads; row count and SHA-256 of the file are logged before its last piece is handed over, so that a file that
 * came whole is always on record. One whose query broke off is on record as broken, and its last piece never comes.
 */
export async function exportRows({ db, now, log }: Pick<Deps, 'db' | 'now' | 'log'>, input: Input): Promise<Exported> {
  const { by, signal, write, ...request } = input
  const { kind, format } = request
  const id = newId()
  const reader = by ?? { id: systemPerson, scope: everything }
  const plan = await planExport(db, { ...request, reader }, now())
  const writeRows = prepareRows(db, plan)
  const subject = { kind: 'export', id }
  await db.transaction().execute(async (tx) => {
    await insertExport(tx, { ...toExportRow(plan, { id, at: now() }), state: 'running' })
    const data = { kind, format, filter: plan.head.filter, period: plan.head.period, seq: plan.head.seq }
    await appendEvents(tx, [{ kind: 'export.started', by, subject, data }])
  })
  const outlet = createOutlet(write)
  let sofar = 0
  try {
    const onRows = (count: number) => {
      sofar = count
    }
    const { rows, rowsSha256 } = await writeRows({ signal, put: outlet.put, onRows })
    const { sha256, bytes } = outlet.facts()
    await db.transaction().execute(async (tx) => {
      await endExport(tx, id, null, { endedAt: now(), rows, bytes, sha256, rowsSha256, file: null, expiresAt: null })
      await appendEvents(tx, [{ kind: 'export.ended', by, subject, data: { kind, rows, sha256 } }])
    })
    await outlet.release()
    return { id, rows, sha256 }
  } catch (error) {
    log.warn({ err: error, exportId: id }, 'export broke off')
    await db.transaction().execute(async (tx) => {
      await breakExport(tx, id, null, 'broken_off', now())
      await appendEvents(tx, [{ kind: 'export.broken', by, subject, data: { kind, rows: sofar } }])
    })
    throw error
  }
}
