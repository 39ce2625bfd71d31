import type { AccountMeasure, Outcome, PostMeasure } from './outcomes.ts'

type Draft = {
  outcome: Outcome
  clause: { id: string; version: number } | null
  furtherClauses: readonly { id: string }[]
  exemption: string | null
  purposeWeighed: boolean
  measures: readonly { target: 'post' | 'account'; kind: PostMeasure | AccountMeasure; by?: string | undefined }[]
  rationale: string
}
type Clause = { id: string; needsPurposeTest: boolean }

export const decisionFaults = [
  'clause_missing',
  'clause_not_wanted',
  'clause_twice',
  'exemption_missing',
  'exemption_not_wanted',
  'purpose_not_weighed',
  'measure_not_wanted',
  'measure_twice',
  'restriction_missing',
  'rationale_missing',
  'no_post',
] as const
export type DecisionFault = { path: string; code: (typeof decisionFaults)[number] }

/**
 * What is missing from or wrong with a decision, in the order in which a person would mend it; empty when it may be
 * recorded. The desk disables the submit button by it and the server refuses by it, so both always agree.
 *
 * - `violation` cites a clause; a clause with a purpose test (terrorist content) only after exemptions were weighed.
 * - `exempt` cites the clause that would apply and the exemption; it touches no account and removes nothing.
 * - `no_violation` cites nothing and does nothing.
 * - A review of an account alone has no post to act on.
 * - An exemption, and every measure that shuts somebody out, needs a rationale.
 */
export function faultsOf(draft: Draft, clause: Clause | null, { hasPost }: { hasPost: boolean }): DecisionFault[] {
  return [
    ...faultsOfClauses(draft),
    ...faultsOfExemption(draft, clause),
    ...faultsOfMeasures(draft, hasPost),
    ...faultsOfText(draft),
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

function faultsOfExemption({ outcome, exemption, purposeWeighed }: Draft, clause: Clause | null): DecisionFault[] {
  if (outcome === 'exempt') return exemption ? [] : [{ path: 'exemption', code: 'exemption_missing' }]
  if (exemption) return [{ path: 'exemption', code: 'exemption_not_wanted' }]
  const mustWeigh = outcome === 'violation' && clause?.needsPurposeTest
  return mustWeigh && !purposeWeighed ? [{ path: 'purposeWeighed', code: 'purpose_not_weighed' }] : []
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

function faultsOfText({ outcome, measures, rationale }: Draft): DecisionFault[] {
  const shutsOut = measures.some((measure) => measure.target === 'account' && measure.kind !== 'warn')
  const isNeeded = outcome === 'exempt' || shutsOut
  return isNeeded && !rationale.trim() ? [{ path: 'rationale', code: 'rationale_missing' }] : []
}
