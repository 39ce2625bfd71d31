import { sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { WantedReview } from './set-aside.queries.ts'

type Asked = { reporterId: string; scope: Scope; after: string; limit: number }

/** A review that has flags of the reporter which were set aside. */
export type SetAsideReview = Omit<WantedReview, 'kept_because'> & {
  /** Closed undecided: to be opened again. */
  is_closed: boolean
  /** Decided, or another review of the same subject waits by now: nothing is to be done. */
  is_left: boolean
}

/**
 * Locks the next reviews by id, after the accounts and posts they are of, as intake does: none of them is opened anew
 * meanwhile. What stays and what comes back of their flags is told together.
 */
export async function lockSetAside(tx: Tx, { reporterId, scope, after, limit }: Asked): Promise<SetAsideReview[]> {
  const { rows: found } = await sql<{ id: string; account_id: string; post_id: string | null }>`
    select review.id, review.account_id, review.post_id from flag join review on review.id = flag.review_id
    where flag.reporter_id = ${reporterId}::uuid and flag.set_aside_at is not null and review.id > ${after}::uuid
      and ${inScope(scope)}
    group by review.id order by review.id limit ${limit}`.execute(tx)
  if (found.length === 0) return []
  const ids = found.map(({ id }) => id)
  await sql`select id from account where id = any(${found.map((row) => row.account_id)}::uuid[])
    order by platform, external_id for no key update`.execute(tx)
  await sql`select id from post where id = any(${found.flatMap((row) => row.post_id ?? [])}::uuid[])
    order by platform, external_id for no key update`.execute(tx)
  await sql`select id from review where id = any(${ids}::uuid[]) order by id for no key update`.execute(tx)
  const { rows } = await sql<SetAsideReview>`
    select review.id, review.version, review.state, review.account_status, review.account_created_at,
      review.opened_at, review.priority_terms, review.flag_count,
      review.state = 'decided' as is_closed,
      review.state = 'decided' and (review.decision_id is not null or exists (
        select from review as other where other.state <> 'decided'
          and (other.post_id = review.post_id
            or (review.post_id is null and other.post_id is null and other.account_id = review.account_id))
      )) as is_left,
      (select severity from policy where policy.id = review.policy_id) as severity, back.*
    from review
    cross join lateral (
      select count(*) filter (where flag.set_aside_at is not null)::int as wanted,
        array_agg(distinct flag.source_kind) as sources, max(flag.score) as score,
        max(reporter.trusted_weight) as weight
      from flag left join reporter on reporter.id = flag.reporter_id
      where flag.review_id = review.id
        and (flag.set_aside_at is null or flag.reporter_id = ${reporterId}::uuid)
    ) as back
    where review.id = any(${ids}::uuid[]) order by review.id`.execute(tx)
  return rows
}

/** @returns how many */
export async function takeFlagsUp(tx: Tx, reporterId: string, reviewIds: string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    update flag set set_aside_at = null, set_aside_by = null
    where reporter_id = ${reporterId}::uuid and review_id = any(${reviewIds}::uuid[])
      and set_aside_at is not null`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function reopenReviews(tx: Tx, reviewIds: string[]) {
  await tx
    .updateTable('review')
    .set({ state: 'open', decided_at: null })
    .where('id', '=', sql<string>`any(${reviewIds}::uuid[])`)
    .execute()
}
