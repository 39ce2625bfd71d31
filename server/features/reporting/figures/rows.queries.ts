import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Caller } from '#server/http/route.ts'
import { type listReportRows, noValue, type ReportRow } from '#shared/contract/reports.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type Asked, countBegun, fault, readAsked } from './asked.queries.ts'
import { quarterMs } from './days.ts'
import { all, isAsked } from './facts.queries.ts'
import { type RowSource, sources } from './row-sources.queries.ts'
import { placeDimensions } from './volume.ts'

type Query = z.output<typeof listReportRows.query>

/**
 * One page of the rows that a figure was counted from, oldest first.
 *
 * @throws AppError `invalid_request`
 */
export async function findReportRows(
  { db }: { db: Db },
  query: Query,
  { scope }: Pick<Caller, 'scope'>,
): Promise<z.input<typeof listReportRows.reply>> {
  const asked = await readAsked(db, query, scope)
  const source = sources[query.figure]
  const cursor = readCursor(query.cursor)
  const where = conditionsOf(query, asked, source)
  const [found, count] = await Promise.all([
    findPage(db, { source, where, asked, query, cursor, isSeen: inScope(scope), seesAll: scope.queues === null }),
    cursor ? null : countRows(db, source, where),
  ])
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items: items.map(toRow(source)),
    nextCursor: found.length > items.length && last ? writeCursor(last) : null,
    previousCursor: null,
    count,
    seq: asked.seq,
  }
}

/** The span that is asked for: the whole period, or one of its days. */
function spanOf({ day }: Query, { days }: Asked): { first: number; last: number } {
  if (day === undefined) return { first: 0, last: days.names.length }
  const index = days.names.indexOf(day)
  if (index === -1) throw fault('day', 'Is none of the period.')
  return { first: index, last: index + 1 }
}

const toDate = (quarter: number) => new Date(quarter * quarterMs)

/** The end that the backlog of a span is told of: that of the last day that had begun. Null where none had. */
function backlogEnd(query: Query, asked: Asked): Date | null {
  const { first, last } = spanOf(query, asked)
  const begun = Math.min(last, countBegun(asked.days, asked.endMs))
  return begun > first ? toDate(asked.days.starts[begun]!) : null
}

function conditionsOf(query: Query, asked: Asked, source: RowSource): RawBuilder<boolean> {
  const { seq, days } = asked
  const { first, last } = spanOf(query, asked)
  const at = source.at
  const conditions = [...isAsked('fact', asked, seq), source.where(seq)]
  if (query.figure === 'backlog') {
    const end = backlogEnd(query, asked)
    if (end === null) return sql<boolean>`false`
    conditions.push(sql<boolean>`fact.at < ${end}`, source.isWaiting!(seq, end))
  } else {
    conditions.push(
      sql<boolean>`${at} >= ${toDate(days.starts[first]!)}`,
      sql<boolean>`${at} < ${toDate(days.starts[last]!)}`,
    )
  }
  if (query.isCounted && source.isCounted) conditions.push(source.isCounted(seq))
  if (query.by !== undefined && query.value !== undefined) conditions.push(isValue(query.by, query.value, source))
  return all(conditions)
}

const columns = { outcome: 'outcome', measure: 'measure', accountStatus: 'account_status' } as const

function isValue(by: NonNullable<Query['by']>, value: string, source: RowSource): RawBuilder<boolean> {
  const isPlace = (placeDimensions as readonly string[]).includes(by)
  if (!isPlace && !source.isOfDecision) throw fault('by', 'The figure is not told apart by this.')
  const column = isPlace ? by : columns[by as keyof typeof columns]
  return sql<boolean>`${sql.ref(`fact.${column}`)} = ${value}`
}

type Found = {
  seq: number
  at: Date
  id: string
  queue: string
  clause: string
  language: string
  platform: string
  source: string
  outcome: string | null
  measure: string | null
  account_status: string | null
  ms: number | null
  is_counted: boolean
  review_id: string | null
  number: number | null
  is_seen: boolean
}

type Page = {
  source: RowSource
  where: RawBuilder<boolean>
  asked: Asked
  query: Query
  cursor: Place | null
  isSeen: RawBuilder<boolean>
  seesAll: boolean
}

async function findPage(db: Db, { source, where, asked, query, cursor, isSeen, seesAll }: Page): Promise<Found[]> {
  const { seq } = asked
  const beyond = cursor
    ? sql`and (${source.at}, ${source.seq}) > (${new Date(cursor.at)}::timestamptz, ${cursor.seq}::bigint)`
    : sql``
  const end = query.figure === 'backlog' ? backlogEnd(query, asked) : null
  const until = end && asked.endMs !== null ? new Date(Math.min(end.getTime(), asked.endMs)) : null
  const decided = source.isOfDecision
    ? sql`fact.outcome, fact.measure, fact.account_status`
    : sql`null as outcome, null as measure, null as account_status`
  const { rows } = await sql<Found>`
    select page.*, review.number, coalesce(${isSeen}, ${seesAll} and page.review_id is null) as is_seen
    from (
      select ${source.seq} as seq, ${source.at} as at, ${source.id} as id, fact.queue, fact.clause, fact.language,
        fact.platform, fact.source, ${decided}, ${source.ms(seq, until)} as ms,
        ${source.isCounted?.(seq) ?? sql`true`} as is_counted, fact.review_id
      from ${source.from} where ${where} ${beyond}
      order by ${source.at}, ${source.seq} limit ${query.limit + 1}) as page
    left join review on review.id = page.review_id
    order by page.at, page.seq`.execute(db)
  return rows
}

async function countRows(db: Db, source: RowSource, where: RawBuilder<boolean>) {
  const { rows } = await sql<{ count: number }>`select count(*) from ${source.from} where ${where}`.execute(db)
  return { value: rows[0]!.count, exact: true }
}

const orNull = (value: string | null) => (value === noValue ? null : value)

/** What has left the reader's scope since stands for itself in the count, and tells nothing. */
const toRow =
  ({ kind }: RowSource) =>
  (row: Found): z.input<typeof ReportRow> => {
    const event = {
      seq: row.seq,
      at: row.at.toISOString(),
      kind,
      ms: row.ms === null ? null : Math.max(0, row.ms),
      isCounted: row.is_counted,
    }
    if (!row.is_seen) {
      const place = { queue: noValue, clause: null, language: null, platform: noValue, source: noValue }
      return { ...event, id: null, review: null, ...place, outcome: null, measure: null, accountStatus: null }
    }
    return {
      ...event,
      id: row.id,
      review:
        row.review_id && row.number !== null
          ? { id: row.review_id as ReviewId, reference: toReference(row.number) }
          : null,
      queue: row.queue,
      clause: orNull(row.clause),
      language: orNull(row.language),
      platform: row.platform,
      source: row.source,
      outcome: row.outcome,
      measure: orNull(row.measure),
      accountStatus: row.account_status,
    }
  }

type Place = { at: number; seq: number }

const writeCursor = ({ at, seq }: Found) => Buffer.from(JSON.stringify([at.getTime(), seq])).toString('base64url')

function readCursor(text: string | undefined): Place | null {
  if (text === undefined) return null
  const read = /^\[(-?\d{1,15}),(\d{1,15})\]$/.exec(Buffer.from(text, 'base64url').toString())
  if (!read) throw fault('cursor', 'Not a cursor of this list.')
  return { at: Number(read[1]), seq: Number(read[2]) }
}
