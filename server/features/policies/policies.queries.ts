import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import type { Scope } from '#server/http/route.ts'
import type { listQueues, Policy, PolicyVersion } from '#shared/contract/policies.ts'

type PolicyRow = Selectable<Database['policy']>
type VersionRow = Selectable<Database['policy_version']>

/**
 * Clauses, then exemptions, in the order of their codes, as they are in force at that time whether or not it was noted yet.
 * `counts` as `countCitations` answers them.
 */
export async function findPolicies(db: Db, counts: Map<string, number>, at: Date): Promise<Policy[]> {
  const [policies, versions] = await Promise.all([
    db.selectFrom('policy').selectAll().orderBy('position').execute(),
    db.selectFrom('policy_version').selectAll().where('in_force_since', '<=', at).orderBy('version', 'desc').execute(),
  ])
  const versionsOf = Map.groupBy(versions, (version) => version.policy_id)
  return policies
    .toSorted(byKindAndCode)
    .flatMap((policy) => toPolicy(policy, versionsOf.get(policy.id) ?? [], counts.get(policy.id) ?? 0))
}

/** `2.10` comes after `2.9`. */
function byKindAndCode(a: PolicyRow, b: PolicyRow) {
  if (a.kind !== b.kind) return a.kind === 'clause' ? -1 : 1
  return a.code.localeCompare(b.code, 'en', { numeric: true })
}

/**
 * How many decisions cite each clause, as the primary one or a further one, or grant each exemption. Superseded decisions
 * count: they were made. Those that were taken back are few, and are subtracted.
 */
export async function countCitations(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select id, sum(count)::bigint as count from (
      select policy_id as id, count(*) from decision where policy_id is not null group by policy_id
      union all
      select exemption, count(*) from decision where exemption is not null group by exemption
      union all
      select clause ->> 'id', count(*) from decision, jsonb_array_elements(further_clauses) as clause
        where further_clauses <> '[]' group by clause ->> 'id'
      union all
      select unnest(array[policy_id, exemption] || array(select clause ->> 'id' from jsonb_array_elements(further_clauses) as clause)), -1
        from undo join decision on decision.id = undo.decision_id
    ) cited where id is not null group by id`.execute(db)
  return new Map(rows.map((row) => [row.id, row.count]))
}

/** Nothing for one whose first version is still to come. */
function toPolicy(row: PolicyRow, versions: VersionRow[], decisionCount: number): Policy[] {
  const [current, ...earlier] = versions.map(toVersion)
  if (!current) return []
  const { id, code, kind } = row
  const { shortName, severity, isRestricted, needsPurposeTest, isRetired } = current
  const section = { code: row.section_code, name: row.section_name }
  const facts = { shortName, severity, isRestricted, needsPurposeTest, isRetired }
  return [{ id, code, kind, section, ...facts, current, earlier, decisionCount }]
}

export function toVersion(row: VersionRow): PolicyVersion {
  return {
    version: row.version,
    shortName: row.short_name,
    label: row.label,
    description: row.description,
    signs: row.signs,
    notThis: row.not_this,
    questions: row.questions,
    usualMeasures: row.usual_measures,
    severity: row.severity,
    examples: row.examples,
    requiredFields: row.required_fields,
    exemptions: row.exemptions,
    strikeWeight: row.strike_weight,
    appealDays: row.appeal_days,
    alert: row.alert,
    ground: { tco: row.tco, dsaCategory: row.dsa_category, dsaKeywords: row.dsa_keywords },
    isRestricted: row.is_restricted,
    needsPurposeTest: row.needs_purpose_test,
    isRetired: row.is_retired,
    inForceSince: row.in_force_since.toISOString(),
    publishedById: row.published_by,
    change: row.change,
  }
}

/** Those in the scope. */
export async function findQueues(db: Db, { queues: seen }: Scope): Promise<z.infer<typeof listQueues.reply>> {
  const [queues, languages, platforms] = await Promise.all([
    db
      .selectFrom('queue')
      .selectAll()
      .$if(seen !== null, (query) => query.where('id', '=', sql<string>`any(${seen}::text[])`))
      .orderBy('position')
      .execute(),
    findDistinct(db, 'language'),
    findDistinct(db, 'platform'),
  ])
  const named = (isRetired: boolean) =>
    queues
      .filter(({ retired_at }) => (retired_at !== null) === isRetired)
      .map(({ id, name, target_ms: targetMs }) => ({ id, name, targetMs }))
  return { items: named(false), retired: named(true), languages, platforms }
}

/** The few values of a column of a large table: one step down its index for each, not a walk along it. */
async function findDistinct(db: Db, name: 'language' | 'platform'): Promise<string[]> {
  const column = sql.ref(name)
  const { rows } = await sql<{ value: string }>`
    with recursive found as (
      (select ${column} as value from review where ${column} is not null order by ${column} limit 1)
      union all
      select (select ${column} from review where ${column} > found.value order by ${column} limit 1)
      from found where found.value is not null
    )
    select value from found where value is not null`.execute(db)
  return rows.map(({ value }) => value)
}
