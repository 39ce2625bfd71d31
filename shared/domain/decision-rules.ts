import type { ExemptionTest } from './exemption-test.ts'
import type { AccountMeasure, Outcome, PostMeasure } from './outcomes.ts'
import { follows, type LadderStep, mayEnd } from './strikes.ts'

type Measure = {
  target: 'post' | 'account'
  kind: PostMeasure | AccountMeasure
  by?: string | undefined
  endsAt?: string | undefined
}
type Draft = {
  outcome: Outcome
  clause: { id: string; version: number } | null
  furtherClauses: readonly { id: string }[]
  exemption: string | null
  purposeWeighed: boolean
  exemptionTest?: ExemptionTest | null | undefined
  measures: readonly Measure[]
  territory: readonly string[]
  rationale: string
  ladderReason?: string | null | undefined
  /** What is written to the user. */
  message?: object | null | undefined
}

/** A clause in the version that is cited. */
export type ClauseRule = {
  needsPurposeTest: boolean
  requiredFields: readonly ('rationale' | 'territory' | 'ends_at' | 'exemption_test' | 'message')[]
  /** Ids of the exemptions that may be granted under it; null is every one. */
  exemptions: readonly string[] | null
}

type Ground = {
  hasPost: boolean
  at: Date
  /** Further clauses that are cited: what each asks for is asked too. */
  further?: readonly ClauseRule[]
  /** What the strike ladder says of the account, where it says anything. */
  step?: LadderStep | null
}

export const decisionFaults = [
  'clause_missing',
  'clause_not_wanted',
  'clause_twice',
  'exemption_test_missing',
  'exemption_missing',
  'exemption_not_wanted',
  'exemption_not_allowed',
  'purpose_not_weighed',
  'measure_not_wanted',
  'measure_twice',
  'restriction_missing',
  'end_missing',
  'territory_missing',
  'ladder_reason_missing',
  'rationale_missing',
  'message_missing',
  'no_post',
] as const
export type DecisionFault = { path: string; code: (typeof decisionFaults)[number] }

/**
 * What is missing from or wrong with a decision, in the order in which a person would mend it; empty when it may be
 * recorded. The desk disables the submit button by it and the server refuses by it, so both always agree.
 *
 * - `violation` cites a clause; a clause with a purpose test (terrorist content) only after exemptions were weighed.
 * - `exempt` cites the clause that would apply and the exemption, one that the clause allows; it touches no account and
 *   removes nothing.
 * - `no_violation` cites nothing and does nothing.
 * - A review of an account alone has no post to act on.
 * - An exemption, and every measure that shuts somebody out, needs a rationale.
 * - What the cited versions of the clauses ask for is there.
 * - A violation does what the strike ladder says, or says why not.
 */
export function faultsOf(draft: Draft, clause: ClauseRule | null, ground: Ground): DecisionFault[] {
  const asked = new Set([clause, ...(ground.further ?? [])].flatMap((each) => each?.requiredFields ?? []))
  return [
    ...faultsOfClauses(draft),
    ...faultsOfExemption(draft, clause, asked.has('exemption_test')),
    ...faultsOfMeasures(draft, ground.hasPost),
    ...faultsOfReach(draft, asked),
    ...faultsOfLadder(draft, ground),
    ...faultsOfText(draft, asked.has('rationale')),
    ...faultsOfMessage(draft, asked.has('message')),
  ]
}

function faultsOfClauses({ outcome, clause, furtherClauses }: Draft): DecisionFault[] {
  if (outcome === 'no_violation') {
    return clause || furtherClauses.length > 0 ? [{ path: 'clause', code: 'clause_not_wanted' }] : []
  }
  if (!clause) return [{ path: 'clause', code: 'clause_missing' }]
  const ids = [clause.id, ...furtherClauses.map((further) => further.id)]
  return new Set(ids).size < ids.length ? [{ path: 'furtherClauses', code: 'clause_twice' }] : []
}

function faultsOfExemption(draft: Draft, clause: ClauseRule | null, asksForTest: boolean): DecisionFault[] {
  const { outcome, exemption, purposeWeighed, exemptionTest } = draft
  const untested: DecisionFault[] =
    asksForTest && outcome !== 'no_violation' && !exemptionTest
      ? [{ path: 'exemptionTest', code: 'exemption_test_missing' }]
      : []
  if (outcome === 'exempt') {
    if (!exemption) return [...untested, { path: 'exemption', code: 'exemption_missing' }]
    const isAllowed = !clause?.exemptions || clause.exemptions.includes(exemption)
    return isAllowed ? untested : [{ path: 'exemption', code: 'exemption_not_allowed' }, ...untested]
  }
  if (exemption) return [{ path: 'exemption', code: 'exemption_not_wanted' }]
  const mustWeigh = outcome === 'violation' && clause?.needsPurposeTest
  return mustWeigh && !purposeWeighed
    ? [...untested, { path: 'purposeWeighed', code: 'purpose_not_weighed' }]
    : untested
}

function faultsOfMeasures({ outcome, measures }: Draft, hasPost: boolean): DecisionFault[] {
  const faults: DecisionFault[] = []
  measures.forEach((measure, index) => {
    const path = `measures.${index}`
    const isUnwanted =
      outcome === 'no_violation' ||
      (outcome === 'exempt' && (measure.target === 'account' || measure.kind === 'remove'))
    if (isUnwanted) faults.push({ path, code: 'measure_not_wanted' })
    if (measure.target === 'post' && !hasPost) faults.push({ path, code: 'no_post' })
    if (measures.findIndex((other) => other.target === measure.target) < index)
      faults.push({ path, code: 'measure_twice' })
    if (measure.kind === 'restrict' && !measure.by) faults.push({ path: `${path}.by`, code: 'restriction_missing' })
  })
  return faults
}

/** How long a measure on the account lasts and where it holds, where a clause asks for it. */
function faultsOfReach({ measures, territory }: Draft, asked: ReadonlySet<string>): DecisionFault[] {
  const endless = measures.findIndex(
    ({ target, kind, endsAt }) => target === 'account' && mayEnd(kind as AccountMeasure) && !endsAt,
  )
  const faults: DecisionFault[] = []
  if (asked.has('ends_at') && endless >= 0) faults.push({ path: `measures.${endless}.endsAt`, code: 'end_missing' })
  if (asked.has('territory') && measures.length > 0 && territory.length === 0)
    faults.push({ path: 'territory', code: 'territory_missing' })
  return faults
}

function faultsOfLadder({ outcome, measures, ladderReason }: Draft, { step, at }: Ground): DecisionFault[] {
  if (outcome !== 'violation' || !step || follows(step, measures, at) || ladderReason?.trim()) return []
  return [{ path: 'ladderReason', code: 'ladder_reason_missing' }]
}

function faultsOfText({ outcome, measures, rationale }: Draft, isAsked: boolean): DecisionFault[] {
  const shutsOut = measures.some((measure) => measure.target === 'account' && measure.kind !== 'warn')
  const isNeeded = outcome === 'exempt' || shutsOut || (isAsked && outcome !== 'no_violation')
  return isNeeded && !rationale.trim() ? [{ path: 'rationale', code: 'rationale_missing' }] : []
}

/** Who broke a rule is told so, where the clause asks for it. */
function faultsOfMessage({ outcome, message }: Draft, isAsked: boolean): DecisionFault[] {
  return isAsked && outcome === 'violation' && !message ? [{ path: 'message', code: 'message_missing' }] : []
}

/** Whether a decision holds back until a second person confirms it. */
export function isSevere(measures: readonly { target: string; kind: string }[], severe: readonly string[]): boolean {
  return measures.some(({ kind }) => severe.includes(kind))
}
