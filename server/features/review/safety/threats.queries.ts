import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Scope } from '#server/http/route.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { ThreatReport } from '#shared/contract/safety.ts'
import { toReference } from '../review.queries.ts'
import { inQueues, inScope } from '../scope.queries.ts'

type Row = {
  id: string
  review_id: string
  number: number
  queue_id: string
  line: string
  raised_by: string
  raised_at: Date
  told: string | null
  told_at: Date | null
  closed_by: string | null
  closed_at: Date | null
  is_visible: boolean
}

/** More are not told at once; the count says how many there are. */
const mostOpen = 50

/**
 * Open ones of the queues in the scope, oldest first. Those in charge are told of one in a restricted review, too, but
 * only that it is there: life comes before who may look, and somebody must know whom to ask.
 */
export async function findOpenThreats(db: Db, scope: Scope, { isInCharge }: { isInCharge: boolean }) {
  const reviews = isInCharge ? inQueues(scope.queues) : inScope(scope)
  const rows = await select(db, scope, sql<boolean>`report.closed_at is null and ${reviews}`)
  return { items: rows.slice(0, mostOpen).map(toReport), count: rows.length }
}

/** All of one review, the newest first; none when it lies outside the scope. */
export async function findThreatsOf(db: Db, reviewId: string, scope: Scope) {
  const rows = await select(db, scope, sql<boolean>`report.review_id = ${reviewId} and ${inScope(scope)}`)
  return { items: rows.reverse().map(toReport), count: rows.length }
}

export async function getThreat(db: Db | Tx, threatId: string, scope: Scope): Promise<ThreatReport | undefined> {
  const [row] = await select(db, scope, sql<boolean>`report.id = ${threatId} and ${inScope(scope)}`)
  return row && toReport(row)
}

async function select(db: Db | Tx, scope: Scope, which: RawBuilder<boolean>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select report.*, review.number, review.queue_id, ${inScope(scope)} as is_visible
    from threat_report as report join review on review.id = report.review_id
    where ${which}
    order by report.raised_at, report.id`.execute(db)
  return rows
}

function toReport(row: Row): ThreatReport {
  return {
    id: row.id,
    isHidden: !row.is_visible,
    reviewId: row.is_visible ? (row.review_id as ReviewId) : null,
    reference: row.is_visible ? toReference(row.number) : null,
    line: row.is_visible ? row.line : null,
    queueId: row.queue_id,
    raisedById: row.raised_by,
    raisedAt: row.raised_at.toISOString(),
    told: row.is_visible ? row.told : null,
    toldAt: row.told_at?.toISOString() ?? null,
    closedById: row.closed_by,
    closedAt: row.closed_at?.toISOString() ?? null,
  }
}

type NewThreat = { id: string; review_id: string; line: string; raised_by: string; raised_at: Date }

/** Adds a report and marks its review, which is locked; the mark keeps the time of the first. */
export async function insertThreat(tx: Tx, threat: NewThreat) {
  await tx.insertInto('threat_report').values(threat).execute()
  await tx
    .updateTable('review')
    .set({ threat_at: threat.raised_at })
    .where('id', '=', threat.review_id)
    .where('threat_at', 'is', null)
    .execute()
}

/** The review of a report, which is to be locked before the report is. */
export function getReviewOfThreat(tx: Tx, threatId: string) {
  return tx.selectFrom('threat_report').select(['review_id', 'closed_at']).where('id', '=', threatId).executeTakeFirst()
}

type Closing = { told: string; told_at: Date | null; closed_by: string; closed_at: Date }

/** Closes an open report of a locked review. Where all turned out to be none, the review is not marked any more. */
export async function closeThreat(tx: Tx, threatId: string, reviewId: string, closing: Closing): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('threat_report')
    .set(closing)
    .where('id', '=', threatId)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  await sql`
    update review set threat_at = null where id = ${reviewId} and not exists (
      select from threat_report where review_id = ${reviewId} and (closed_at is null or told_at is not null))`.execute(
    tx,
  )
  return numUpdatedRows > 0n
}
