import { newId } from '#server/db/id.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import { countRows } from './copy-rows.queries.ts'
import { type KeptFile, keepFile } from './export-files.ts'
import {
  beat,
  breakExport,
  breakHopeless,
  claimExport,
  type ExportRow,
  endExport,
  noteExpected,
  noteHead,
  putBack,
} from './exports.queries.ts'
import { createOutlet } from './outlet.ts'
import { type Plan, planExport } from './plan-export.ts'
import { deliverToFolder } from './schedules/deliver-to-folder.ts'
import { headFacts } from './to-export.ts'
import { prepareRows, type Written } from './write-rows.ts'

type Needs = Pick<Deps, 'db' | 'now' | 'log' | 'settings'>

/** How often a runner says that it lives, and hears that it is to stop. */
const beatMs = 1_000

/**
 * Makes the exports that wait, one after the other. Returns how many ended, one way or the other. Several processes may
 * run it at once: each export is claimed by one. What a killed process left is begun anew by the next, under a file name
 * of its own, so that no half file is ever offered.
 */
export async function runExports(deps: Needs, signal = new AbortController().signal): Promise<number> {
  let count = await reportHopeless(deps)
  while (!signal.aborted) {
    const runnerId = newId()
    const row = await claimExport(deps.db, runnerId, deps.now())
    if (!row) return count
    await runOne(deps, row, runnerId, signal)
    count += 1
  }
  return count
}

async function reportHopeless({ db, now }: Needs): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const rows = await breakHopeless(tx, now())
    await appendEvents(
      tx,
      rows.map((row) => ({ kind: 'export.broken', ...about(row), data: { failure: 'not_finished' } })),
    )
    return rows.length
  })
}

/** It is told as the act of whoever asked for it. */
const about = ({ id, person_id }: ExportRow) => ({ by: { id: person_id, key: null }, subject: { kind: 'export', id } })

async function runOne(deps: Needs, row: ExportRow, runnerId: string, stopped: AbortSignal) {
  const { db, log, now } = deps
  const taken = new AbortController()
  const progress = { written: 0 }
  const beating = setInterval(async () => {
    const isOurs = await beat(db, row.id, runnerId, { written: progress.written, at: now() }).catch(() => true)
    if (!isOurs) taken.abort(new Error('The export is not ours any more.'))
  }, beatMs)
  let file: KeptFile | null = null
  try {
    const plan = await planAnew(deps, row)
    file = await keepFile(deps.settings.exportsDir, row, runnerId)
    const signal = AbortSignal.any([stopped, taken.signal])
    const made = await make(deps, { row, plan, file, progress, signal })
    if (!(await finish(deps, row, runnerId, { ...made, file: file.name }))) await file.remove()
  } catch (error) {
    await file?.remove()
    if (taken.signal.aborted) return
    if (stopped.aborted) return await putBack(db, row.id, runnerId)
    log.warn({ err: error, exportId: row.id }, 'export broke off')
    await giveUp(deps, row, runnerId, error)
  } finally {
    clearInterval(beating)
  }
}

/** A closed period is planned as it was asked for; anything else as of now. */
async function planAnew({ db, now }: Needs, row: ExportRow): Promise<Plan> {
  const { id, kind, format, filter, language, time_zone: timeZone, person_id, scope, period_from, period_to } = row
  const period = { ...(period_from && { from: period_from }), ...(period_to && { to: period_to }) }
  const showsReporters = !row.left_out.includes('reporters')
  const reader = { id: person_id, scope }
  const plan = await planExport(db, { kind, format, filter, period, language, timeZone, reader, showsReporters }, now())
  await db.transaction().execute(async (tx) => {
    await noteHead(tx, id, headFacts(plan.head))
    const data = { kind, format, seq: plan.head.seq, attempt: row.attempts }
    await appendEvents(tx, [{ kind: 'export.started', ...about(row), data }])
  })
  return plan
}

type Making = { row: ExportRow; plan: Plan; file: KeptFile; progress: { written: number }; signal: AbortSignal }
type Made = Written & { bytes: number; sha256: string }

async function make(deps: Needs, { row, plan, file, progress, signal }: Making): Promise<Made> {
  const { db } = deps
  const writeRows = prepareRows(db, plan)
  const counting = plan.table ? countRows(db, plan.table).then((count) => noteExpected(db, row.id, count)) : null
  counting?.catch(() => {})
  const outlet = createOutlet(file.write)
  const onRows = (count: number) => {
    progress.written = count
  }
  const written = await writeRows({ signal, put: outlet.put, onRows })
  await outlet.release()
  await file.complete()
  signal.throwIfAborted()
  const made = { ...written, ...outlet.facts() }
  if (row.schedule_id) await deliverToFolder(deps, row, { ...made, path: file.path })
  return made
}

/** False when it was cancelled, or taken for dead and given to somebody else, meanwhile. */
async function finish(deps: Needs, row: ExportRow, runnerId: string, { file, ...made }: Made & { file: string }) {
  const { db, now, settings } = deps
  const endedAt = now()
  const expiresAt = new Date(endedAt.getTime() + settings.exportKeepMs)
  return db.transaction().execute(async (tx) => {
    if (!(await endExport(tx, row.id, runnerId, { ...made, endedAt, file, expiresAt }))) return false
    const { rows, sha256 } = made
    await appendEvents(tx, [{ kind: 'export.ended', ...about(row), data: { kind: row.kind, rows, sha256 } }])
    return true
  })
}

/** What was refused would be refused again; what failed otherwise is tried again until it is hopeless. */
async function giveUp({ db, now }: Needs, row: ExportRow, runnerId: string, error: unknown) {
  const failure = error instanceof AppError && error.code !== 'not_ready' ? error.code : null
  await db.transaction().execute(async (tx) => {
    if (!failure && row.attempts < 3) return await putBack(tx, row.id, runnerId, { isCounted: true })
    if (!(await breakExport(tx, row.id, runnerId, failure ?? 'not_finished', now()))) return
    await appendEvents(tx, [{ kind: 'export.broken', ...about(row), data: { failure: failure ?? 'not_finished' } }])
  })
}
