import { useOrganisation } from '#client/api/preferences.ts'
import type { ReviewDetail } from '#shared/contract/reviews.ts'
import { isSevere } from '#shared/domain/decision-rules.ts'
import { nextStep, type StrikeLadder, type StrikeRecord, stepAt } from '#shared/domain/strikes.ts'
import type { AccountStatus } from '#shared/domain/words.ts'
import { type Draft, measuresOf, type Policies } from './decision-draft.ts'

/** What the ladder is asked by: what stands against the account, and what it is now. */
export type LadderGround = { ladder: StrikeLadder; before: number; status: AccountStatus }

/** Null where there is no ladder, or nothing is known of the account. */
export function useLadderGround(detail: Pick<ReviewDetail, 'review' | 'account'>): LadderGround | null {
  const { strikeLadder: ladder } = useOrganisation()
  const { strikes } = detail.account
  if (!strikes || ladder.steps.length === 0) return null
  return { ladder, before: strikes.total, status: detail.review.accountStatus }
}

export type LadderSays = StrikeRecord & {
  /** A step is reached, and something stronger holds already. */
  isCovered: boolean
}

/** What the ladder says of a violation of this clause; null where it adds nothing. */
export function askLadder(draft: Draft, policies: Policies, ground: LadderGround | null): LadderSays | null {
  const clause = draft.clause && !draft.exemption ? policies.get(draft.clause) : undefined
  const added = clause?.current.strikeWeight ?? 0
  if (!ground || added === 0) return null
  const { ladder, before } = ground
  const step = nextStep(ladder, { ...ground, added })
  return { before, added, step, isCovered: step === null && stepAt(ladder, before + added) !== null }
}

/** Whether it waits for a second person. */
export function useIsSevere(draft: Draft): boolean {
  const { severeMeasures } = useOrganisation()
  return isSevere(measuresOf(draft), severeMeasures)
}
