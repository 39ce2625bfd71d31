import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { type Columns, rowsOf } from '#server/db/rows.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { PriorityTerm } from '#shared/contract/reviews.ts'
import { fromReporters } from '#shared/domain/reporters.ts'
import type { AccountStatus, ReviewState, Severity, SourceKind } from '#shared/domain/words.ts'

export type Wanted = { reporterId: string; upTo: Date; scope: Scope }

/** On `flag` and its `review`: what setting aside speaks of. */
const isWanted = ({ reporterId, upTo, scope }: Wanted) => sql<boolean>`flag.reporter_id = ${reporterId}::uuid
  and flag.received_at <= ${upTo} and flag.set_aside_at is null and flag.source_kind = any(${fromReporters}::text[])
  and review.state <> 'decided' and ${inScope(scope)}`

/** A flag that stays: of somebody else, of a kind that is not set aside, or come in later. */
const stays = ({ reporterId, upTo }: Wanted) => sql<boolean>`(other.set_aside_at is null and (
  other.reporter_id is distinct from ${reporterId}::uuid or other.received_at > ${upTo}
  or other.source_kind <> all(${fromReporters}::text[])))`

/** Why a review that nobody else flagged does not leave the queue by itself; null when it does. */
const keptBecause = sql<'inHand' | 'critical' | null>`case
  when review.state <> 'open' or review.holder_id is not null then 'inHand'
  when review.is_restricted or review.threat_at is not null
    or exists (select from policy where policy.id = review.policy_id and policy.severity = 'critical') then 'critical'
  end`

type Tally = { why: 'others' | 'inHand' | 'critical' | 'closed'; reviews: number; flags: number }

/** How many flags and reviews there are of each fate. */
export async function countWanted(db: Db, wanted: Wanted): Promise<Tally[]> {
  const { rows } = await sql<Tally>`
    select why, count(*)::int as reviews, sum(flags)::int as flags from (
      select mine.flags,
        case when exists (select from flag as other where other.review_id = review.id and ${stays(wanted)}) then 'others'
          else coalesce(${keptBecause}, 'closed') end as why
      from (
        select flag.review_id, count(*) as flags from flag join review on review.id = flag.review_id
        where ${isWanted(wanted)} group by flag.review_id
      ) as mine
      join review on review.id = mine.review_id
    ) as each
    group by why`.execute(db)
  return rows
}

export type WantedReview = {
  id: string
  version: number
  state: ReviewState
  account_status: AccountStatus
  account_created_at: Date | null
  opened_at: Date
  severity: Severity | null
  priority_terms: PriorityTerm[]
  flag_count: number
  kept_because: 'inHand' | 'critical' | null
  /** The flags to set aside. */
  wanted: number
  /** What stays: null sources and score when nothing does. */
  sources: SourceKind[] | null
  score: number | null
  weight: number | null
}

/** Locks at most `limit` of the reviews, in the order of their ids. Those that were decided meanwhile are left out. */
export async function lockWanted(tx: Tx, wanted: Wanted, limit: number): Promise<WantedReview[]> {
  const { rows: locked } = await sql<{ id: string }>`
    select id from review where id in (
      select flag.review_id from flag join review on review.id = flag.review_id
      where ${isWanted(wanted)} group by flag.review_id order by flag.review_id limit ${limit}
    ) and state <> 'decided'
    order by id for no key update`.execute(tx)
  if (locked.length === 0) return []
  const { rows } = await sql<WantedReview>`
    select review.id, review.version, review.state, review.account_status, review.account_created_at,
      review.opened_at, review.priority_terms, review.flag_count, ${keptBecause} as kept_because,
      (select severity from policy where policy.id = review.policy_id) as severity,
      (select count(*)::int from flag where flag.review_id = review.id and ${isWanted(wanted)}) as wanted,
      rest.sources, rest.score, rest.weight
    from review
    cross join lateral (
      select array_agg(distinct other.source_kind) as sources, max(other.score) as score,
        max(reporter.trusted_weight) as weight
      from flag as other left join reporter on reporter.id = other.reporter_id
      where other.review_id = review.id and ${stays(wanted)}
    ) as rest
    where review.id = any(${locked.map(({ id }) => id)}::uuid[])
    order by review.id`.execute(tx)
  return rows
}

/** @returns how many */
export async function setFlagsAside(tx: Tx, wanted: Wanted, reviewIds: string[], by: { id: string; at: Date }) {
  const { numAffectedRows } = await sql`
    update flag set set_aside_at = ${by.at}, set_aside_by = ${by.id}
    from review
    where review.id = flag.review_id and review.id = any(${reviewIds}::uuid[]) and ${isWanted(wanted)}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export type Remainder = {
  id: string
  version: number
  flag_count: number
  sources: SourceKind[]
  score: number | null
  priority: number
  priority_terms: PriorityTerm[]
}

const columns: Columns<Remainder> = {
  id: 'uuid',
  version: 'int',
  flag_count: 'int',
  sources: 'word[]',
  score: 'real',
  priority: 'int',
  priority_terms: 'jsonb',
}

export async function writeRemainders(tx: Tx, remainders: Remainder[]) {
  await sql`
    update review set version = r.version, flag_count = r.flag_count, sources = r.sources, score = r.score,
      priority = r.priority, priority_terms = r.priority_terms
    from ${rowsOf(remainders, columns)} as r
    where review.id = r.id`.execute(tx)
}

/** Out of the queue, with nothing decided: nobody waits for anything in it. */
export async function closeReviews(tx: Tx, reviewIds: string[], at: Date) {
  await tx
    .updateTable('review')
    .set({
      state: 'decided',
      decided_at: at,
      assignee_id: null,
      wake_at: null,
      escalated_to: null,
      escalated_role: null,
    })
    .where('id', '=', sql<string>`any(${reviewIds}::uuid[])`)
    .execute()
}
