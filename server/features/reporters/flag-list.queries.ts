import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { cutPage, readCursor } from '#server/db/paging.ts'
import { all, countKeys, findKeys, pickRanges, type Range } from '#server/db/ranges.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import { AppError } from '#server/http/errors.ts'
import type { Scope } from '#server/http/route.ts'
import type { FlagFilter, ListedFlag, listFlags } from '#shared/contract/reporters.ts'
import { isMuted } from '#shared/domain/reporters.ts'
import type { SourceKind } from '#shared/domain/words.ts'

type ListQuery = z.output<typeof listFlags.query>
type Filter = z.output<typeof FlagFilter>
type Context = { scope: Scope; now: Date /** Whether the reader may know reporters. */; showsReporters: boolean }
type Source = { source_kind: SourceKind; source_name: string }

/**
 * One page, keyset-paged both ways; the count comes with the first page only.
 *
 * @throws AppError `forbidden` when asked for a reporter by somebody who may not know them
 */
export async function findFlagList(db: Db, { sort, limit, cursor: text, ...filter }: ListQuery, context: Context) {
  if (filter.reporter && !context.showsReporters) throw new AppError('forbidden', 'Reporters are masked.')
  const cursor = readCursor(text, sort, 'time')
  const needsSources = !cursor || filter.source || filter.sourceName
  const sources = needsSources ? await findSources(db) : []
  const ranges = await pickRanges(db, waysTo(filter, sources, context.scope))
  const [keys, count] = await Promise.all([
    findKeys(db, ranges, { cursor, order: sort === 'newest' ? 'desc' : 'asc', limit }),
    cursor ? null : countKeys(db, ranges),
  ])
  const place = ({ at, id }: (typeof keys)[number]) => ({ value: at.getTime(), id })
  const { items, ...cursors } = cutPage(keys, { limit, cursor, sort, place })
  const flags = await findListed(
    db,
    items.map(({ id }) => id),
    context,
  )
  const names = [...new Set(sources.map((source) => source.source_name))].sort()
  return { items: flags, ...cursors, count, sourceNames: cursor ? null : names }
}

/** Who sends flags, of which kinds: one step down the index for each. */
export async function findSources(db: Db): Promise<Source[]> {
  const { rows } = await sql<Source>`
    with recursive found as (
      (select source_kind, source_name from flag order by source_kind, source_name limit 1)
      union all
      select next.source_kind, next.source_name from found cross join lateral (
        select source_kind, source_name from flag
        where (source_kind, source_name) > (found.source_kind, found.source_name)
        order by source_kind, source_name limit 1
      ) as next
    )
    select * from found`.execute(db)
  return rows
}

const base: Omit<Range, 'where'> = { from: sql`flag`, at: sql`flag.received_at`, id: sql`flag.id` }
const ofReviews: Omit<Range, 'where'> = { ...base, from: sql`review as own join flag on flag.review_id = own.id` }

/** The ways to the flags under the filter, each a set of ranges that holds them all: one for every filter with an index. */
function waysTo(filter: Filter, sources: Source[], scope: Scope): Range[][] {
  const where = conditionsOf(filter, scope)
  const each = (conditions: RawBuilder<boolean>[]) =>
    conditions.map((is): Range => ({ ...base, first: { table: base.from, is }, where: [is, ...where] }))
  const { account, reporter, effect, policy, source, sourceName, setAside } = filter
  const ways: Range[][] = []
  if (account) {
    ways.push([
      { ...ofReviews, where: [sql<boolean>`own.account_id = ${account}::uuid`, ...where] },
      ...each([sql`flag.review_id is null and flag.account_id = ${account}::uuid`]),
    ])
  }
  if (reporter) ways.push(each([sql`flag.reporter_id = ${reporter}::uuid`]))
  if (setAside) ways.push(each([sql`flag.set_aside_at is not null`]))
  if (policy) ways.push(each(policy.map(isSuspected)))
  if (source || sourceName) {
    const asked = sources.filter(
      ({ source_kind, source_name }) =>
        (!source || source.includes(source_kind)) && (!sourceName || sourceName.includes(source_name)),
    )
    const isFrom = asked.map(
      ({ source_kind, source_name }) =>
        sql<boolean>`flag.source_kind = ${source_kind} and flag.source_name = ${source_name}`,
    )
    ways.push(each(isFrom))
  }
  if (effect) ways.push(each(effect.map((one) => sql`flag.effect = ${one}`)))
  return ways.length > 0 ? ways : [[{ ...base, where }]]
}

const isSuspected = (policy: string) =>
  policy === 'unsorted' ? sql<boolean>`flag.policy_id is null` : sql<boolean>`flag.policy_id = ${policy}`

export function conditionsOf(filter: Filter, scope: Scope): RawBuilder<boolean>[] {
  const { reporter, effect, policy, source, sourceName, setAside, from, to } = filter
  const conditions: RawBuilder<boolean>[] = []
  if (reporter) conditions.push(sql`flag.reporter_id = ${reporter}::uuid`)
  if (effect) conditions.push(sql`flag.effect = any(${effect}::text[])`)
  if (policy) conditions.push(sql`(${sql.join(policy.map(isSuspected), sql` or `)})`)
  if (source) conditions.push(sql`flag.source_kind = any(${source}::text[])`)
  if (sourceName) conditions.push(sql`flag.source_name = any(${sourceName}::text[])`)
  if (setAside !== undefined) conditions.push(sql`(flag.set_aside_at is not null) = ${setAside}`)
  if (from) conditions.push(sql`flag.received_at >= ${new Date(from)}`)
  if (to) conditions.push(sql`flag.received_at < ${new Date(to)}`)
  conditions.push(...isFlagInScope(scope))
  return conditions
}

/** On `flag`: its review is in the scope. One without a review is seen by those who see all queues. */
export function isFlagInScope(scope: Scope): RawBuilder<boolean>[] {
  if (scope.queues === null && scope.seesRestricted) return []
  if (scope.queues !== null) {
    return [sql`exists (select from review where review.id = flag.review_id and ${inScope(scope)})`]
  }
  return [
    sql`not exists (select from review where review.id = flag.review_id and review.is_restricted)`,
    sql`(flag.review_id is not null
      or not exists (select from policy where policy.id = flag.policy_id and policy.is_restricted))`,
  ]
}

/** In the order given. */
async function findListed(db: Db, ids: string[], { now, showsReporters }: Context) {
  if (ids.length === 0) return []
  const rows = await selectListed(db, ids)
  const rowOf = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => toListed(rowOf.get(id)!, now, showsReporters))
}

function selectListed(db: Db, ids: string[]) {
  return db
    .selectFrom('flag')
    .innerJoin('account', 'account.id', 'flag.account_id')
    .leftJoin('review', 'review.id', 'flag.review_id')
    .leftJoin('reporter', 'reporter.id', 'flag.reporter_id')
    .select(['flag.id', 'flag.source_kind', 'flag.source_name', 'flag.external_id', 'flag.reason_code'])
    .select(['flag.policy_id', 'flag.reason_text', 'flag.score', 'flag.effect', 'flag.flagged_at', 'flag.received_at'])
    .select(['flag.set_aside_at', 'flag.account_id', 'account.handle', 'account.platform', 'flag.review_id'])
    .select(['review.number', 'review.caption_excerpt', 'reporter.id as reporter_id', 'reporter.name'])
    .select(['reporter.external_id as reporter_external_id', 'reporter.trusted_weight'])
    .select(['reporter.muted_at', 'reporter.muted_until'])
    .where(all([sql`flag.id = any(${ids}::uuid[])`]))
    .execute()
}

type Row = Awaited<ReturnType<typeof selectListed>>[number]

function toListed(row: Row, now: Date, showsReporters: boolean): ListedFlag {
  return {
    id: row.id,
    source: { kind: row.source_kind, name: row.source_name, externalId: row.external_id },
    reasonCode: row.reason_code,
    policy: row.policy_id,
    text: row.reason_text,
    score: row.score,
    effect: row.effect,
    flaggedAt: row.flagged_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    setAsideAt: row.set_aside_at?.toISOString() ?? null,
    reporter:
      showsReporters && row.reporter_id
        ? {
            id: row.reporter_id,
            name: row.name ?? row.reporter_external_id ?? '',
            isTrusted: row.trusted_weight !== null,
            isMuted: isMuted(row, now),
          }
        : null,
    account: { id: row.account_id, handle: row.handle, platform: row.platform },
    review: row.review_id && row.number ? { id: row.review_id, reference: toReference(row.number) } : null,
    captionExcerpt: row.caption_excerpt,
  }
}
