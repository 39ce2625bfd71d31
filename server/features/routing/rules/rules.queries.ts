import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { RuleDraftTable, RuleSetTable } from '#server/db/schema/routing.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { RuleDraft, RuleVersion } from '#shared/contract/routing.ts'
import type { RoutedFacts, RuleSet } from '#shared/domain/routing.ts'

/** Shown of the past; all are kept. */
const mostVersions = 50

/** Newest first. */
export async function findRuleVersions(db: Db | Tx): Promise<RuleVersion[]> {
  const rows = await db.selectFrom('rule_set').selectAll().orderBy('version', 'desc').limit(mostVersions).execute()
  return rows.map(toRuleVersion)
}

const toRuleVersion = (row: Selectable<RuleSetTable>): RuleVersion => ({
  version: row.version,
  rules: row.rules as RuleVersion['rules'],
  lastResortId: row.last_resort_id,
  change: row.change,
  publishedById: row.published_by,
  publishedAt: row.published_at.toISOString(),
})

export async function findRuleDraft(db: Db | Tx): Promise<RuleDraft | null> {
  const row = await db.selectFrom('rule_draft').selectAll().executeTakeFirst()
  return row ? toRuleDraft(row) : null
}

const toRuleDraft = (row: Selectable<RuleDraftTable>): RuleDraft => ({
  version: row.version,
  basedOn: row.based_on,
  rules: row.rules as RuleDraft['rules'],
  lastResortId: row.last_resort_id,
  changedById: row.changed_by,
  changedAt: row.changed_at.toISOString(),
})

type Saving = RuleSet & { version: number; basedOn: number; by: string; at: Date }

/** Routing is locked: whoever saves saves alone. */
export async function putRuleDraft(tx: Tx, { rules, lastResortId, version, basedOn, by, at }: Saving) {
  const row = {
    version,
    based_on: basedOn,
    rules: JSON.stringify(rules),
    last_resort_id: lastResortId,
    changed_by: by,
    changed_at: at,
  }
  await tx
    .insertInto('rule_draft')
    .values(row)
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row))
    .execute()
}

export async function deleteRuleDraft(tx: Tx) {
  await tx.deleteFrom('rule_draft').execute()
}

export async function insertRuleVersion(
  tx: Tx,
  { rules, lastResortId, version, change, by, at }: RuleSet & { version: number; change: string; by: string; at: Date },
) {
  await tx
    .insertInto('rule_set')
    .values({
      version,
      rules: JSON.stringify(rules),
      last_resort_id: lastResortId,
      change,
      published_by: by,
      published_at: at,
    })
    .execute()
}

export async function getLatestVersion(tx: Tx): Promise<number> {
  const { version } = await tx
    .selectFrom('rule_set')
    .select((eb) => eb.fn.max('version').as('version'))
    .executeTakeFirstOrThrow()
  return version
}

/** What rules may name. */
export async function findNameable(tx: Db | Tx) {
  const [queues, clauses] = await Promise.all([
    tx.selectFrom('queue').select(['id', 'languages']).where('retired_at', 'is', null).execute(),
    tx.selectFrom('policy').select(['id', 'section_code']).where('kind', '=', 'clause').execute(),
  ])
  return { queues: new Map(queues.map(({ id, languages }) => [id, languages])), clauses }
}

export type TriedFlag = RoutedFacts & {
  id: string
  reviewId: string | null
  number: number | null
  receivedAt: Date
}

/** The newest flags that the scope shows, newest first, with what was known of each when it came. */
export async function findLastFlags(db: Db, scope: Scope, limit: number): Promise<TriedFlag[]> {
  const { rows } = await sql<TriedFlag>`
    select flag.id, flag.review_id as "reviewId", review.number, flag.received_at as "receivedAt",
      flag.policy_id as "policyId", flag.source_kind as "sourceKind", flag.score, snapshot.language, snapshot.reach,
      coalesce(post.platform, account.platform) as platform, snapshot.account_state ->> 'status' as "accountStatus"
    from flag
    join snapshot on snapshot.id = flag.snapshot_id
    join account on account.id = flag.account_id
    left join post on post.id = flag.post_id
    left join review on review.id = flag.review_id
    where flag.review_id is null or ${inScope(scope)}
    order by flag.id desc limit ${limit}`.execute(db)
  return rows
}

/** The rule that placed a review, with its version; undefined when that version names no such rule. */
export async function findPlacement(db: Db, version: number, ruleId: string | null) {
  const { rows } = await sql<{ rule: RuleVersion['rules'][number] | null }>`
    select (select rule from jsonb_array_elements(rules) as rule where rule ->> 'id' = ${ruleId}::text) as rule
    from rule_set where version = ${version}`.execute(db)
  return { rulesVersion: version, rule: rows[0]?.rule ?? null }
}
