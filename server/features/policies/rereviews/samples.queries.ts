import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { isStanding } from '#server/features/review/decisions/decisions.queries.ts'
import { inScope, type Reader } from '#server/features/review/scope.queries.ts'
import type { PolicyContent } from '#shared/contract/policies.ts'
import type { RereviewSample } from '#shared/contract/rereviews.ts'
import { fewest, wilson } from '#shared/domain/intervals.ts'

/** On `decision`: whoever had a part in it, or in another decision on the same review. */
export const isByReader = ({ id }: Pick<Reader, 'id'>): RawBuilder<boolean> => sql<boolean>`exists (
  select from decision as any_of where any_of.review_id = decision.review_id
    and ${id} in (any_of.decided_by, any_of.confirmed_by))`

type SampleRow = {
  id: string
  policy_id: string
  draft_id: string | null
  version: number | null
  seed: string
  decided_from: Date | null
  decided_to: Date
  population: number
  size: number
  drawn_by: string
  drawn_at: Date
  content: PolicyContent
  answered: number
  changed: number
  for_me: number
}

/** Newest first: of one clause all that anybody will read, of every clause the last few. */
export async function findSamples(db: Db | Tx, { sampleId, policyId }: Which, reader: Reader) {
  const { rows } = await sql<SampleRow>`
    select rereview_sample.*, counted.* from rereview_sample cross join lateral (
      select count(answer.item_id)::int as answered, count(*) filter (where answer.is_changed)::int as changed,
        count(*) filter (where answer.item_id is null and ${inScope(reader.scope)} and not ${isByReader(reader)})::int as for_me
      from rereview_item as item
      join decision on decision.id = item.decision_id
      join review on review.id = decision.review_id
      left join rereview_answer as answer on answer.item_id = item.id
      where item.sample_id = rereview_sample.id
    ) as counted
    where ${sampleId ? sql`rereview_sample.id = ${sampleId}` : sql`true`}
      and ${policyId ? sql`rereview_sample.policy_id = ${policyId}` : sql`true`}
    order by rereview_sample.id desc limit ${policyId ? 200 : 50}`.execute(db)
  return rows
}

type Which = { sampleId?: string; policyId?: string | undefined }

export function toSample(row: SampleRow): RereviewSample {
  return {
    id: row.id,
    policyId: row.policy_id,
    draftId: row.draft_id,
    version: row.version,
    seed: row.seed,
    decidedFrom: row.decided_from?.toISOString() ?? null,
    decidedTo: row.decided_to.toISOString(),
    population: row.population,
    size: row.size,
    drawnById: row.drawn_by,
    drawnAt: row.drawn_at.toISOString(),
    answered: row.answered,
    changed: row.changed,
    interval: row.answered < fewest ? null : wilson(row.changed, row.answered),
    forMe: row.for_me,
  }
}

type Drawing = { policyId: string; from: Date | null; to: Date; seed: string; size: number }

/**
 * Decisions in the scope that stand and cite the clause first, or grant the exemption. By chance, and by the seed alone:
 * whoever draws again from the same decisions draws the same.
 */
export async function drawDecisions(db: Db, { policyId, from, to, seed, size }: Drawing, { scope }: Reader) {
  const cited = sql`from decision join review on review.id = decision.review_id
    where (decision.policy_id = ${policyId} or decision.exemption = ${policyId})
      and (${from}::timestamptz is null or decision.decided_at >= ${from}) and decision.decided_at < ${to}
      and ${isStanding} and ${inScope(scope)}`
  const drawn = await sql<{ id: string }>`
    select decision.id ${cited} order by md5(${seed} || decision.id::text), decision.id limit ${size}`.execute(db)
  const counted = await sql<{ count: number }>`select count(*)::int as count ${cited}`.execute(db)
  return { ids: drawn.rows.map(({ id }) => id), population: counted.rows[0]!.count }
}

type NewSample = Drawing & {
  id: string
  draftId: string | null
  version: number | null
  content: PolicyContent
  population: number
  by: string
}

export async function insertSample(tx: Tx, sample: NewSample, items: { id: string; decisionId: string }[]) {
  await tx
    .insertInto('rereview_sample')
    .values({
      id: sample.id,
      policy_id: sample.policyId,
      draft_id: sample.draftId,
      version: sample.version,
      content: JSON.stringify(sample.content),
      seed: sample.seed,
      decided_from: sample.from,
      decided_to: sample.to,
      population: sample.population,
      size: items.length,
      drawn_by: sample.by,
      drawn_at: sample.to,
    })
    .execute()
  if (items.length === 0) return
  await tx
    .insertInto('rereview_item')
    .values(
      items.map(({ id, decisionId }, position) => ({ id, sample_id: sample.id, position, decision_id: decisionId })),
    )
    .execute()
}
