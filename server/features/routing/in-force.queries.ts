import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { PriorityWeights } from '#shared/domain/priority.ts'
import { compileRules, type RoutingRule } from '#shared/domain/routing.ts'
import type { Severity, SourceKind } from '#shared/domain/words.ts'

type Clause = { id: string; section_code: string; severity: Severity; is_restricted: boolean }
type Queue = {
  id: string
  position: number
  targetMs: number
  sourceTargets: Partial<Record<SourceKind, number>>
  languages: string[]
}

type Row = {
  version: number
  rules: RoutingRule[]
  last_resort_id: string
  clauses: Clause[]
  queues: Queue[]
  weights: PriorityWeights
}

/** Of all routing, this key: shared by those who place reviews, alone by those who change where reviews can be placed. */
const routingKey = 0x726f757465

/**
 * What places and weighs flags now, made ready for many, in one statement. Until the transaction ends nobody publishes
 * rules or retires a queue.
 */
export async function getRoutingInForce(tx: Tx) {
  await sql`select pg_advisory_xact_lock_shared(${routingKey}::bigint)`.execute(tx)
  const row = await readInForce(tx)
  return {
    rulesVersion: row.version,
    route: compileFor(row, row),
    queues: new Map(row.queues.map((queue) => [queue.id, queue])),
    weights: row.weights,
    clauses: row.clauses,
  }
}

/** Nobody places a review or changes routing until the transaction ends. */
export async function lockRouting(tx: Tx) {
  await sql`select pg_advisory_xact_lock(${routingKey}::bigint)`.execute(tx)
}

/** The rules in force with what they are read by; nothing is locked. */
export async function readInForce(db: Db | Tx): Promise<Row> {
  const { rows } = await sql<Row>`
    select rule_set.version, rule_set.rules, rule_set.last_resort_id,
      (select jsonb_agg(jsonb_build_object('id', id, 'section_code', section_code, 'severity', severity,
        'is_restricted', is_restricted)) from policy where kind = 'clause') as clauses,
      (select jsonb_agg(jsonb_build_object('id', id, 'position', position, 'targetMs', target_ms,
        'sourceTargets', source_targets, 'languages', languages)) from queue) as queues,
      (select weights from priority_weights order by version desc limit 1) as weights
    from rule_set order by version desc limit 1`.execute(db)
  return rows[0]!
}

/** A rule set, ready to be asked. */
export function compileFor(
  { rules, last_resort_id }: { rules: readonly RoutingRule[]; last_resort_id: string },
  { clauses, queues }: Pick<Row, 'clauses' | 'queues'>,
) {
  return compileRules(
    { rules, lastResortId: last_resort_id },
    {
      sectionOf: new Map(clauses.map(({ id, section_code }) => [id, section_code])),
      languagesOf: new Map(queues.map(({ id, languages }) => [id, languages])),
    },
  )
}

/** What urgency weighs now. */
export async function getWeights(db: Db | Tx): Promise<PriorityWeights> {
  const { weights } = await db
    .selectFrom('priority_weights')
    .select('weights')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return weights
}
