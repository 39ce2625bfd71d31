import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import { cutPage, readCursor, walk } from '#server/db/paging.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import { inScope, type Reader } from '#server/features/review/scope.queries.ts'
import type { AppealFilter, AppealRow, AppealSort, AppealTab, listAppeals } from '#shared/contract/appeals.ts'
import { type Down, downMs } from '#shared/domain/appeals.ts'
import type { AccountMeasure, Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import { type AppealRecord, decidersOf, toAppealReference } from './appeals.queries.ts'
import { findDown } from './verdicts.queries.ts'

type Filter = z.output<typeof AppealFilter>
type ListQuery = z.output<typeof listAppeals.query>
type Context = { reader: Reader; now: Date }

const orders = {
  due: { column: 'due_at', order: 'asc' },
  oldest: { column: 'filed_at', order: 'asc' },
  newest: { column: 'filed_at', order: 'desc' },
} as const satisfies Record<AppealSort, { column: 'due_at' | 'filed_at'; order: 'asc' | 'desc' }>

/** Counting stops here. */
const mostCounted = 10_000

/** One page, keyset-paged both ways; the count comes with the first page only. */
export async function findAppeals(db: Db, { tab, sort, limit, cursor: text, ...filter }: ListQuery, context: Context) {
  const cursor = readCursor(text, sort, 'time')
  const { column, order: own } = orders[sort]
  const { compare, order } = walk(cursor, own)
  const is = conditionsOf(tab, filter, context)
  const by = sql.ref(`appeal.${column}`)
  const beyond = cursor
    ? [sql<boolean>`(${by}, appeal.id) ${sql.raw(compare)} (${new Date(cursor.value)}, ${cursor.id}::uuid)`]
    : []
  const [rows, count] = await Promise.all([
    selectAppeals(
      db,
      [...is, ...beyond],
      context,
      sql`order by ${by} ${sql.raw(order)}, appeal.id ${sql.raw(order)} limit ${limit + 1}`,
    ),
    cursor ? null : countMatching(db, is),
  ])
  const place = (row: Row) => ({ value: row[column].getTime(), id: row.id })
  const { items, ...cursors } = cutPage(rows, { limit, cursor, sort, place })
  return { items: await toRows(db, items, context.now), ...cursors, count }
}

/** Rows of the appeals of these ids, as far as the reader sees them. */
export async function findAppealRow(db: Db | Tx, appealId: string, context: Context) {
  const found = await selectAppeals(
    db,
    [sql<boolean>`appeal.id = ${appealId}`, inScope(context.reader.scope)],
    context,
    sql``,
  )
  const [row] = await toRows(db, found, context.now)
  return row && { row, record: found[0]! }
}

type Row = AppealRecord & {
  outcome_then: Outcome
  decided_then: Date
  on_post: PostMeasure | null
  on_account: AccountMeasure | null
  review_number: number
  queue_id: string
  caption_excerpt: string
  handle: string
  platform: string
  is_own: boolean
}

async function selectAppeals(db: Db | Tx, is: RawBuilder<boolean>[], { reader }: Context, end: RawBuilder<unknown>) {
  const { rows } = await sql<Row>`
    select appeal.*, decision.outcome as outcome_then, decision.decided_at as decided_then,
      (select kind from measure where decision_id = decision.id and target = 'post') as on_post,
      (select kind from measure where decision_id = decision.id and target = 'account') as on_account,
      review.number as review_number, review.queue_id, review.caption_excerpt, review.handle, review.platform,
      ${reader.id} in (${decidersOf(sql`appeal.decision_id`)}) as is_own
    from appeal
    join decision on decision.id = appeal.decision_id
    join review on review.id = appeal.review_id
    where ${sql.join(is, sql` and `)} ${end}`.execute(db)
  return rows
}

const isHeldNow = (now: Date) => sql<boolean>`(appeal.holder_id is not null and appeal.held_until > ${now})`

function conditionsOf(tab: AppealTab, filter: Filter, { reader, now }: Context): RawBuilder<boolean>[] {
  const { clause, appellant, outcome, queue, platform, language, overdue, decision, account, from, to } = filter
  const isOneOf = (column: string, values: readonly string[]) =>
    sql<boolean>`${sql.ref(column)} = any(${values}::text[])`
  const conditions = [inScope(reader.scope)]
  if (tab === 'waiting') conditions.push(sql`appeal.state = 'waiting'`)
  if (tab === 'decided') conditions.push(sql`appeal.state <> 'waiting'`)
  if (tab === 'mine') conditions.push(isMine(reader, now))
  if (clause) conditions.push(isOneOf('appeal.policy_id', clause))
  if (appellant) conditions.push(isOneOf('appeal.appellant', appellant))
  if (outcome) conditions.push(isOneOf('appeal.outcome', outcome))
  if (language) conditions.push(isOneOf('appeal.language', language))
  if (queue) conditions.push(isOneOf('review.queue_id', queue))
  if (platform) conditions.push(isOneOf('review.platform', platform))
  if (decision) {
    conditions.push(sql`(appeal.decision_id = ${decision}::uuid or appeal.new_decision_id = ${decision}::uuid)`)
  }
  if (account) conditions.push(sql`appeal.account_id = ${account}::uuid`)
  if (overdue !== undefined) {
    const is = sql<boolean>`coalesce(appeal.decided_at, ${now}) > appeal.due_at and appeal.state <> 'withdrawn'`
    conditions.push(overdue ? is : sql`not (${is})`)
  }
  if (from) conditions.push(sql`appeal.filed_at >= ${new Date(from)}`)
  if (to) conditions.push(sql`appeal.filed_at < ${new Date(to)}`)
  return conditions
}

const isMine = ({ id }: Reader, now: Date) =>
  sql<boolean>`(appeal.decided_by = ${id} or appeal.holder_id = ${id} and ${isHeldNow(now)})`

async function countMatching(db: Db, is: RawBuilder<boolean>[]) {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from appeal join review on review.id = appeal.review_id
      where ${sql.join(is, sql` and `)} limit ${mostCounted + 1}
    ) as counted`.execute(db)
  const count = rows[0]!.count
  return { value: Math.min(count, mostCounted), exact: count <= mostCounted }
}

/** What waits in the reader's scope. */
export async function countWaiting(db: Db, { reader, now }: Context) {
  const { rows } = await sql<{ waiting: number; overdue: number; mine: number; oldest: Date | null }>`
    select count(*)::int as waiting, count(*) filter (where appeal.due_at < ${now})::int as overdue,
      count(*) filter (where appeal.holder_id = ${reader.id} and appeal.held_until > ${now})::int as mine,
      min(appeal.filed_at) as oldest
    from appeal join review on review.id = appeal.review_id
    where appeal.state = 'waiting' and ${inScope(reader.scope)}`.execute(db)
  const { oldest, ...counts } = rows[0]!
  return { ...counts, oldestFiledAt: oldest?.toISOString() ?? null }
}

const mostText = 200

async function toRows(db: Db | Tx, rows: Row[], now: Date): Promise<z.input<typeof AppealRow>[]> {
  const decided = rows.filter((row) => row.new_decision_id !== null)
  const down = await findDown(
    db,
    decided.map(({ id }) => id),
  )
  return rows.map((row) => toRow(row, down.get(row.id) ?? [], now))
}

function toRow(row: Row, down: Down[], now: Date): z.input<typeof AppealRow> {
  const isHeld = row.state === 'waiting' && row.holder_id !== null && row.held_until !== null && row.held_until > now
  return {
    id: row.id,
    reference: toAppealReference(row.number),
    state: row.state,
    appellant: row.appellant,
    textExcerpt: [...row.body].slice(0, mostText).join(''),
    language: row.language,
    filedAt: row.filed_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    isLate: row.late_reason !== null,
    holderId: isHeld ? row.holder_id : null,
    heldUntil: isHeld ? row.held_until!.toISOString() : null,
    isOwn: row.is_own,
    outcome: row.outcome,
    decidedById: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    newDecisionId: row.new_decision_id,
    wronglyDown: toWronglyDown(down),
    decision: {
      id: row.decision_id,
      outcome: row.outcome_then,
      clause: row.policy_id && row.policy_version ? { id: row.policy_id, version: row.policy_version } : null,
      postMeasure: row.on_post,
      accountMeasure: row.on_account,
      decidedAt: row.decided_then.toISOString(),
    },
    review: { id: row.review_id, reference: toReference(row.review_number), queueId: row.queue_id },
    account: { id: row.account_id, handle: row.handle, platform: row.platform },
    captionExcerpt: row.caption_excerpt,
  }
}

function toWronglyDown(down: Down[]): z.input<typeof AppealRow>['wronglyDown'] {
  if (down.length === 0) return null
  const ms = downMs(down)
  const since = new Date(Math.min(...down.map(({ from }) => from.getTime())))
  const until = ms === null ? null : new Date(Math.max(...down.map(({ to }) => to!.getTime())))
  return { since: since.toISOString(), until: until?.toISOString() ?? null, ms }
}
