import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Range } from '#server/db/ranges.ts'
import type { DecisionFilter } from '#shared/contract/decision-list.ts'
import type { OutboxState } from '#shared/domain/words.ts'
import { inScope, type Reader } from './scope.queries.ts'

type Filter = z.output<typeof DecisionFilter>
type Condition = RawBuilder<boolean>

/** How most decisions end: no way to find few among many. */
const common: readonly OutboxState[] = ['delivered', 'recorded']

const decided: Omit<Range, 'where'> = { from: sql`decision`, at: sql`decision.decided_at`, id: sql`decision.id` }
const byMeasure: Omit<Range, 'where'> = {
  from: sql`measure join decision on decision.id = measure.decision_id`,
  at: sql`measure.decided_at`,
  id: sql`measure.decision_id`,
}
const byDelivery: Omit<Range, 'where'> = {
  from: sql`outbox join decision on decision.id = outbox.decision_id`,
  at: sql`outbox.decided_at`,
  id: sql`outbox.decision_id`,
}
const superseded: Omit<Range, 'where'> = {
  ...decided,
  from: sql`decision as later join decision on decision.id = later.supersedes_id`,
}

/** The ranges that hold the decisions under the filter: of the index of that filter which is likely to leave fewest. */
export function rangesOf(filter: Filter, reader: Reader): Range[] {
  const people = peopleOf(filter, reader)
  const where = conditionsOf({ ...filter, ...(people && { decidedBy: people }) }, reader)
  const walk = (base: Omit<Range, 'where'>, first: Condition): Range => ({ ...base, where: [first, ...where] })
  const each = (column: string, values: readonly string[]) =>
    values.map((value) => walk(decided, sql`${sql.ref(`decision.${column}`)} = ${value}`))

  const { account, exemption, clause, delivery, measure, outcome } = filter
  if (account) return [walk(decided, sql`decision.account_id = ${account}::uuid`)]
  if (exemption) return each('exemption', exemption)
  if (clause) {
    const further = clause.map((id) => walk(decided, citesFurther(id)))
    return [...each('policy_id', clause), ...each('exemption', clause), ...further]
  }
  const byStates = (states: readonly string[]) => states.map((state) => walk(byDelivery, sql`outbox.state = ${state}`))
  if (delivery && !delivery.some((state) => common.includes(state))) return byStates(delivery)
  if (people) return each('decided_by', people)
  if (measure) return measure.map((kind) => walk(byMeasure, sql`measure.kind = ${kind}`))
  if (filter.superseded) return [{ ...superseded, where }]
  if (outcome) return each('outcome', outcome)
  if (delivery) return byStates(delivery)
  return [{ ...decided, where }]
}

/** Whose decisions are asked for; null is everybody's. */
function peopleOf({ mine, decidedBy }: Filter, reader: Reader): string[] | null {
  if (!mine) return decidedBy ?? null
  return !decidedBy || decidedBy.includes(reader.id) ? [reader.id] : []
}

function conditionsOf(filter: Filter, { scope }: Reader): Condition[] {
  const { account, decidedBy, outcome, exemption, clause, measure, delivery, queue, from, to } = filter
  const conditions: Condition[] = []
  if (account) conditions.push(sql`decision.account_id = ${account}::uuid`)
  if (decidedBy) conditions.push(isOneOf('decided_by', decidedBy))
  if (outcome) conditions.push(isOneOf('outcome', outcome))
  if (exemption) conditions.push(isOneOf('exemption', exemption))
  if (clause) {
    const cited = [isOneOf('policy_id', clause), isOneOf('exemption', clause), ...clause.map(citesFurther)]
    conditions.push(sql`(${sql.join(cited, sql` or `)})`)
  }
  if (measure) {
    conditions.push(sql`exists (select from measure as taken where taken.decision_id = decision.id
      and taken.kind = any(${measure}::text[]))`)
  }
  if (delivery) {
    conditions.push(sql`exists (select from outbox as sent where sent.decision_id = decision.id
      and sent.state = any(${delivery}::text[]))`)
  }
  if (filter.superseded !== undefined) {
    const is = sql<boolean>`exists (select from decision as newer where newer.supersedes_id = decision.id)`
    conditions.push(filter.superseded ? is : sql`not ${is}`)
  }
  if (from) conditions.push(sql`decision.decided_at >= ${new Date(from)}`)
  if (to) conditions.push(sql`decision.decided_at < ${new Date(to)}`)
  conditions.push(...seen(scope, queue))
  return conditions
}

/** Nothing is looked up for those who see everything, and only what is restricted for those who see all else. */
function seen(scope: Reader['scope'], queue: string[] | undefined): Condition[] {
  if (scope.queues === null && !queue) {
    if (scope.seesRestricted) return []
    return [sql`not exists (select from review where review.id = decision.review_id and review.is_restricted)`]
  }
  const inQueue = queue ? sql` and review.queue_id = any(${queue}::text[])` : sql``
  return [sql`exists (select from review where review.id = decision.review_id and ${inScope(scope)}${inQueue})`]
}

const isOneOf = (column: string, values: readonly string[]): Condition =>
  sql`${sql.ref(`decision.${column}`)} = any(${values}::text[])`

const citesFurther = (id: string): Condition =>
  sql`(decision.further_clauses <> '[]' and decision.further_clauses @> ${JSON.stringify([{ id }])}::jsonb)`
