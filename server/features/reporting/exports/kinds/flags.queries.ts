import { sql } from 'kysely'
import { conditionsOf } from '#server/features/reporters/flag-list.queries.ts'
import { exportFilters } from '#shared/contract/exports.ts'
import {
  all,
  type ExportColumn,
  flag,
  type Kind,
  link,
  number,
  restriction,
  text,
  time,
  truth,
  unlessRestricted,
  within,
} from './columns.queries.ts'

/** Flags by when they came in; who sent them only for those who may know. */
export const flags: Kind = (_db, { filter: asked, span, reader, showsReporters }) => {
  const { sort: _, reporter, account, ...filter } = exportFilters.flags.parse(asked)
  const where = all([
    ...conditionsOf({ ...filter, ...(showsReporters && { reporter }) }, reader.scope),
    ...(account ? [sql<boolean>`flag.account_id = ${account}::uuid`] : []),
    ...within('flag.received_at', span),
  ])
  return {
    columns: showsReporters ? [...columns, ...ofReporters] : columns,
    counted: sql`select count(*) from flag where ${where}`,
    from: sql`
      from flag
      join account on account.id = flag.account_id
      left join post on post.id = flag.post_id
      left join review on review.id = flag.review_id
      left join policy on policy.id = flag.policy_id
      left join reporter on reporter.id = flag.reporter_id
      join snapshot as seen on seen.id = flag.snapshot_id
      ${restriction(sql`policy.is_restricted or review.is_restricted`)}
      where ${where}
      order by flag.received_at, flag.id`,
  }
}

const columns: ExportColumn[] = [
  text('flag id', sql`flag.id`),
  text('source', sql`flag.source_kind`),
  text('source name', sql`flag.source_name`),
  text('flag id at source', sql`flag.external_id`),
  text('reason code', sql`flag.reason_code`),
  text('suspected clause', sql`policy.code`),
  text('suspected clause id', sql`flag.policy_id`),
  text('reason', unlessRestricted(sql`flag.reason_text`)),
  number('score', sql`flag.score`),
  time('flagged (UTC)', sql`flag.flagged_at`),
  time('received (UTC)', sql`flag.received_at`),
  text('effect', sql`flag.effect`),
  text('review', sql`'DKT-' || review.number`),
  text('review id', sql`flag.review_id`),
  text('platform', sql`account.platform`),
  text('account', unlessRestricted(sql`account.handle`), unlessRestricted(sql`seen.account_state ->> 'handle'`)),
  text('account id at platform', unlessRestricted(sql`account.external_id`)),
  text('account id', sql`flag.account_id`),
  link('post link', unlessRestricted(sql`post.url`), unlessRestricted(sql`seen.url`)),
  text('post id at platform', unlessRestricted(sql`post.external_id`)),
  time('set aside (UTC)', sql`flag.set_aside_at`, null),
  flag('restricted', truth(sql`restriction.applies`)),
]

const ofReporters: ExportColumn[] = [
  text('reporter id', sql`flag.reporter_id`),
  text('reporter', sql`coalesce(reporter.name, reporter.external_id)`, null),
]
