import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import { AppError } from '#server/http/errors.ts'
import type { Scope } from '#server/http/route.ts'
import { Organisation } from '#shared/contract/preferences.ts'
import type { ReportFilter, ReportQuery } from '#shared/contract/reports.ts'
import { countDays, type Days, daysOf, quarterMs } from './days.ts'
import { getProgress } from './fill.queries.ts'
import { fillUpTo } from './fill-facts.ts'

type Query = Pick<ReportQuery, 'from' | 'to' | 'seq' | 'zone' | keyof ReportFilter>

/** What is asked for, with everything that was left out filled in. */
export type Asked = {
  days: Days
  zone: string
  filter: ReportFilter
  /** Null is all. */
  queues: string[] | null
  seesRestricted: boolean
  seq: number
  headSeq: number
  readySeq: number
  /** When the named event happened: nothing is known of later. Null where there is none. */
  endMs: number | null
}

/** Somebody waits for an answer; what is not read off the log by then is told as missing. */
const patienceMs = 2_000
const mostDays = 1_100

/** @throws AppError `invalid_request` */
export async function readAsked(db: Db, query: Query, scope: Scope): Promise<Asked> {
  const zone = query.zone ?? (await getOrganisation(db)).timeZone
  if (!Organisation.shape.timeZone.safeParse(zone).success) throw fault('zone', 'Not a time zone.')
  const { head } = await getProgress(db)
  const wanted = Math.min(query.seq ?? head, head)
  const readySeq = await fillUpTo(db, wanted, patienceMs)
  const seq = Math.min(wanted, readySeq)
  return {
    days: readDays(query, zone),
    zone,
    filter: toFilter(query),
    queues: scope.queues === null ? null : scope.queues.toSorted(),
    seesRestricted: scope.seesRestricted,
    seq,
    // The log may have gone on while it was read.
    headSeq: Math.max(head, readySeq),
    readySeq,
    endMs: await findTime(db, seq),
  }
}

/** @throws AppError `invalid_request` */
export function readDays({ from, to }: { from: string; to: string }, zone: string): Days {
  if (to < from) throw fault('to', 'Lies before the first day.')
  if (countDays(from, to) > mostDays) throw fault('to', `A report has at most ${mostDays} days.`)
  return daysOf(from, to, zone)
}

export const fault = (path: string, message: string) =>
  new AppError('invalid_request', 'There is no such report.', [{ path, message }])

/** The same filter is the same report, however it was written. */
function toFilter(query: ReportFilter): z.output<typeof ReportFilter> {
  const { queue, clause, language, platform, source } = query
  const once = (values: string[] | undefined) => values && [...new Set(values)].toSorted()
  return {
    queue: once(queue),
    clause: once(clause),
    language: once(language),
    platform: once(platform),
    source: once(source),
  }
}

/** When the event happened, or was recorded if that was later. */
async function findTime(db: Db, seq: number): Promise<number | null> {
  const { rows } = await sql<{ at: Date }>`
    select greatest(event.at, (event.data ->> 'at')::timestamptz(3)) as at
    from event_seq join event on event.id = event_seq.event_id where event_seq.seq = ${seq}`.execute(db)
  return rows[0]?.at.getTime() ?? null
}

/** How many of the days had begun by then. */
export function countBegun({ starts, names }: Days, endMs: number | null): number {
  if (endMs === null) return 0
  const begun = names.findIndex((_, day) => starts[day]! * quarterMs > endMs)
  return begun === -1 ? names.length : begun
}
