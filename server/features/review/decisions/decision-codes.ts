import { createHash } from 'node:crypto'
import type { DecisionInput } from '#shared/contract/decisions.ts'

type Decided = Pick<DecisionInput, 'outcome' | 'clause' | 'furtherClauses' | 'exemption' | 'measures' | 'rationale'>

/** What the log keeps of a decision: ids, codes and hashes. */
export function toCodes(input: Decided) {
  return {
    outcome: input.outcome,
    clause: input.clause,
    furtherClauses: input.furtherClauses,
    exemption: input.exemption,
    measures: input.measures.map(({ target, kind }) => `${target}.${kind}`),
    rationaleSha256: createHash('sha256').update(input.rationale).digest('hex'),
  }
}
