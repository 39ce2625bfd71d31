import { type RawBuilder, sql } from 'kysely'
import { inScope, isAccountInScope, type Reader } from '#server/features/review/scope.queries.ts'

/** Subjects that stand in no queue. Whatever is not named here or below is for those who see all queues. */
const ofNoQueue = ['view', 'person', 'key', 'invitation', 'email', 'receiver', 'term']

/**
 * The condition on `event_seq` under which an event is told to somebody: what it is about is in their scope. What hangs
 * on no review is told to those who see all queues; exports and bulks also to whoever made them.
 */
export function isEventInScope({ id: readerId, scope }: Reader): RawBuilder<boolean> {
  const seesAll = scope.queues === null
  if (seesAll && scope.seesRestricted) return sql<boolean>`true`
  const id = sql`case when event_seq.subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    then event_seq.subject_id::uuid end`
  /** Of those who see all queues only what is restricted is kept, so that what has no review is told too. */
  const shown = (reviews: RawBuilder<unknown>) =>
    seesAll
      ? sql<boolean>`not exists (select ${reviews} and review.is_restricted)`
      : sql<boolean>`exists (select ${reviews} and ${inScope(scope)})`
  return sql<boolean>`case event_seq.subject_kind
    when 'review' then ${shown(sql`from review where review.id = ${id}`)}
    when 'decision' then ${shown(sql`
      from decision join review on review.id = decision.review_id where decision.id = ${id}`)}
    when 'appeal' then ${shown(sql`
      from appeal join review on review.id = appeal.review_id where appeal.id = ${id}`)}
    when 'flag' then ${shown(sql`from flag join review on review.id = flag.review_id where flag.id = ${id}`)}
    when 'post' then ${shown(sql`from review where review.post_id = ${id}`)}
    when 'snapshot' then ${shown(sql`
      from snapshot join review on review.account_id = snapshot.account_id
        and (review.post_id = snapshot.post_id or review.snapshot_id = snapshot.id)
      where snapshot.id = ${id}`)}
    when 'media' then ${shown(sql`
      from post_media join snapshot on snapshot.id = post_media.snapshot_id
      join review on review.post_id = snapshot.post_id
      where (post_media.sha256 = event_seq.subject_id or post_media.fetched_sha256 = event_seq.subject_id)`)}
      and not exists (select from media
        where media.sha256 = event_seq.subject_id and media.is_restricted and not ${scope.seesRestricted})
    when 'reporter' then ${seesAll ? sql`true` : shown(sql`from flag join review on review.id = flag.review_id where flag.reporter_id = ${id}`)}
    when 'account' then exists (select from account where account.id = ${id} and ${isAccountInScope(scope)})
    when 'export' then ${seesAll} or event_seq.person_id = ${readerId}
    when 'bulk' then ${seesAll} or event_seq.person_id = ${readerId}
    else ${seesAll} or event_seq.subject_kind = any(${ofNoQueue}::text[]) end`
}
