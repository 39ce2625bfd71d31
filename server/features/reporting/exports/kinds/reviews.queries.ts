import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import { isUndone } from '#server/features/review/decisions/undo.queries.ts'
import { type Filter, findMatching, type Side, sidesOf } from '#server/features/review/list/filter.queries.ts'
import type { Reader } from '#server/features/review/scope.queries.ts'
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

/** Reviews by when they were opened. Of a period without a state in the filter, those in every state. */
export const reviews: Kind = (db, { filter: asked, span, isClosed, reader }) => {
  const { sort: _, ...filter } = exportFilters.reviews.parse(asked)
  const hasSpan = span.from !== null || span.to !== null
  const sides: Side[] = hasSpan && !filter.state ? ['undecided', 'decided'] : sidesOf(filter)
  const matching = sql`(${matchingReviews(db, filter, sides, reader)}) as review`
  const where = sql`where ${all(within('review.opened_at', span))}`
  return {
    columns,
    counted: sql`select count(*) from ${matching} ${where}`,
    from: sql`
      from ${matching}
      join account on account.id = review.account_id
      left join post on post.id = review.post_id
      left join policy on policy.id = review.policy_id
      left join auth."user" as holder on holder.id = review.holder_id
      left join auth."user" as decider on decider.id = review.decided_by
      ${restriction(sql`policy.is_restricted`)}
      ${isClosed ? asItWas(span.to!) : sql``}
      ${where}
      order by review.opened_at, review.id`,
  }
}

export function matchingReviews(db: Db, filter: Filter, sides: Side[], reader: Reader): RawBuilder<unknown> {
  return sql.join(
    sides.map((side) => findMatching(db, filter, side, reader).selectAll('review')),
    sql` union all `,
  )
}

/** What opened the review, what had come by then, and the decision that stood. */
const asItWas = (at: Date) => sql`
  left join lateral (
    select flag.policy_id, flag.snapshot_id from flag where flag.review_id = review.id order by flag.received_at, flag.id limit 1
  ) as opening on true
  left join snapshot as first_seen on first_seen.id = opening.snapshot_id
  left join policy as first_policy on first_policy.id = opening.policy_id
  left join lateral (
    select count(*) as flags, array_to_string(array_agg(distinct flag.source_kind order by flag.source_kind), '; ') as sources
    from flag where flag.review_id = review.id and flag.received_at < ${at}
  ) as had on true
  left join lateral (
    select decision.id, decision.outcome, decision.decided_at, decision.decided_by from decision
    where decision.review_id = review.id and decision.decided_at < ${at} and not ${isUndone('decision')}
    order by decision.decided_at desc, decision.id desc limit 1
  ) as stood on true`

const columns = [
  text('review', sql`'DKT-' || review.number`),
  text('review id', sql`review.id`),
  text('state', sql`review.state`, sql`case when stood.id is null then 'undecided' else 'decided' end`),
  text('queue', sql`review.queue_id`, null),
  text('subject', sql`case when review.post_id is null then 'account' else 'post' end`),
  link('post link', unlessRestricted(sql`post.url`), unlessRestricted(sql`first_seen.url`)),
  text('post id at platform', unlessRestricted(sql`post.external_id`)),
  text('platform', sql`review.platform`),
  text('account', unlessRestricted(sql`review.handle`), unlessRestricted(sql`first_seen.account_state ->> 'handle'`)),
  text('account id at platform', unlessRestricted(sql`account.external_id`)),
  text('account status', sql`review.account_status`, sql`first_seen.account_state ->> 'status'`),
  text('language', sql`review.language`, sql`first_seen.language`),
  text(
    'caption, beginning',
    unlessRestricted(sql`review.caption_excerpt`),
    unlessRestricted(sql`left(first_seen.caption, 200)`),
  ),
  text('suspected clause', sql`policy.code`, sql`first_policy.code`),
  text('suspected clause id', sql`review.policy_id`, sql`opening.policy_id`),
  int('flags', sql`review.flag_count`, sql`had.flags`),
  text('sources', sql`array_to_string(review.sources, '; ')`, sql`had.sources`),
  int('media', sql`review.media_count`, null),
  int('priority', sql`review.priority`, null),
  time('opened (UTC)', sql`review.opened_at`),
  time('due (UTC)', sql`review.due_at`, null),
  text('held by', sql`holder.name`, null),
  text('outcome', sql`review.outcome`, sql`stood.outcome`),
  time('decided (UTC)', sql`review.decided_at`, sql`stood.decided_at`),
  text('decided by', sql`decider.name`, null),
  text('decision id', sql`review.decision_id`, sql`stood.id`),
  flag('restricted', truth(sql`restriction.applies`)),
  text('decided by id', sql`review.decided_by`, sql`stood.decided_by`),
]
