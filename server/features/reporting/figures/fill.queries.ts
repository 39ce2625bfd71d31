import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { noValue } from '#shared/contract/reports.ts'
import {
  type DecisionRow,
  type FlagRow,
  type FoldEvent,
  foldedKinds,
  type Known,
  type ReviewState,
  type Written,
} from './fold.ts'

/** Up to where facts are read off the log, and how far the log goes. */
export async function getProgress(db: Db | Tx): Promise<{ filled: number; head: number }> {
  const { rows } = await sql<{ filled: number; head: number }>`
    select (select filled_seq from report_state) as filled, (select last_seq from sealer) as head`.execute(db)
  return rows[0]!
}

/** As `getProgress`, for whoever fills: one at a time. Undefined when somebody else is at it and `waits` is false. */
export async function lockProgress(tx: Tx, waits: boolean) {
  const { rows } = await sql<{ filled: number; head: number }>`
    select filled_seq as filled, (select last_seq from sealer) as head from report_state
    for update ${waits ? sql`` : sql`skip locked`}`.execute(tx)
  return rows[0]
}

export async function setFilled(tx: Tx, seq: number) {
  await sql`update report_state set filled_seq = ${seq}`.execute(tx)
}

/** Forgets all facts: they are read off the log anew. */
export async function clearFacts(tx: Tx) {
  for (const name of ['review', 'flag', 'wait', 'voided_end', 'decision', 'overturn', 'appeal', 'answer', 'reveal']) {
    await sql`delete from ${sql.table(`report_${name}`)}`.execute(tx)
  }
  await sql`delete from report_restriction`.execute(tx)
  await sql`delete from report_chunk`.execute(tx)
  await setFilled(tx, 0)
}

/** Those of a stretch of the log from which facts follow. */
export async function findFolded(tx: Tx, { after, to }: { after: number; to: number }): Promise<FoldEvent[]> {
  const { rows } = await sql<FoldEvent>`
    select event_seq.seq, event_seq.kind, coalesce((event.data ->> 'at')::timestamptz(3), event.at) as at,
      event.person_id, event.subject_id, event.data
    from event_seq join event on event.id = event_seq.event_id
    where event_seq.seq > ${after} and event_seq.seq <= ${to} and event_seq.kind = any(${foldedKinds}::text[])
    order by event_seq.seq`.execute(tx)
  return rows
}

const aUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const uuids = (values: Iterable<unknown>) => [
  ...new Set([...values].filter((value): value is string => typeof value === 'string' && aUuid.test(value))),
]

/** What these events point to. */
export async function findKnown(tx: Tx, events: readonly FoldEvent[], write: Written): Promise<Known> {
  const of = (kind: string) => events.filter((event) => event.kind === kind)
  const reviewIds = events.flatMap(({ kind, subject_id, data }) => [
    data.reviewId,
    kind.startsWith('flag.') ? null : subject_id,
  ])
  const [states, flags, decisions, appeals] = [
    await findStates(tx, uuids(reviewIds), write),
    await findFlags(tx, uuids(of('flag.received').map(({ subject_id }) => subject_id))),
    await findDecisions(
      tx,
      uuids([...of('review.decided'), ...of('decision.superseded')].map(({ data }) => data.decisionId)),
    ),
    await findAppeals(tx, uuids(of('appeal.filed').map(({ subject_id }) => subject_id))),
  ]
  const byId = <Row extends { id: string }>(rows: Row[]) => new Map(rows.map((row) => [row.id, row]))
  return {
    states: new Map(states.map((state) => [state.review_id, state])),
    flags: byId(flags),
    decisions: byId(decisions),
    appealedAt: new Map(appeals.map(({ id, received_at }) => [id, received_at])),
  }
}

async function findStates(tx: Tx, ids: string[], write: Written): Promise<ReviewState[]> {
  if (ids.length === 0) return []
  const { rows: known } = await sql<ReviewState>`
    select review_id, queue, clause, language, platform, source, is_order, is_restricted, opened_at, looked_at, wait_seq
    from report_review where review_id = any(${ids}::uuid[])`.execute(tx)
  const there = new Set(known.map(({ review_id }) => review_id))
  const missing = ids.filter((id) => !there.has(id))
  if (missing.length === 0) return known
  const fresh = await findFresh(tx, missing)
  for (const { review_id, is_restricted } of fresh) {
    if (is_restricted) write.restrictions.push({ review_id, seq: 0, is_restricted })
  }
  return [...known, ...fresh]
}

/**
 * As they were opened, by the event that says so. Logs of before did not say whether a review was opened restricted: it is
 * taken for so when it is now and no event ever made it.
 */
async function findFresh(tx: Tx, ids: string[]): Promise<ReviewState[]> {
  const { rows } = await sql<ReviewState>`
    select review.id as review_id, coalesce(opened.data ->> 'queueId', review.queue_id) as queue,
      coalesce(opened.data ->> 'policyId', ${noValue}) as clause, coalesce(snapshot.language, ${noValue}) as language,
      review.platform, coalesce(flag.source_kind, review.sources[1], ${noValue}) as source,
      coalesce(flag.source_kind = 'removal_order', false) as is_order,
      review.is_restricted and not coalesce(opened.data ? 'isRestricted', false) and not exists (
        select from event_seq where subject_kind = 'review' and subject_id = review.id::text
          and kind in ('review.restricted', 'review.unrestricted')) as is_restricted,
      review.opened_at, null as looked_at, null as wait_seq
    from review
    left join lateral (
      select event.data from event_seq join event on event.id = event_seq.event_id
      where event_seq.subject_kind = 'review' and event_seq.subject_id = review.id::text
        and event_seq.kind = 'review.opened' limit 1) as opened on true
    left join flag on flag.id = (opened.data ->> 'flagId')::uuid
    left join snapshot on snapshot.id = coalesce((opened.data ->> 'snapshotId')::uuid, review.snapshot_id)
    where review.id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

async function findFlags(tx: Tx, ids: string[]): Promise<FlagRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<FlagRow>`
    select flag.id, flag.received_at, coalesce(snapshot.language, ${noValue}) as language, account.platform
    from flag join snapshot on snapshot.id = flag.snapshot_id join account on account.id = flag.account_id
    where flag.id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

async function findDecisions(tx: Tx, ids: string[]): Promise<DecisionRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<DecisionRow>`
    select decision.id, decision.decided_at, decision.account_status, review.due_at, earlier.outcome as outcome_before,
      exists (select from post_media where post_media.snapshot_id = decision.snapshot_id) as has_media
    from decision join review on review.id = decision.review_id
    left join decision as earlier on earlier.id = decision.supersedes_id
    where decision.id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

async function findAppeals(tx: Tx, ids: string[]): Promise<{ id: string; received_at: Date }[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string; received_at: Date }>`
    select id, received_at from appeal where id = any(${ids}::uuid[])`.execute(tx)
  return rows
}
