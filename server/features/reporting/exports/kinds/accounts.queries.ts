import { type RawBuilder, sql } from 'kysely'
import { accountsSeen } from '#server/features/accounts/account-list.queries.ts'
import { isUndone } from '#server/features/review/decisions/undo.queries.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import { exportFilters } from '#shared/contract/exports.ts'
import { newAccountMs } from '#shared/domain/priority.ts'
import { all, type ExportColumn, int, isOneOf, type Kind, text, time, within } from './columns.queries.ts'

/** Accounts by when they were first heard of, counted within the reader's scope. */
export const accounts: Kind = (_db, { filter: asked, span, isClosed, reader }) => {
  const { platform, status, new: isNew, q } = exportFilters.accounts.parse(asked)
  const where = all([
    ...accountsSeen(reader.scope),
    ...within('account.first_seen_at', span),
    ...isOneOf('account.platform', platform),
    ...isOneOf('account.status', status),
    ...(isNew === undefined ? [] : [sql<boolean>`(${isYoung} is true) = ${isNew}`]),
    ...(q ? [named(q)] : []),
  ])
  const before = (column: string) => (isClosed ? sql`and ${sql.ref(column)} < ${span.to}` : sql``)
  return {
    columns,
    counted: sql`select count(*) from account where ${where}`,
    from: sql`
      from account
      left join (
        select review.account_id, count(distinct review.post_id) as posts,
          count(*) filter (where review.state <> 'decided') as waiting
        from review where ${inScope(reader.scope)} ${before('review.opened_at')} group by review.account_id
      ) as work on work.account_id = account.id
      left join (
        select flag.account_id, count(*) as flags from flag join review on review.id = flag.review_id
        where ${inScope(reader.scope)} ${before('flag.received_at')} group by flag.account_id
      ) as flagged on flagged.account_id = account.id
      left join (
        select decision.account_id, count(*) as decisions, count(*) filter (where decision.outcome = 'violation') as violations
        from decision join review on review.id = decision.review_id
        where ${inScope(reader.scope)} and not ${isUndone('decision')} ${before('decision.decided_at')}
        group by decision.account_id
      ) as decided on decided.account_id = account.id
      ${isClosed ? asItWas(span.to!) : sql``}
      where ${where}
      order by account.first_seen_at, account.id`,
  }
}

const isYoung = sql<boolean>`account.created_at > now() - ${sql.lit(`${newAccountMs} ms`)}::interval`

const named = (q: string): RawBuilder<boolean> => {
  const begins = (column: string) => sql`lower(${sql.ref(`account.${column}`)}) collate "C" ^@ lower(${q}::text)`
  return sql<boolean>`(${begins('handle')} or ${begins('display_name')} or ${begins('external_id')})`
}

/** What had been said of it by then, and how it called itself on the last snapshot. */
const asItWas = (at: Date) => sql`
  left join lateral (
    select status, since from account_status where account_id = account.id and recorded_at < ${at}
    order by since desc, recorded_at desc, id desc limit 1
  ) as known on true
  left join lateral (
    select account_state from snapshot where account_id = account.id and captured_at < ${at}
    order by captured_at desc, id desc limit 1
  ) as last_seen on true`

const columns: ExportColumn[] = [
  text('account id', sql`account.id`),
  text('platform', sql`account.platform`),
  text('account id at platform', sql`account.external_id`),
  text('account', sql`account.handle`, sql`last_seen.account_state ->> 'handle'`),
  text('display name', sql`account.display_name`, sql`last_seen.account_state ->> 'displayName'`),
  text('kind', sql`account.kind`, null),
  text('status', sql`account.status`, sql`coalesce(known.status, last_seen.account_state ->> 'status')`),
  time('status since (UTC)', sql`account.status_since`, sql`known.since`),
  text('status cause', sql`account.status_cause`, null),
  time('opened at platform (UTC)', sql`account.created_at`, null),
  time('first heard of (UTC)', sql`account.first_seen_at`),
  int('posts', sql`coalesce(work.posts, 0)`),
  int('flags', sql`coalesce(flagged.flags, 0)`),
  int('decisions', sql`coalesce(decided.decisions, 0)`),
  int('violations', sql`coalesce(decided.violations, 0)`),
  int('reviews waiting', sql`coalesce(work.waiting, 0)`, null),
]
