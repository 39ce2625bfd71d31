import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Range } from '#server/db/ranges.ts'
import type { DecisionFilter } from '#shared/contract/decision-list.ts'
import { Outcome } from '#shared/domain/outcomes.ts'
import type { OutboxState } from '#shared/domain/words.ts'
import { inScope, type Reader } from '../scope.queries.ts'
import { isKept, isUndone } from './undo.queries.ts'

type Filter = z.output<typeof DecisionFilter>
type Condition = RawBuilder<boolean>
type Base = Omit<Range, 'where' | 'first'> & { table: RawBuilder<unknown> }

/** How most decisions end: no way to find few among many. */
const common: readonly OutboxState[] = ['delivered', 'recorded']

const decided: Base = {
  table: sql`decision`,
  from: sql`decision`,
  at: sql`decision.decided_at`,
  id: sql`decision.id`,
}
const byMeasure: Base = {
  table: sql`measure`,
  from: sql`measure join decision on decision.id = measure.decision_id`,
  at: sql`measure.decided_at`,
  id: sql`measure.decision_id`,
}
const byDelivery: Base = {
  table: sql`outbox`,
  from: sql`outbox join decision on decision.id = outbox.decision_id`,
  at: sql`outbox.decided_at`,
  id: sql`outbox.decision_id`,
}
const bySuccessor: Base = {
  ...decided,
  table: sql`decision as later`,
  from: sql`decision as later join decision on decision.id = later.supersedes_id`,
}

/**
 * The ways to the decisions under the filter, each a set of ranges that holds them all: one for every filter that has an
 * index, the one that is likely to be shortest first. None when no decision can fit.
 */
export function waysTo(asked: Filter, reader: Reader): Range[][] {
  const outcome = possibleOutcomes(asked)
  if (outcome?.length === 0) return []
  const people = peopleOf(asked, reader)
  const filter = { ...asked, ...(outcome && { outcome }), ...(people && { decidedBy: people }) }
  const where = conditionsOf(filter, reader)
  const range = ({ table, ...base }: Base, is: Condition): Range => ({
    ...base,
    first: { table, is },
    where: [is, ...where],
  })
  const each = (column: string, values: readonly string[]) =>
    values.map((value) => range(decided, sql`${sql.ref(`decision.${column}`)} = ${value}`))

  const { account, exemption, clause, delivery, measure } = filter
  const byStates = (states: readonly string[]) => states.map((state) => range(byDelivery, sql`outbox.state = ${state}`))
  const isRare = delivery && !delivery.some((state) => common.includes(state))
  const ways: Range[][] = []
  if (account) ways.push([range(decided, sql`decision.account_id = ${account}::uuid`)])
  if (exemption) ways.push(each('exemption', exemption))
  if (clause) {
    const ids = [...new Set(clause.map((name) => clauseIn(name).id))]
    const further = ids.map((id) => range(decided, citesFurther({ id })))
    ways.push([...each('policy_id', ids), ...each('exemption', ids), ...further])
  }
  if (isRare) ways.push(byStates(delivery))
  if (people) ways.push(each('decided_by', people))
  if (measure) ways.push(measure.map((kind) => range(byMeasure, sql`measure.kind = ${kind}`)))
  if (filter.superseded) ways.push([range(bySuccessor, sql`(later.supersedes_id is not null and ${isKept('later')})`)])
  if (asked.outcome && outcome) ways.push(each('outcome', outcome))
  if (delivery && !isRare) ways.push(byStates(delivery))
  const { table: _, ...plain } = decided
  return ways.length > 0 ? ways : [[{ ...plain, where }]]
}

/**
 * What the rules of decisions leave: no violation cites nothing and does nothing, an exemption removes nothing and touches
 * no account. Without this, what cannot be would be looked for through everything.
 */
function possibleOutcomes({ outcome, measure, clause, exemption }: Filter): Outcome[] | undefined {
  if (!outcome && !measure && !clause && !exemption) return undefined
  return Outcome.options.filter(
    (one) =>
      (!outcome || outcome.includes(one)) &&
      (!exemption || one === 'exempt') &&
      (!clause || one !== 'no_violation') &&
      (!measure || one === 'violation' || (one === 'exempt' && measure.some((kind) => onExempt.includes(kind)))),
  )
}

const onExempt: readonly string[] = ['label', 'restrict']

/** Whose decisions are asked for; null is everybody's. */
function peopleOf({ mine, decidedBy }: Filter, reader: Reader): string[] | null {
  if (!mine) return decidedBy ?? null
  return !decidedBy || decidedBy.includes(reader.id) ? [reader.id] : []
}

export function conditionsOf(filter: Filter, { scope }: Reader): Condition[] {
  const { account, decidedBy, outcome, exemption, clause, measure, delivery, queue, from, to } = filter
  const conditions: Condition[] = []
  if (account) conditions.push(sql`decision.account_id = ${account}::uuid`)
  if (decidedBy) conditions.push(isOneOf('decided_by', decidedBy))
  if (outcome) conditions.push(isOneOf('outcome', outcome))
  if (exemption) conditions.push(isOneOf('exemption', exemption))
  if (clause) {
    const named = clause.map(clauseIn)
    const cited = [isOneOf('exemption', clause), ...named.map(citesFirst), ...named.map(citesFurther)]
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
    const is = sql<boolean>`exists (select from decision as newer where newer.supersedes_id = decision.id
      and ${isKept('newer')})`
    conditions.push(filter.superseded ? is : sql`not (${is} or ${isUndone('decision')})`)
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

type Cited = { id: string; version?: number }

/** `id`, or `id@2` for one of its versions. */
function clauseIn(name: string): Cited {
  const [, id, version] = /^(.*)@(\d{1,6})$/.exec(name) ?? []
  return id === undefined ? { id: name } : { id, version: Number(version) }
}

const citesFirst = ({ id, version }: Cited): Condition =>
  version === undefined
    ? sql`decision.policy_id = ${id}`
    : sql`(decision.policy_id = ${id} and decision.policy_version = ${version})`

const citesFurther = (cited: Cited): Condition =>
  sql`(decision.further_clauses <> '[]' and decision.further_clauses @> ${JSON.stringify([cited])}::jsonb)`
