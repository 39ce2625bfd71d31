import { sql } from 'kysely'
import { inScope } from '#server/features/review/scope.queries.ts'
import { exportFilters } from '#shared/contract/exports.ts'
import {
  all,
  type ExportColumn,
  flag,
  int,
  isOneOf,
  type Kind,
  restriction,
  text,
  time,
  truth,
  unlessRestricted,
  within,
} from './columns.queries.ts'

/** Appeals by when they were filed. */
export const appeals: Kind = (_db, { filter: asked, span, isClosed, reader }) => {
  const { queue } = exportFilters.appeals.parse(asked)
  const where = all([inScope(reader.scope), ...within('appeal.filed_at', span), ...isOneOf('review.queue_id', queue)])
  const isKnown = isClosed ? sql`appeal.decided_at < ${span.to}` : sql`true`
  return {
    columns,
    counted: sql`select count(*) from appeal join review on review.id = appeal.review_id where ${where}`,
    from: sql`
      from appeal
      join review on review.id = appeal.review_id
      join account on account.id = appeal.account_id
      left join policy on policy.id = appeal.policy_id
      cross join lateral (select coalesce(${isKnown}, false) as yes) as known
      ${restriction(sql`policy.is_restricted or review.is_restricted`)}
      where ${where}
      order by appeal.filed_at, appeal.id`,
  }
}

const ifKnown = (column: string) => sql`case when known.yes then ${sql.ref(`appeal.${column}`)} end`

const columns: ExportColumn[] = [
  text('appeal', sql`'APL-' || appeal.number`),
  text('appeal id', sql`appeal.id`),
  text('decision id', sql`appeal.decision_id`),
  text('review', sql`'DKT-' || review.number`),
  text('review id', sql`appeal.review_id`),
  text('platform', sql`account.platform`),
  text('account id at platform', unlessRestricted(sql`account.external_id`)),
  text('clause', sql`policy.code`),
  text('clause id', sql`appeal.policy_id`),
  int('clause version', sql`appeal.policy_version`),
  text('filed as', sql`appeal.appellant`),
  text('language', sql`appeal.language`),
  text('what it says', unlessRestricted(sql`appeal.body`)),
  text('source name', sql`appeal.source_name`),
  time('filed (UTC)', sql`appeal.filed_at`),
  time('due (UTC)', sql`appeal.due_at`),
  text('state', sql`appeal.state`, sql`case when known.yes then 'decided' else 'undecided' end`),
  text('outcome', ifKnown('outcome')),
  text('rationale', ifKnown('rationale')),
  text('decided by id', ifKnown('decided_by')),
  time('decided (UTC)', ifKnown('decided_at')),
  text('new decision id', ifKnown('new_decision_id')),
  int('wrongly down (ms)', ifKnown('wrongly_down_ms')),
  flag('restricted', truth(sql`restriction.applies`)),
]
