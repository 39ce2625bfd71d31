import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import { cutPage, readCursor, walk } from '#server/db/paging.ts'
import { all, mostCounted, toCount } from '#server/db/ranges.ts'
import type { ReporterTable } from '#server/db/schema/flags.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { listReporters, ReporterDetail, ReporterFilter, ReporterRow } from '#shared/contract/reporters.ts'
import { isMuted } from '#shared/domain/reporters.ts'
import { fewest, shareOf } from '#shared/domain/share.ts'
import { FlagEffect } from '#shared/domain/words.ts'
import { isFlagInScope } from './flag-list.queries.ts'

type ListQuery = z.output<typeof listReporters.query>
type Filter = z.output<typeof ReporterFilter>
type Context = { scope: Scope; now: Date }

/** Who is busy is told by the newest flags of all, how somebody does by their own newest. */
const newest = { ofAll: 10_000, ofOne: 1_000 }

type Listed = { id: string; recent: number; total: number }

/** One page, keyset-paged both ways; the count comes with the first page only. */
export async function findReporters(db: Db, { sort, limit, cursor: text, ...filter }: ListQuery, context: Context) {
  const cursor = readCursor(text, sort)
  const { compare, order } = walk(cursor, 'desc')
  const where = conditionsOf(filter, context)
  const [than, way] = [sql.raw(compare), sql.raw(order)]
  const { rows } = await (sort === 'busiest'
    ? sql<Listed>`
        select id, recent, count(*) over () as total from ${busiest(where, context.scope)} as listed
        ${cursor ? sql`where (recent, id) ${than} (${cursor.value}::int, ${cursor.id}::uuid)` : sql``}
        order by recent ${way}, id ${way} limit ${limit + 1}`
    : sql<Listed>`
        select id, 0 as recent, 0 as total from ${everybody(where, context.scope)} as listed
        ${cursor ? sql`where id ${than} ${cursor.id}::uuid` : sql``} order by id ${way} limit ${limit + 1}`
  ).execute(db)
  const place = ({ id, recent }: Listed) => ({ value: recent, id })
  const { items, ...cursors } = cutPage(rows, { limit, cursor, sort, place })
  const found = await findReporterRows(
    db,
    items.map(({ id }) => id),
    context,
  )
  const recents = new Map(items.map(({ id, recent }) => [id, recent]))
  const rowsWithRecent = found.map((row) => ({ ...row, recent: sort === 'busiest' ? recents.get(row.id)! : null }))
  const total = sort === 'busiest' ? (rows[0]?.total ?? 0) : null
  const count = cursor ? null : total === null ? await countEverybody(db, where, context.scope) : toCount(total)
  return { items: rowsWithRecent, ...cursors, count }
}

function conditionsOf({ sourceName, trusted, muted, q }: Filter, { now }: Context): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = []
  const isMutedNow = sql<boolean>`(reporter.muted_at is not null
    and (reporter.muted_until is null or reporter.muted_until > ${now}))`
  if (sourceName) conditions.push(sql`reporter.source_name = any(${sourceName}::text[])`)
  if (trusted !== undefined)
    conditions.push(trusted ? sql`reporter.trusted_weight is not null` : sql`reporter.trusted_weight is null`)
  if (muted !== undefined) conditions.push(muted ? isMutedNow : sql`not ${isMutedNow}`)
  if (q) conditions.push(sql`reporter.id in ${named(q)}`)
  return conditions
}

/** Reporters whose name or id begins so; of each at most as many as are counted. */
function named(q: string) {
  const columns = ['name', 'external_id'].map((column) => {
    const value = sql`(lower(${sql.ref(column)}) collate "C")`
    return sql`(select id from reporter where ${value} >= lower(${q}) and ${value} < lower(${q}) || ${'\u{10FFFF}'}
      order by ${value} limit ${mostCounted + 1})`
  })
  return sql`(${sql.join(columns, sql` union `)})`
}

/** Those of the newest flags of all, with how many of them are theirs. */
function busiest(where: RawBuilder<boolean>[], scope: Scope) {
  return sql`(
    select reporter.id, tally.recent from (
      select reporter_id, count(*)::int as recent from (
        select reporter_id from flag where ${all(isFlagInScope(scope))}
        order by received_at desc, id desc limit ${newest.ofAll}
      ) as newest
      where reporter_id is not null group by reporter_id
    ) as tally
    join reporter on reporter.id = tally.reporter_id
    where ${all(where)}
  )`
}

/** The one who was heard of last first. */
function everybody(where: RawBuilder<boolean>[], scope: Scope) {
  return sql`(select reporter.id from reporter where ${all([...where, isReporterInScope(scope)])})`
}

/** On `reporter`: some flag of theirs is in the scope. */
function isReporterInScope(scope: Scope): RawBuilder<boolean> {
  const conditions = isFlagInScope(scope)
  if (conditions.length === 0) return sql<boolean>`true`
  return sql<boolean>`exists (select from flag where flag.reporter_id = reporter.id and ${all(conditions)})`
}

async function countEverybody(db: Db, where: RawBuilder<boolean>[], scope: Scope) {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from ${everybody(where, scope)} as listed limit ${mostCounted + 1}) as found`.execute(
    db,
  )
  return toCount(rows[0]!.count)
}

type Row = Selectable<ReporterTable> & {
  flags: number
  latest_at: Date | null
  upheld: number
  dismissed: number
  exempt: number
}

/** Of a flag with its review, where it has one. */
function isShown(scope: Scope): RawBuilder<boolean> {
  if (scope.queues !== null) return sql<boolean>`(review.id is not null and ${inScope(scope)})`
  return sql<boolean>`(case when review.id is not null then ${inScope(scope)} else ${scope.seesRestricted}
    or not exists (select from policy where policy.id = flag.policy_id and policy.is_restricted) end)`
}

/** In the order given, by their newest flags within the scope. */
async function findReporterRows(db: Db | Tx, ids: string[], { scope, now }: Context): Promise<ReporterRow[]> {
  if (ids.length === 0) return []
  const ended = (outcome: string) => sql`count(distinct review.id) filter (where flag.set_aside_at is null
    and review.state = 'decided' and review.outcome = ${outcome} and ${isShown(scope)})::int`
  const { rows } = await sql<Row>`
    select reporter.*, work.*
    from reporter
    cross join lateral (
      select count(*) filter (where ${isShown(scope)})::int as flags,
        max(flag.received_at) filter (where ${isShown(scope)}) as latest_at,
        ${ended('violation')} as upheld, ${ended('no_violation')} as dismissed, ${ended('exempt')} as exempt
      from (
        select review_id, policy_id, set_aside_at, received_at from flag where reporter_id = reporter.id
        order by received_at desc, id desc limit ${newest.ofOne}
      ) as flag
      left join review on review.id = flag.review_id
    ) as work
    where reporter.id = any(${ids}::uuid[])`.execute(db)
  const rowOf = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = rowOf.get(id)
    return row ? [toReporterRow(row, now)] : []
  })
}

function toReporterRow(row: Row, now: Date): ReporterRow {
  const { upheld, dismissed, exempt, flags } = row
  const isCut = flags >= newest.ofOne
  return {
    id: row.id,
    sourceName: row.source_name,
    externalId: row.external_id,
    name: row.name,
    trustedWeight: row.trusted_weight,
    muted: isMuted(row, now)
      ? { since: row.muted_at!.toISOString(), until: row.muted_until?.toISOString() ?? null, byId: row.muted_by }
      : null,
    flags: { value: flags, exact: !isCut },
    recent: null,
    latestAt: row.latest_at?.toISOString() ?? null,
    outcomes: {
      upheld,
      dismissed,
      exempt,
      share: shareOf(upheld, upheld + dismissed),
      isFew: upheld + dismissed < fewest,
      isCut,
    },
  }
}

/** Null when there is none in the scope. */
export async function getReporterDetail(
  db: Db | Tx,
  reporterId: string,
  context: Context,
): Promise<ReporterDetail | null> {
  const known = await db
    .selectFrom('reporter')
    .select('id')
    .where('id', '=', reporterId)
    .where(isReporterInScope(context.scope))
    .executeTakeFirst()
  if (!known) return null
  const [[row], effects] = await Promise.all([
    findReporterRows(db, [reporterId], context),
    countEffects(db, reporterId, context.scope),
  ])
  return row ? { ...row, ...effects } : null
}

/** Each counts by itself, so that a long one hides no short one. */
async function countEffects(db: Db | Tx, reporterId: string, scope: Scope) {
  const countOf = (condition: RawBuilder<boolean>) => sql`(select count(*) from (
    select from flag where ${all([sql`reporter_id = ${reporterId}::uuid`, condition, ...isFlagInScope(scope)])}
    limit ${mostCounted + 1}) as each)`
  const asked = [
    sql<boolean>`true`,
    ...FlagEffect.options.map((effect) => sql<boolean>`effect = ${effect}`),
    sql<boolean>`set_aside_at is not null`,
  ]
  const { rows } = await sql<{ counts: number[] }>`
    select array[${sql.join(asked.map(countOf))}]::int[] as counts`.execute(db)
  const [flags, opened, joined, recorded, muted, setAside] = rows[0]!.counts.map(toCount)
  return {
    flags: flags!,
    effects: { opened: opened!, joined: joined!, recorded: recorded!, muted: muted! },
    setAside: setAside!,
  }
}

/** Until the transaction ends; undefined when there is none in the scope. */
export function lockReporter(tx: Tx, reporterId: string, scope: Scope) {
  return tx
    .selectFrom('reporter')
    .selectAll()
    .where('id', '=', reporterId)
    .where(isReporterInScope(scope))
    .forNoKeyUpdate()
    .executeTakeFirst()
}

type Marks = Partial<Pick<Selectable<ReporterTable>, 'trusted_weight' | 'muted_at' | 'muted_by' | 'muted_until'>>

export async function markReporter(tx: Tx, reporterId: string, marks: Marks) {
  await tx.updateTable('reporter').set(marks).where('id', '=', reporterId).execute()
}
