import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Period, ScheduleInterval } from '#shared/contract/exports.ts'
import type { Span } from './kinds/columns.queries.ts'

const dayOnly = /^\d{4}-\d\d-\d\d$/

/**
 * From the first moment of the first day to the first after the last, in the time zone; moments as they are.
 *
 * @throws AppError `invalid_request` when it ends before it begins
 */
export async function toSpan(db: Db | Tx, { from, to }: Period, timeZone: string): Promise<Span> {
  const [fromDay, toDay] = [from && dayOnly.test(from) ? from : null, to && dayOnly.test(to) ? to : null]
  const { rows } = await sql<Span>`
    select ${fromDay}::date::timestamp at time zone ${timeZone} as "from",
      (${toDay}::date + 1)::timestamp at time zone ${timeZone} as "to"`.execute(db)
  const days = rows[0]!
  const span = {
    from: fromDay || !from ? days.from : new Date(from),
    to: toDay || !to ? days.to : new Date(to),
  }
  if (span.from && span.to && span.from >= span.to) {
    throw new AppError('invalid_request', 'The period ends before it begins.', [
      { path: 'period.to', message: 'Before from.' },
    ])
  }
  return span
}

/**
 * The last entry of the log that the rows know of: of a period the last one in it, which stays the same for ever once all
 * of its events are numbered; otherwise the last number given.
 */
export async function findSeq(db: Db | Tx, before: Date | null): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    select coalesce(${
      before
        ? sql`(select seq from event_seq where at < ${before} order by at desc, seq desc limit 1)`
        : sql`(select last_seq from sealer)`
    }, 0) as seq`.execute(db)
  return rows[0]!.seq
}

/** A whole day, week (from Monday) or month: its first and last day, and the first moment after it. */
export type Whole = { from: string; to: string; end: Date }

/** The periods that begin at or after `since` and have ended by `now`, oldest first; then the one that is under way. */
export async function findPeriods(
  db: Db | Tx,
  { every, since, now, timeZone }: { every: ScheduleInterval; since: Date; now: Date; timeZone: string },
): Promise<Whole[]> {
  const local = (at: Date) => sql`date_trunc(${every}, ${at}::timestamptz at time zone ${timeZone})`
  const step = sql`${sql.lit(`1 ${every}`)}::interval`
  const { rows } = await sql<Whole>`
    select to_char(first, 'YYYY-MM-DD') as "from", to_char(first + ${step} - interval '1 day', 'YYYY-MM-DD') as "to",
      (first + ${step}) at time zone ${timeZone} as "end"
    from generate_series(${local(since)}, ${local(now)}, ${step}) as first order by first`.execute(db)
  return rows
}
