import type { CannedReason, ReasonUse } from '#shared/contract/reasons.ts'

type Asked = { use: ReasonUse; clauses: readonly string[] }

/** What is offered for a use and these clauses: those of the clauses first, then those for every clause. */
export function fittingReasons(reasons: readonly CannedReason[], { use, clauses }: Asked): CannedReason[] {
  const offered = reasons.filter(({ isWithdrawn, uses }) => !isWithdrawn && uses.includes(use))
  return [
    ...clauses.flatMap((clause) => offered.filter(({ policyId }) => policyId === clause)),
    ...offered.filter(({ policyId }) => policyId === null),
  ]
}
