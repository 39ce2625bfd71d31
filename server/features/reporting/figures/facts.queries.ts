import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import { type Columns, type FactKind, type FactLine, toColumns } from './columns.ts'
import { type Plan, placeDimensions } from './volume.ts'

/*
 * Facts as they were at one event of the log: what came later is not seen. The same conditions give the figures and the
 * rows behind them.
 */

/** On a fact of this name: its review is restricted, as far as the log says up to `seq`. */
export const isHidden = (fact: string, seq: number): RawBuilder<boolean> => sql<boolean>`coalesce((
  select mark.is_restricted from report_restriction as mark
  where mark.review_id = ${sql.ref(`${fact}.review_id`)} and mark.seq <= ${seq} order by mark.seq desc limit 1), false)`

/** The conditions on a fact of this name that a filter and somebody's scope make. */
export function isAsked(fact: string, { filter, queues, seesRestricted }: Omit<Plan, 'days' | 'by'>, seq: number) {
  const conditions: RawBuilder<boolean>[] = []
  for (const dimension of placeDimensions) {
    const asked = filter[dimension]
    if (asked) conditions.push(sql<boolean>`${sql.ref(`${fact}.${dimension}`)} = any(${asked}::text[])`)
  }
  if (queues) conditions.push(sql<boolean>`${sql.ref(`${fact}.queue`)} = any(${queues}::text[])`)
  if (!seesRestricted) conditions.push(sql<boolean>`not ${isHidden(fact, seq)}`)
  return conditions
}

export const all = (conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> =>
  conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`

/** On `report_decision` as `fact`: it was taken and not taken back. */
export const isDecided = (seq: number): RawBuilder<boolean> =>
  sql<boolean>`(fact.seq <= ${seq} and (fact.undone_seq is null or fact.undone_seq > ${seq}))`

/** On the same: another outcome stands in its place, or an appeal reversed or changed it. */
export const isOverturned = (seq: number): RawBuilder<boolean> => sql<boolean>`exists (
  select from report_overturn as turn where turn.decision_id = fact.decision_id and turn.seq <= ${seq}
    and (turn.void_seq is null or turn.void_seq > ${seq}))`

export const effectAt = (seq: number): RawBuilder<Date | null> =>
  sql<Date | null>`case when fact.effect_seq <= ${seq} then fact.effect_at end`

/** On `report_wait` as `fact`: when it ended; null while it goes on. */
export const endedAt = (seq: number): RawBuilder<Date | null> => sql<Date | null>`case
  when fact.ended_seq <= ${seq} then fact.ended_at
  else (select past.at from report_voided_end as past
    where past.wait_seq = fact.seq and past.seq <= ${seq} and past.void_seq > ${seq} limit 1) end`

/** Null where either is; below zero where clocks disagreed. */
export const msBetween = (from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<number | null> =>
  sql<number | null>`round(extract(epoch from ${to} - ${from}) * 1000)::bigint`

const place = sql`fact.queue, fact.clause, fact.language, fact.platform, fact.source`
const opened = sql`fact.opened_at`
const at = sql`fact.at`
const dayStart = sql`date_trunc('day', fact.at, 'UTC')`

const lines: Record<FactKind, (seq: number) => RawBuilder<unknown>> = {
  flag: (seq) => sql`${isHidden('fact', seq)}::int as bits, ${place} from report_flag as fact where fact.seq <= ${seq}`,
  wait: (seq) => sql`${isHidden('fact', seq)}::int + 2 * fact.is_opening::int as bits, ${place},
    ${msBetween(dayStart, at)} as t0, ${msBetween(opened, at)} as t1, ${msBetween(at, sql`(${endedAt(seq)})`)} as t2
    from report_wait as fact where fact.seq <= ${seq}`,
  decision: (seq) => sql`${isHidden('fact', seq)}::int + 2 * fact.is_first::int + 4 * (fact.at <= fact.due_at)::int
    + 8 * fact.is_order::int + 16 * fact.has_media::int + 32 * ${isOverturned(seq)}::int as bits, ${place},
    fact.outcome, fact.measure, fact.account_status, ${msBetween(opened, sql`fact.looked_at`)} as t0,
    ${msBetween(opened, at)} as t1, ${msBetween(opened, sql`(${effectAt(seq)})`)} as t2
    from report_decision as fact where ${isDecided(seq)}`,
  reveal: (seq) => sql`${isHidden('fact', seq)}::int as bits, ${place}, fact.person_id,
    case when fact.hidden_seq <= ${seq} then fact.shown_ms end as t0
    from report_reveal as fact where fact.seq <= ${seq}`,
}

const nextDay = (day: string) => new Date(Date.parse(day) + 86_400_000)

/** The facts of these days (UTC) as they were at `seq`, a block a day; days without any are left out. */
export async function findColumns(db: Db, kind: FactKind, days: readonly string[], seq: number): Promise<Columns[]> {
  const found: Columns[] = []
  for (const [first, last] of spansOf(days)) {
    const { rows } = await sql<Record<string, string | number | null> & { day: string }>`
      select ${dayStart}::date::text as day, floor(extract(epoch from fact.at - ${dayStart}) / 900)::int as quarter,
        ${lines[kind](seq)} and fact.at >= ${new Date(first)} and fact.at < ${nextDay(last)}
      order by fact.at, fact.seq`.execute(db)
    for (const [day, ofDay] of Map.groupBy(rows, (row) => row.day)) {
      const each = ofDay.map(({ day: _, ...row }) => Object.values(row) as FactLine)
      found.push(toColumns(kind, day, each))
    }
  }
  return found
}

/** Days that follow each other are read together. */
function spansOf(days: readonly string[]): [string, string][] {
  const spans: [string, string][] = []
  for (const day of days.toSorted()) {
    const last = spans.at(-1)
    if (last && nextDay(last[1]).getTime() === Date.parse(day)) last[1] = day
    else spans.push([day, day])
  }
  return spans
}
