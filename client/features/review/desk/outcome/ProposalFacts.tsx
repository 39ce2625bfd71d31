import { useNameOf } from '#client/api/choices.ts'
import type { Proposal } from '#shared/contract/confirming.ts'
import type { Policies } from '../decision/decision-draft.ts'
import { DecisionFacts } from './DecisionFacts.tsx'

/** All that was proposed, in the words in which it would stand on record. */
export function ProposalFacts({ proposal, policies }: { proposal: Proposal; policies: Policies }) {
  const nameOf = useNameOf()
  const { proposedById, proposedAt, ...judged } = proposal
  const decision = { ...judged, decidedById: proposedById, decidedAt: proposedAt }
  return <DecisionFacts decision={decision} policies={policies} nameOf={nameOf} />
}
