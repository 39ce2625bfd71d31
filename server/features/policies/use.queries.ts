import { sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import { isStanding } from '#server/features/review/decisions/decisions.queries.ts'
import { isKept } from '#server/features/review/decisions/undo.queries.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { PolicyUse } from '#shared/contract/policies.ts'
import { fewest, wilson } from '#shared/domain/intervals.ts'

type Figures = { standing: number; removed: number; exempt: number; corrected: number }

/**
 * How a clause is cited, first or further, or an exemption granted, between two times; and how often each of its versions was
 * cited ever. Each figure counts what the list of decisions shows under the same filters.
 */
export async function getUse(
  db: Db,
  policyId: string,
  { from, to }: { from: Date; to: Date },
  scope: Scope,
): Promise<PolicyUse> {
  const further = JSON.stringify([{ id: policyId }])
  const cites = sql`(decision.policy_id = ${policyId} or decision.exemption = ${policyId}
    or (decision.further_clauses <> '[]' and decision.further_clauses @> ${further}::jsonb))`
  const isSuperseded = sql`exists (select from decision as newer where newer.supersedes_id = decision.id and ${isKept('newer')})`
  const figures = sql<Figures>`
    select count(*) filter (where is_standing)::int as standing,
      count(*) filter (where is_standing and is_removed)::int as removed,
      count(*) filter (where is_standing and outcome = 'exempt')::int as exempt,
      count(*) filter (where is_superseded)::int as corrected
    from (
      select decision.outcome, ${isStanding} as is_standing, ${isSuperseded} as is_superseded,
        exists (select from measure where measure.decision_id = decision.id and measure.kind = 'remove') as is_removed
      from decision join review on review.id = decision.review_id
      where ${cites} and decision.decided_at >= ${from} and decision.decided_at < ${to} and ${inScope(scope)}
    ) as cited`
  const versions = sql<{ version: number; decisions: number }>`
    select cited.version, count(*)::int as decisions from (
      select decision.review_id, decision.policy_version as version from decision where decision.policy_id = ${policyId}
      union all
      select decision.review_id, (clause ->> 'version')::int
        from decision, jsonb_array_elements(decision.further_clauses) as clause
        where decision.further_clauses <> '[]' and clause ->> 'id' = ${policyId}
    ) as cited join review on review.id = cited.review_id
    where ${inScope(scope)} group by cited.version order by cited.version desc`
  const [{ rows }, counted] = await Promise.all([figures.execute(db), versions.execute(db)])
  const { standing, removed, exempt, corrected } = rows[0]!
  const of = standing + corrected
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    decisions: standing,
    removed,
    exempt,
    corrected: { count: corrected, of, interval: of < fewest ? null : wilson(corrected, of) },
    versions: counted.rows,
  }
}
