import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { cutPage, readCursor } from '#server/db/paging.ts'
import { countKeys, findKeys, mostCounted, type Range, toCount } from '#server/db/ranges.ts'
import type { AccountTable } from '#server/db/schema/subjects.ts'
import { isUndone } from '#server/features/review/decisions/undo.queries.ts'
import { inScope, isAccountInScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { AccountFilter, AccountRow, listAccounts } from '#shared/contract/accounts.ts'
import { isNewAccount, newAccountMs } from '#shared/domain/priority.ts'
import { AccountStatus } from '#shared/domain/words.ts'

type ListQuery = z.output<typeof listAccounts.query>
type Filter = z.output<typeof AccountFilter>
type Context = { scope: Scope; now: Date }

/** One page, keyset-paged both ways; the count comes with the first page only. */
export async function findAccounts(db: Db, { sort, limit, cursor: text, ...filter }: ListQuery, context: Context) {
  const cursor = readCursor(text, sort, 'time')
  const ranges = rangesOf(filter, context)
  const [keys, count] = await Promise.all([
    findKeys(db, ranges, { cursor, order: sort === 'newest' ? 'desc' : 'asc', limit }),
    cursor ? null : countKeys(db, ranges),
  ])
  const place = ({ at, id }: (typeof keys)[number]) => ({ value: at.getTime(), id })
  const { items, ...cursors } = cutPage(keys, { limit, cursor, sort, place })
  const ids = items.map(({ id }) => id)
  return { items: await findAccountRows(db, ids, context), ...cursors, count }
}

const at = sql`account.first_seen_at`
const id = sql`account.id`
const plain: Omit<Range, 'where'> = { from: sql`account`, at, id }

function rangesOf({ platform, status, new: isNew, q }: Filter, { scope, now }: Context): Range[] {
  const where: RawBuilder<boolean>[] = []
  if (isNew !== undefined) {
    const after = sql<boolean>`account.created_at > ${new Date(now.getTime() - newAccountMs)}`
    where.push(isNew ? after : sql`${after} is not true`)
  }
  where.push(...accountsSeen(scope))
  if (q) {
    if (platform) where.push(sql`account.platform = any(${platform}::text[])`)
    if (status) where.push(sql`account.status = any(${status}::text[])`)
    return [{ ...plain, from: sql`${named(q)} as named join account on account.id = named.id`, where }]
  }
  // An index keeps its order under one platform and one status only.
  if (platform) {
    return platform.flatMap((one) =>
      (status ?? AccountStatus.options).map((each) => ({
        ...plain,
        where: [sql<boolean>`account.platform = ${one}`, sql<boolean>`account.status = ${each}`, ...where],
      })),
    )
  }
  if (status) {
    return status.map((each) => ({ ...plain, where: [sql<boolean>`account.status = ${each}`, ...where] }))
  }
  return [{ ...plain, where }]
}

/** The same as `isAccountInScope`, which reads no review but a restricted one for those who see all queues. */
export function accountsSeen(scope: Scope): RawBuilder<boolean>[] {
  if (scope.queues !== null) return [isAccountInScope(scope)]
  if (scope.seesRestricted) return []
  const isUnsuspected = sql<boolean>`not exists (
    select from review where review.account_id = account.id and review.is_restricted)`
  return [sql`(${isUnsuspected} or ${isAccountInScope(scope)})`]
}

/** Accounts whose handle, display name or id at the platform begins so; of each at most as many as are counted. */
function named(q: string) {
  const prefix = sql`lower(${q})`
  const columns = ['handle', 'display_name', 'external_id'].map((column) => {
    const value = sql`(lower(${sql.ref(column)}) collate "C")`
    return sql`(select id from account where ${value} >= ${prefix} and ${value} < ${prefix} || ${'\u{10FFFF}'}
      order by ${value} limit ${mostCounted + 1})`
  })
  return sql`(${sql.join(columns, sql` union `)})`
}

type Row = Selectable<AccountTable> & { figures: Figures }
type Figures = { flags: number; posts: number; open: number; decisions: number }

/** In the order given, counted within the scope. */
export async function findAccountRows(db: Db, ids: string[], { scope, now }: Context) {
  if (ids.length === 0) return []
  const { rows } = await sql<Row>`
    select account.*, json_build_object('flags', work.flags, 'posts', work.posts, 'open', work.open,
      'decisions', decided.count) as figures
    from account
    cross join lateral (
      select coalesce(sum(flag_count), 0) as flags, count(distinct post_id) as posts,
        count(*) filter (where state <> 'decided') as open
      from (
        select flag_count, post_id, state from review
        where review.account_id = account.id and ${inScope(scope)} limit ${mostCounted + 1}
      ) as each
    ) as work
    cross join lateral (
      select count(*) from (
        select from decision join review on review.id = decision.review_id
        where decision.account_id = account.id and ${inScope(scope)} and not ${isUndone('decision')} limit ${mostCounted + 1}
      ) as each
    ) as decided
    where account.id = any(${ids}::uuid[])`.execute(db)
  const rowOf = new Map(rows.map((row) => [row.id, row]))
  return ids.map((each) => toAccountRow(rowOf.get(each)!, now))
}

function toAccountRow({ figures, ...row }: Row, now: Date): AccountRow {
  return {
    id: row.id,
    platform: row.platform,
    externalId: row.external_id,
    kind: row.kind,
    handle: row.handle,
    displayName: row.display_name,
    status: row.status,
    statusSince: row.status_since?.toISOString() ?? null,
    createdAt: row.created_at?.toISOString() ?? null,
    firstSeenAt: row.first_seen_at.toISOString(),
    isNew: isNewAccount(row.created_at, now),
    counts: {
      flags: toCount(figures.flags),
      posts: toCount(figures.posts),
      decisions: toCount(figures.decisions),
      openReviews: toCount(figures.open),
    },
  }
}
