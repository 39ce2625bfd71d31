import { createHash } from 'node:crypto'
import type { DecisionInput } from '#shared/contract/decisions.ts'
import type { StrikeRecord } from '#shared/domain/strikes.ts'

type Decided = Pick<
  DecisionInput,
  'outcome' | 'clause' | 'furtherClauses' | 'exemption' | 'exemptionTest' | 'measures' | 'rationale' | 'ladderReason'
>

/** What the log keeps of a decision: ids, codes and hashes. */
export function toCodes(input: Decided, strikes: StrikeRecord | null = null) {
  const { exemptionTest: test, ladderReason } = input
  return {
    outcome: input.outcome,
    clause: input.clause,
    furtherClauses: input.furtherClauses,
    exemption: input.exemption,
    measures: input.measures.map(({ target, kind }) => `${target}.${kind}`),
    rationaleSha256: toSha256(input.rationale),
    ...(test && {
      exemptionTest: { publisher: test.publisher, purpose: test.purpose, endorsed: test.endorsed },
      ...(test.text && { exemptionTestSha256: toSha256(test.text) }),
    }),
    ...(strikes && strikes.added > 0 && { strikes }),
    ...(ladderReason && { ladderReasonSha256: toSha256(ladderReason) }),
  }
}

const toSha256 = (text: string) => createHash('sha256').update(text).digest('hex')
