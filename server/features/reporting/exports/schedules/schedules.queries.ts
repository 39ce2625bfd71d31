import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { ExportScheduleTable, ExportTable } from '#server/db/schema/decisions.ts'
import type { Role } from '#shared/domain/permissions.ts'
import type { ExportRow } from '../exports.queries.ts'

export type ScheduleRow = Selectable<ExportScheduleTable>

/** Null when its folder has a running one of that name. */
export async function insertSchedule(tx: Tx, row: Insertable<ExportScheduleTable>): Promise<ScheduleRow | null> {
  const inserted = await tx
    .insertInto('export_schedule')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return inserted ?? null
}

export function findSchedules(db: Db): Promise<ScheduleRow[]> {
  return db.selectFrom('export_schedule').selectAll().where('ended_at', 'is', null).orderBy('id').execute()
}

export function getSchedule(db: Db, id: string): Promise<ScheduleRow> {
  return db.selectFrom('export_schedule').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export async function endScheduleRow(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('export_schedule')
    .set({ ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Whoever made it, while they may sign in. */
export async function findMaker(db: Db, personId: string): Promise<{ role: Role } | null> {
  const person = await db
    .selectFrom('auth.user')
    .select('role')
    .where('id', '=', personId)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  return person ? { role: person.role as Role } : null
}

/** The first days of the periods that were asked for, whatever became of them. */
export async function findAskedPeriods(db: Db, scheduleId: string): Promise<Set<string>> {
  const rows = await db.selectFrom('export').select('period_from').where('schedule_id', '=', scheduleId).execute()
  return new Set(rows.map((row) => row.period_from ?? ''))
}

/** False when another server was faster: of each period there is one. */
export async function insertScheduled(tx: Tx, row: Insertable<ExportTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('export')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

/** The newest period of each. */
export async function findLast(db: Db, scheduleIds: string[]): Promise<Map<string, ExportRow>> {
  if (scheduleIds.length === 0) return new Map()
  const { rows } = await sql<ExportRow>`
    select distinct on (schedule_id) * from export where schedule_id = any(${scheduleIds}::uuid[])
    order by schedule_id, period_from desc`.execute(db)
  return new Map(rows.map((row) => [row.schedule_id!, row]))
}
