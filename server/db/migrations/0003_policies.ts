import { type Kysely, sql } from 'kysely'
import { newId } from '#server/db/id.ts'
import type { Database } from '#server/db/schema.ts'
import { ownClauses } from '#server/db/seed/clauses-own.ts'
import { terroristClauses } from '#server/db/seed/clauses-terrorist.ts'
import { violenceClauses } from '#server/db/seed/clauses-violence.ts'
import { exemptions } from '#server/db/seed/exemptions.ts'
import { type FirstPolicy, inForceSince, sections } from '#server/db/seed/first-set.ts'
import { firstQueues, firstRoutingRules } from '#server/db/seed/queues.ts'
import { firstReasonCodes } from '#server/db/seed/reason-codes.ts'

/**
 * The first policies, queues, routing rules and reason codes. `seed/` is part of this migration: once released, a change
 * to a clause is a new version in a later migration, never an edit there.
 */
export async function up(db: Kysely<Database>) {
  await db
    .insertInto('queue')
    .values(firstQueues.map(({ id, name, targetMs }, position) => ({ id, name, position, target_ms: targetMs })))
    .execute()
  await insertPolicies(db)
  await (db as unknown as Kysely<{ routing_rule: FirstRule }>)
    .insertInto('routing_rule')
    .values(
      firstRoutingRules.map(({ queueId, sourceKind, policyPrefix }, position) => ({
        id: newId(),
        position,
        queue_id: queueId,
        source_kind: sourceKind ?? null,
        policy_prefix: policyPrefix ?? null,
      })),
    )
    .execute()
  await db
    .insertInto('reason_mapping')
    .values(firstReasonCodes.map(([code, policyId]) => ({ source_name: '', code, policy_id: policyId })))
    .execute()
  // The filters offer what the data holds: the distinct values are skipped through, not counted.
  await sql`create index review_language on review (language) where language is not null`.execute(db)
  await sql`create index review_platform on review (platform)`.execute(db)
  await sql`create index decision_exemption on decision (exemption) where exemption is not null`.execute(db)
}

/** A table that a later migration replaces. */
type FirstRule = {
  id: string
  position: number
  queue_id: string
  source_kind: string | null
  policy_prefix: string | null
}

async function insertPolicies(db: Kysely<Database>) {
  const clauses = [...terroristClauses, ...violenceClauses, ...ownClauses].sort(byCode)
  const policies = [...clauses, ...exemptions]
  await db
    .insertInto('policy')
    .values(
      policies.map((policy, position) => {
        const [section = ''] = policy.code.split('.')
        return {
          id: policy.id,
          code: policy.code,
          position,
          kind: section === 'E' ? ('exemption' as const) : ('clause' as const),
          short_name: policy.shortName,
          section_code: section,
          section_name: sections[section] ?? '',
          severity: policy.severity,
          is_restricted: policy.isRestricted ?? false,
          needs_purpose_test: policy.id.startsWith('tve.'),
          current_version: policy.versions.length,
        }
      }),
    )
    .execute()
  await db.insertInto('policy_version').values(policies.flatMap(toVersions)).execute()
}

function toVersions(policy: FirstPolicy) {
  return policy.versions.map((version, index) => ({
    policy_id: policy.id,
    version: index + 1,
    label: version.label,
    description: version.description,
    signs: version.signs ?? [],
    not_this: version.notThis ?? [],
    questions: version.questions ?? [],
    usual_measures: version.usualMeasures,
    alert: version.alert ?? null,
    tco: version.tco ?? null,
    dsa_category: version.dsaCategory ?? null,
    dsa_keywords: version.dsaKeywords ?? [],
    change: version.change ?? null,
    published_by: null,
    in_force_since: new Date(inForceSince[index] ?? inForceSince[0]),
  }))
}

/** `2.10` comes after `2.9`. */
function byCode(a: FirstPolicy, b: FirstPolicy) {
  return a.code.localeCompare(b.code, 'en', { numeric: true })
}
