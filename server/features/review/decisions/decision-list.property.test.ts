import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DecisionRow } from '#shared/contract/decision-list.ts'
import { listDecisions } from '#shared/contract/decision-list.ts'
import type { Measure } from '#shared/contract/decisions.ts'
import { type TestDb, testDb } from '#test/support/db.ts'
import { createDecision, createReview } from '#test/support/factories.ts'
import { everything } from '../scope.queries.ts'
import { findDecisionList } from './decision-list.queries.ts'

const clauses = ['hate.slur', 'spam.scam', 'tve.recruitment']
const people = ['ana', 'ben', 'me']
const queues = ['hate', 'safety']
const outcomes = ['violation', 'no_violation', 'exempt'] as const
const kinds = ['label', 'remove', 'block', 'warn'] as const
const deliveries = ['recorded', 'failed', 'pending'] as const
const days = 4

const some = <Value>(values: readonly Value[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), { nil: undefined })
const day = fc.option(fc.integer({ min: 0, max: days }), { nil: undefined })
const timeOf = (at: number) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString()

const filter = fc.record({
  mine: fc.constantFrom(undefined, undefined, true),
  decidedBy: some(people),
  outcome: some(outcomes),
  clause: some([...clauses, 'satire']),
  exemption: some(['satire', 'news']),
  measure: some(kinds),
  delivery: some(deliveries),
  queue: some(queues),
  superseded: fc.constantFrom(undefined, undefined, true, false),
  account: fc.option(fc.nat({ max: 3 }), { nil: undefined, freq: 2 }),
  from: day,
  to: day,
})
type Filter = typeof filter extends fc.Arbitrary<infer T> ? T : never

type Fact = {
  id: string
  at: number
  by: string
  outcome: (typeof outcomes)[number]
  cited: (string | null)[]
  exemption: string | null
  measures: string[]
  delivery: string
  queue: string
  account: number
  isSuperseded: boolean
  isRestricted: boolean
}

let t: TestDb
const facts: Fact[] = []
const accounts: string[] = []

/** Few values of everything, at few times, so that there are ties and every combination. */
beforeAll(async () => {
  t = await testDb()
  const pick = <Value>(values: readonly Value[], n: number) => values[n % values.length]!
  for (let n = 0; n < 90; n += 1) {
    const [a, b, c] = [n * 7 + (n >> 3), n * 5 + (n >> 2), n * 11 + (n >> 4)]
    await addDecision({
      outcome: pick(outcomes, a),
      by: pick(people, b),
      clause: pick(clauses, c),
      further: n % 6 === 0 ? pick(clauses, c + 1) : null,
      exemption: pick(['satire', 'news'], b),
      post: pick([null, 'label', 'remove'] as const, b),
      onAccount: pick([null, null, 'block', 'warn'] as const, c),
      delivery: pick(deliveries, n % 5),
      queue: pick(queues, a + b),
      account: n % 4,
      at: (n * 13) % days,
      supersedes: n % 9 === 8,
      isRestricted: n % 10 === 3,
    })
  }
}, 60_000)
afterAll(() => t.drop())

type Draft = {
  outcome: Fact['outcome']
  by: string
  clause: string
  further: string | null
  exemption: string
  post: 'label' | 'remove' | null
  onAccount: 'block' | 'warn' | null
  delivery: (typeof deliveries)[number]
  queue: string
  account: number
  at: number
  supersedes: boolean
  isRestricted: boolean
}

async function addDecision(draft: Draft) {
  const isClean = draft.outcome === 'no_violation'
  const before = draft.supersedes ? facts.find((fact) => !fact.isSuperseded) : undefined
  const review = await createReview(t.db, {
    queue_id: draft.queue,
    is_restricted: draft.isRestricted,
    ...(accounts[draft.account] && { account_id: accounts[draft.account]! }),
  })
  accounts[draft.account] ??= review.account_id
  // As the rules of decisions have it: what is exempt is labelled at most, and no violation leads to nothing.
  const post = isClean || (draft.outcome === 'exempt' && draft.post === 'remove') ? null : draft.post
  const onAccount = draft.outcome === 'violation' ? draft.onAccount : null
  const measures: Measure[] = [
    ...(post ? [{ target: 'post' as const, kind: post }] : []),
    ...(onAccount ? [{ target: 'account' as const, kind: onAccount }] : []),
  ]
  const exemption = draft.outcome === 'exempt' ? draft.exemption : null
  const decision = await createDecision(t.db, {
    review_id: review.id,
    outcome: draft.outcome,
    policy_id: isClean ? null : draft.clause,
    further_clauses: JSON.stringify(draft.further && !isClean ? [{ id: draft.further, version: 1 }] : []),
    exemption,
    decided_by: draft.by,
    decided_at: new Date(timeOf(draft.at)),
    supersedes_id: before?.id ?? null,
    measures,
  })
  await t.db.updateTable('outbox').set({ state: draft.delivery }).where('decision_id', '=', decision.id).execute()
  if (before) before.isSuperseded = true
  facts.push({
    id: decision.id,
    at: draft.at,
    by: draft.by,
    outcome: draft.outcome,
    cited: isClean ? [exemption] : [draft.clause, draft.further, exemption],
    exemption,
    measures: measures.map(({ kind }) => kind),
    delivery: draft.delivery,
    queue: draft.queue,
    account: draft.account,
    isSuperseded: false,
    isRestricted: draft.isRestricted,
  })
}

function fits(fact: Fact, asked: Filter, mayRestricted: boolean) {
  const among = (values: readonly string[] | undefined, have: readonly (string | null)[]) =>
    !values || have.some((value) => value !== null && values.includes(value))
  return (
    (mayRestricted || !fact.isRestricted) &&
    (!asked.mine || fact.by === 'me') &&
    among(asked.decidedBy, [fact.by]) &&
    among(asked.outcome, [fact.outcome]) &&
    among(asked.clause, fact.cited) &&
    among(asked.exemption, [fact.exemption]) &&
    among(asked.measure, fact.measures) &&
    among(asked.delivery, [fact.delivery]) &&
    among(asked.queue, [fact.queue]) &&
    (asked.superseded === undefined || asked.superseded === fact.isSuperseded) &&
    (asked.account === undefined || asked.account === fact.account) &&
    (asked.from === undefined || fact.at >= asked.from) &&
    (asked.to === undefined || fact.at < asked.to)
  )
}

/** All pages one after the other. */
async function readAll(asked: Filter, sort: 'newest' | 'oldest', limit: number, mayRestricted: boolean) {
  const reader = { id: 'me', scope: { ...everything, seesRestricted: mayRestricted } }
  const ids: string[] = []
  let count: number | undefined
  let cursor: string | undefined
  do {
    const query = listDecisions.query.parse({
      ...asked,
      mine: asked.mine && 'true',
      superseded: asked.superseded === undefined ? undefined : String(asked.superseded),
      account: asked.account === undefined ? undefined : accounts[asked.account],
      from: asked.from === undefined ? undefined : timeOf(asked.from),
      to: asked.to === undefined ? undefined : timeOf(asked.to),
      sort,
      limit,
      cursor,
    })
    const page = await findDecisionList(t.db, query, reader)
    ids.push(...page.items.map((item) => (item as DecisionRow).decision.id))
    if (page.count) count = page.count.value
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return { ids, count }
}

describe('the list of decisions', () => {
  it('holds under every filter what a plain recount finds, once and in order', async () => {
    const sort = fc.constantFrom('newest' as const, 'oldest' as const)
    await fc.assert(
      fc.asyncProperty(filter, sort, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (asked, by, limit, sees) => {
        const wanted = facts.filter((fact) => fits(fact, asked, sees))
        const order = by === 'newest' ? -1 : 1
        wanted.sort((a, b) => order * (a.at - b.at || (a.id < b.id ? -1 : 1)))
        const { ids, count } = await readAll(asked, by, limit, sees)
        expect(ids).toEqual(wanted.map(({ id }) => id))
        expect(count).toBe(wanted.length)
      }),
      { numRuns: 150 },
    )
  }, 120_000)
})
