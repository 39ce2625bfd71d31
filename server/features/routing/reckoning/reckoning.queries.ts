import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { rowsOf } from '#server/db/rows.ts'
import type { PriorityTerm } from '#shared/contract/reviews.ts'
import { removalOrderTargetMs, type Targets } from '#shared/domain/due.ts'
import type { AccountStatus, Severity, SourceKind } from '#shared/domain/words.ts'

export type Reckoning = {
  id: string
  kind: 'due' | 'priority'
  queue_id: string | null
  asked_by: string
  after_id: string | null
  looked_at: number
  changed: number
}

type NewReckoning = { kind: Reckoning['kind']; queueId: string | null; by: string; at: Date }

/** An earlier one of the same kind and queue that is not done is left to this one. */
export async function insertReckoning(tx: Tx, { kind, queueId, by, at }: NewReckoning) {
  await tx
    .updateTable('reckoning')
    .set({ done_at: at })
    .where('done_at', 'is', null)
    .where('kind', '=', kind)
    .where('queue_id', queueId === null ? 'is' : '=', queueId)
    .execute()
  await tx
    .insertInto('reckoning')
    .values({ id: newId(), kind, queue_id: queueId, asked_by: by, asked_at: at })
    .execute()
}

/** The oldest that nobody works on; undefined when there is nothing to do. */
export async function lockReckoning(tx: Tx): Promise<Reckoning | undefined> {
  const { rows } = await sql<Reckoning>`
    select id, kind, queue_id, asked_by, after_id, looked_at, changed from reckoning where done_at is null
    order by asked_at, id limit 1 for update skip locked`.execute(tx)
  return rows[0]
}

export async function putProgress(
  tx: Tx,
  id: string,
  progress: { after_id: string | null; looked_at: number; changed: number; done_at: Date | null },
) {
  await tx.updateTable('reckoning').set(progress).where('id', '=', id).execute()
}

/** As `targetOf` reckons, on `flag`. */
const targetIn = ({ targetMs, sourceTargets }: Targets) => sql`case
  when flag.source_kind = 'removal_order' then
    least(${targetMs}::bigint, ${removalOrderTargetMs}::bigint, (${JSON.stringify(sourceTargets)}::jsonb ->> 'removal_order')::bigint)
  else coalesce((${JSON.stringify(sourceTargets)}::jsonb ->> flag.source_kind)::bigint, ${targetMs}::bigint) end`

/** When a review is due by the flags that count on it, in a queue with these targets. */
export const dueBy = (targets: Targets) => sql<Date | null>`(
  select min(least(flag.flagged_at, flag.received_at) + ${targetIn(targets)} * interval '1 ms')
  from flag where flag.review_id = review.id and flag.set_aside_at is null)`

export type DueReview = { id: string; version: number; due_at: Date; due: Date | null }

/** The next waiting reviews of a queue in the order of their ids, locked, with when they would be due. */
export async function lockDue(
  tx: Tx,
  { queueId, afterId, limit, targets }: { queueId: string; afterId: string | null; limit: number; targets: Targets },
): Promise<DueReview[]> {
  const { rows } = await sql<DueReview>`
    with next as (
      select id, version, due_at from review
      where queue_id = ${queueId} and state <> 'decided' and (${afterId}::uuid is null or id > ${afterId}::uuid)
      order by id limit ${limit} for no key update
    )
    select review.id, review.version, review.due_at, ${dueBy(targets)} as due from next as review order by id`.execute(
    tx,
  )
  return rows
}

export async function putDue(tx: Tx, rows: { id: string; due_at: Date }[]) {
  await sql`
    update review set due_at = r.due_at from ${rowsOf(rows, { id: 'uuid', due_at: 'timestamptz' })} as r
    where review.id = r.id`.execute(tx)
}

export type WeighedReview = {
  id: string
  number: number
  priority: number
  priority_terms: PriorityTerm[]
  sources: SourceKind[]
  severity: Severity | null
  account_status: AccountStatus
  account_created_at: Date | null
  opened_at: Date
  flag_count: number
  reach: number | null
  score: number | null
}

const weighed = sql`review.id, review.number, review.priority, review.priority_terms, review.sources,
  (select severity from policy where policy.id = review.policy_id) as severity, review.account_status,
  review.account_created_at, review.opened_at, review.flag_count, review.reach, review.score`

/** The next waiting reviews in the order of their ids, locked. */
export async function lockWeighed(tx: Tx, { afterId, limit }: { afterId: string | null; limit: number }) {
  const { rows } = await sql<WeighedReview>`
    select ${weighed} from review
    where state <> 'decided' and (${afterId}::uuid is null or id > ${afterId}::uuid)
    order by id limit ${limit} for no key update of review`.execute(tx)
  return rows
}

/** Those that stand first now; one more than `limit` where there are more. */
export async function findWeighed(db: Db, { limit, seesRestricted }: { limit: number; seesRestricted: boolean }) {
  const { rows } = await sql<WeighedReview>`
    select ${weighed} from review where state <> 'decided' and (${seesRestricted} or not is_restricted)
    order by priority desc, id desc limit ${limit + 1}`.execute(db)
  return rows
}

export async function putPriorities(tx: Tx, rows: { id: string; priority: number; priority_terms: PriorityTerm[] }[]) {
  await sql`
    update review set priority = r.priority, priority_terms = r.priority_terms
    from ${rowsOf(rows, { id: 'uuid', priority: 'int', priority_terms: 'jsonb' })} as r
    where review.id = r.id`.execute(tx)
}

/** What other targets would do to the waiting reviews of a queue that are due first. */
export async function compareDue(
  db: Db,
  { queueId, targets, now, limit }: { queueId: string; targets: Targets; now: Date; limit: number },
) {
  const { rows } = await sql<{
    looked: number
    earlier: number
    later: number
    overdue_before: number
    overdue_after: number
  }>`
    select count(*)::int as looked,
      count(*) filter (where due < due_at)::int as earlier, count(*) filter (where due > due_at)::int as later,
      count(*) filter (where due_at < ${now})::int as overdue_before,
      count(*) filter (where coalesce(due, due_at) < ${now})::int as overdue_after
    from (
      select review.due_at, ${dueBy(targets)} as due from (
        select id, due_at from review where queue_id = ${queueId} and state <> 'decided' order by due_at limit ${limit}
      ) as review
    ) as each`.execute(db)
  return rows[0]!
}

export async function getTargets(tx: Db | Tx, queueId: string): Promise<Targets | undefined> {
  const row = await tx
    .selectFrom('queue')
    .select(['target_ms', 'source_targets'])
    .where('id', '=', queueId)
    .executeTakeFirst()
  return row && { targetMs: row.target_ms, sourceTargets: row.source_targets }
}
