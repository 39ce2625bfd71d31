import { type RawBuilder, sql } from 'kysely'
import { conditionsOf } from '#server/features/review/decisions/decision-filter.queries.ts'
import { isUndone } from '#server/features/review/decisions/undo.queries.ts'
import { everything } from '#server/features/review/scope.queries.ts'
import { exportFilters } from '#shared/contract/exports.ts'
import {
  all,
  flag,
  int,
  type Kind,
  link,
  restriction,
  text,
  time,
  truth,
  unlessRestricted,
  within,
} from './columns.queries.ts'
import { matchingReviews } from './reviews.queries.ts'

/** Decisions by when they were taken, but for those that were taken back. Their reviews are under the filters of the queue. */
export const decisions: Kind = (db, { filter: asked, span, isClosed, reader }) => {
  const {
    sort: _,
    clause,
    measure,
    delivery,
    superseded,
    state: __,
    mine,
    ...filter
  } = exportFilters.decisions.parse(asked)
  const { outcome, exemption, decidedBy, ...ofReview } = filter
  const matching = matchingReviews(db, ofReview, ['decided'], reader)
  const own = {
    clause,
    measure,
    delivery,
    superseded: superseded === undefined ? undefined : superseded,
    outcome,
    exemption,
    decidedBy: mine ? [reader.id] : decidedBy,
  }
  const where = all([
    ...conditionsOf(own, { id: reader.id, scope: everything }),
    ...within('decision.decided_at', span),
    sql<boolean>`not ${isUndone('decision')}`,
  ])
  const later = isClosed ? sql`and later.decided_at < ${span.to}` : sql``
  const flagged = isClosed ? sql`where flag.received_at < ${span.to}` : sql``
  return {
    columns,
    counted: sql`select count(*) from decision join (${matching}) as review on review.id = decision.review_id where ${where}`,
    from: sql`
      from decision
      join (${matching}) as review on review.id = decision.review_id
      join account on account.id = decision.account_id
      join outbox on outbox.decision_id = decision.id
      left join post on post.id = review.post_id
      left join policy on policy.id = decision.policy_id
      left join policy as suspected on suspected.id = review.policy_id
      left join auth."user" as decider on decider.id = decision.decided_by
      left join (
        select later.id, later.supersedes_id from decision as later
        where later.supersedes_id is not null and not ${isUndone('later')} ${later}
      ) as later on later.supersedes_id = decision.id
      left join (select review_id, min(flagged_at) as at from flag ${flagged} group by review_id) as first_flag
        on first_flag.review_id = review.id
      left join measure as on_post on on_post.decision_id = decision.id and on_post.target = 'post'
      left join measure as on_account on on_account.decision_id = decision.id and on_account.target = 'account'
      ${restriction(sql`policy.is_restricted or suspected.is_restricted`)}
      ${isClosed ? sql`join snapshot as seen on seen.id = decision.snapshot_id` : sql``}
      where ${where}
      order by decision.decided_at, decision.id`,
  }
}

/** `post remove`, `account block until 2026-07-01T00:00:00Z` */
const measureOf = (name: 'on_post' | 'on_account'): RawBuilder<unknown> => {
  const part = (column: string) => sql.ref(`${name}.${column}`)
  return sql`${part('target')} || ' ' || ${part('kind')} || coalesce(' ' || ${part('restriction')}, '') ||
    coalesce(' until ' || to_char(${part('ends_at')}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '')`
}

const columns = [
  text('decision id', sql`decision.id`),
  text('review', sql`'DKT-' || review.number`),
  text('review id', sql`review.id`),
  link('post link', unlessRestricted(sql`post.url`), unlessRestricted(sql`seen.url`)),
  text('post id at platform', unlessRestricted(sql`post.external_id`)),
  text('platform', sql`review.platform`),
  text('account', unlessRestricted(sql`review.handle`), unlessRestricted(sql`seen.account_state ->> 'handle'`)),
  text('account id at platform', unlessRestricted(sql`account.external_id`)),
  text('account status then', sql`decision.account_status`),
  text('language', sql`review.language`, sql`seen.language`),
  text('outcome', sql`decision.outcome`),
  text('clause', sql`policy.code`),
  text('clause id', sql`decision.policy_id`),
  int('clause version', sql`decision.policy_version`),
  text(
    'further clauses',
    sql`case when decision.further_clauses <> '[]' then (
      select string_agg(further.code || ' ' || further.id || ' v' || (each.clause ->> 'version'), '; ' order by each.place)
      from jsonb_array_elements(decision.further_clauses) with ordinality as each (clause, place)
      join policy further on further.id = each.clause ->> 'id') end`,
  ),
  text('exemption', sql`decision.exemption`),
  text('measures', sql`concat_ws('; ', ${measureOf('on_post')}, ${measureOf('on_account')})`),
  text('territory', sql`array_to_string(decision.territory, '; ')`),
  text('reviewer', sql`decider.name`, null),
  text('reviewer id', sql`decision.decided_by`),
  text('rationale', sql`decision.rationale`),
  text(
    'translations seen',
    sql`case when decision.translations <> '[]' then (
      select string_agg(distinct (seen_text ->> 'language') || ' by ' || (seen_text ->> 'translator')
        || case when (seen_text ->> 'isMachine')::boolean then ' (machine)' else '' end, '; ')
      from jsonb_array_elements(decision.translations) as seen_text) end`,
  ),
  time('first flagged (UTC)', sql`first_flag.at`),
  time('opened (UTC)', sql`review.opened_at`),
  time('decided (UTC)', sql`decision.decided_at`),
  text('delivery', sql`outbox.state`, null),
  text('superseded by', sql`later.id`),
  flag('restricted', truth(sql`restriction.applies`)),
  text('confirmed by id', sql`decision.confirmed_by`),
  text('why not by the ladder', sql`decision.ladder_reason`),
]
