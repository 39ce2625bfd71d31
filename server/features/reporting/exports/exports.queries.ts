import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { ExportTable } from '#server/db/schema/decisions.ts'
import type { Reader } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'

export type ExportRow = Selectable<ExportTable>

/** A runner that was not heard of for so long is dead. */
const deadMs = 30_000
/** Of exports that are started again and again something is wrong. */
const mostAttempts = 3
const mostUnfinished = 10

export async function insertExport(tx: Tx, row: Insertable<ExportTable>): Promise<ExportRow> {
  return tx.insertInto('export').values(row).returningAll().executeTakeFirstOrThrow()
}

/** Whether a person asked for as many as one may wait for at a time. */
export async function hasEnough(tx: Tx, personId: string): Promise<boolean> {
  const { count } = await tx
    .selectFrom('export')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('person_id', '=', personId)
    .where('state', 'in', ['queued', 'running'])
    .where('is_job', '=', true)
    .executeTakeFirstOrThrow()
  return count >= mostUnfinished
}

type End = {
  endedAt: Date
  rows: number
  bytes: number
  sha256: string
  rowsSha256: string | null
  file: string | null
  expiresAt: Date | null
}

/** False when somebody else runs it by now, or it was cancelled: then it has not ended. */
export async function endExport(tx: Tx, id: string, runnerId: string | null, end: End): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('export')
    .set({
      state: 'ended',
      ended_at: end.endedAt,
      row_count: end.rows,
      written: end.rows,
      bytes: end.bytes,
      sha256: end.sha256,
      rows_sha256: end.rowsSha256,
      file: end.file,
      expires_at: end.expiresAt,
      runner_id: null,
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('runner_id', runnerId ? '=' : 'is', runnerId)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** False when it does not run for this runner any more. */
export async function breakExport(
  tx: Tx,
  id: string,
  runnerId: string | null,
  failure: string,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('export')
    .set({ state: 'broken', failure, runner_id: null, ...(runnerId && { ended_at: at }) })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('runner_id', runnerId ? '=' : 'is', runnerId)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Takes the oldest that waits, or whose runner is dead. Of several processes one gets it. */
export async function claimExport(db: Db, runnerId: string, now: Date): Promise<ExportRow | undefined> {
  const { rows } = await sql<ExportRow>`
    update export set state = 'running', runner_id = ${runnerId}, beat_at = ${now}, attempts = attempts + 1, written = 0
    where id = (
      select id from export where is_job and (state = 'queued'
        or (state = 'running' and beat_at < ${new Date(now.getTime() - deadMs)})) and attempts < ${mostAttempts}
      order by id limit 1 for update skip locked
    ) returning *`.execute(db)
  return rows[0]
}

/** Those that were begun too often, each time without an end. */
export async function breakHopeless(tx: Tx, now: Date): Promise<ExportRow[]> {
  return tx
    .updateTable('export')
    .set({ state: 'broken', failure: 'not_finished', ended_at: now, runner_id: null })
    .where('is_job', '=', true)
    .where('state', '=', 'running')
    .where('attempts', '>=', mostAttempts)
    .where('beat_at', '<', new Date(now.getTime() - deadMs))
    .returningAll()
    .execute()
}

/** Says that the runner lives and how far it is. False when the export is not its any more: it is cancelled, or another's. */
export async function beat(
  db: Db,
  id: string,
  runnerId: string,
  facts: { written: number; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('export')
    .set({ written: facts.written, beat_at: facts.at })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('runner_id', '=', runnerId)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** What was settled when the rows were asked for: at the first attempt, and the same at each further one. */
export async function noteHead(
  db: Db | Tx,
  id: string,
  facts: Pick<ExportRow, 'columns' | 'left_out' | 'as_of' | 'seq' | 'is_closed'>,
) {
  await db.updateTable('export').set(facts).where('id', '=', id).execute()
}

export async function noteExpected(db: Db, id: string, expected: number) {
  await db.updateTable('export').set({ expected }).where('id', '=', id).execute()
}

/** Lets go of what this process runs, so that another begins it at once; an attempt that failed by itself is counted. */
export async function putBack(db: Db | Tx, id: string, runnerId: string, { isCounted = false } = {}) {
  await db
    .updateTable('export')
    .set((eb) => ({
      state: 'queued' as const,
      runner_id: null,
      written: 0,
      attempts: isCounted ? eb.ref('attempts') : eb('attempts', '-', 1),
    }))
    .where('id', '=', id)
    .where('runner_id', '=', runnerId)
    .where('state', '=', 'running')
    .execute()
}

export async function cancelUnfinished(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('export')
    .set({ state: 'cancelled', ended_at: at, runner_id: null })
    .where('id', '=', id)
    .where('is_job', '=', true)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** My own, and for those who see all queues everybody's; never one that holds more than the reader may see. */
const isListed = ({ id, scope }: Reader) => sql<boolean>`(export.person_id = ${id} or ${scope.queues === null})`

export function findExports(
  db: Db,
  { limit, after, reader }: { limit: number; after?: string | undefined; reader: Reader },
) {
  let query = db.selectFrom('export').selectAll().where(isListed(reader))
  if (after) query = query.where('id', '<', after)
  return query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}

export function findExport(db: Db | Tx, id: string, reader: Reader): Promise<ExportRow | undefined> {
  return db.selectFrom('export').selectAll().where('id', '=', id).where(isListed(reader)).executeTakeFirst()
}

export function getExportRow(db: Db | Tx, id: string): Promise<ExportRow> {
  return db.selectFrom('export').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Whether everything that was seen when it was asked for is seen by this reader now. */
export function covers(reader: Scope, exported: Scope): boolean {
  if (exported.seesRestricted && !reader.seesRestricted) return false
  const { queues } = reader
  return queues === null || exported.queues?.every((queue) => queues.includes(queue)) === true
}

/** Files whose time is over: they are forgotten here first, so that nobody is offered one that is going. */
export function findExpired(db: Db, now: Date) {
  return db
    .updateTable('export')
    .set({ expires_at: null })
    .where('expires_at', '<=', now)
    .returning(['id', 'file'])
    .execute()
}

/** Which of these may lie in the folder. */
export async function findKept(db: Db, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('export')
    .select('id')
    .where('id', 'in', ids)
    .where((eb) => eb.or([eb('expires_at', 'is not', null), eb('state', 'in', ['queued', 'running'])]))
    .execute()
  return new Set(rows.map(({ id }) => id))
}
