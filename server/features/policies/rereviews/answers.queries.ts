import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import { inScope, type Reader } from '#server/features/review/scope.queries.ts'
import type { Fate, RereviewResult } from '#shared/contract/rereviews.ts'
import type { Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import { isByReader } from './samples.queries.ts'

/**
 * One that nobody answered and somebody else decided, in the scope. Two people who ask at once are shown different ones, as
 * long as there are.
 */
export async function findNextItem(db: Db, sampleId: string, reader: Reader) {
  const { rows } = await sql<{ id: string; position: number; snapshot_id: string; policy_id: string | null }>`
    select item.id, item.position, decision.snapshot_id, review.policy_id
    from rereview_item as item
    join decision on decision.id = item.decision_id
    join review on review.id = decision.review_id
    where item.sample_id = ${sampleId} and ${inScope(reader.scope)} and not ${isByReader(reader)}
      and not exists (select from rereview_answer as answer where answer.item_id = item.id)
    order by md5(${reader.id} || item.id::text) limit 1`.execute(db)
  return rows[0]
}

/** What may be answered, of this sample and in the scope; undefined when there is none. */
export async function getItem(tx: Tx, { sampleId, itemId }: { sampleId: string; itemId: string }, reader: Reader) {
  const { rows } = await sql<{ is_mine: boolean; is_answered: boolean } & Fated>`
    select ${isByReader(reader)} as is_mine, decision.outcome, ${firstMeasure} as post_measure,
      exists (select from rereview_answer as answer where answer.item_id = item.id) as is_answered
    from rereview_item as item
    join decision on decision.id = item.decision_id
    join review on review.id = decision.review_id
    where item.id = ${itemId} and item.sample_id = ${sampleId} and ${inScope(reader.scope)}`.execute(tx)
  return rows[0]
}

/** Two answers to one post at the same moment: the second waits, and is told. */
export async function lockSample(tx: Tx, sampleId: string) {
  await sql`select pg_advisory_xact_lock(hashtext(${`rereview ${sampleId}`}))`.execute(tx)
}

type Fated = { outcome: Outcome; post_measure: PostMeasure | null }

const firstMeasure = sql<PostMeasure | null>`(select kind from measure
  where measure.decision_id = decision.id and measure.target = 'post' order by measure.id limit 1)`

type Answer = Fate & { itemId: string; isChanged: boolean; rationale: string; by: string; at: Date }

export async function insertAnswer(tx: Tx, { itemId, outcome, postMeasure, isChanged, rationale, by, at }: Answer) {
  await tx
    .insertInto('rereview_answer')
    .values({
      item_id: itemId,
      outcome,
      post_measure: postMeasure,
      is_changed: isChanged,
      rationale,
      answered_by: by,
      answered_at: at,
    })
    .execute()
}

type ResultRow = {
  decision_id: string
  number: number
  first_outcome: Outcome
  first_measure: PostMeasure | null
  decided_by: string | null
  decided_at: Date
  first_rationale: string
  outcome: Outcome
  post_measure: PostMeasure | null
  is_changed: boolean
  rationale: string
  answered_by: string
  answered_at: Date
}

/** What was answered and lies in the scope, those that change first. */
export async function findResults(
  db: Db | Tx,
  { sampleId, itemId }: Which,
  { scope }: Reader,
): Promise<RereviewResult[]> {
  const { rows } = await sql<ResultRow>`
    select decision.id as decision_id, review.number, decision.outcome as first_outcome, ${firstMeasure} as first_measure,
      decision.decided_by, decision.decided_at, decision.rationale as first_rationale, answer.outcome,
      answer.post_measure, answer.is_changed, answer.rationale, answer.answered_by, answer.answered_at
    from rereview_item as item
    join rereview_answer as answer on answer.item_id = item.id
    join decision on decision.id = item.decision_id
    join review on review.id = decision.review_id
    where item.sample_id = ${sampleId} and ${itemId ? sql`item.id = ${itemId}` : sql`true`} and ${inScope(scope)}
    order by answer.is_changed desc, item.position`.execute(db)
  return rows.map(toResult)
}

type Which = { sampleId: string; itemId?: string }

function toResult(row: ResultRow): RereviewResult {
  return {
    decisionId: row.decision_id,
    reviewReference: toReference(row.number),
    first: { outcome: row.first_outcome, postMeasure: row.first_measure },
    firstById: row.decided_by,
    firstAt: row.decided_at.toISOString(),
    firstRationale: row.first_rationale,
    now: { outcome: row.outcome, postMeasure: row.post_measure },
    isChanged: row.is_changed,
    rationale: row.rationale,
    answeredById: row.answered_by,
    answeredAt: row.answered_at.toISOString(),
  }
}
