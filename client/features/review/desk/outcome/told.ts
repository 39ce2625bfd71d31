import { useTranslation } from 'react-i18next'
import type { Conflict } from '#shared/contract/conflict.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import { AccountMeasure, type Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import { type Draft, noViolation, outcomeOf, type Policies } from '../decision/decision-draft.ts'
import { accountMeasureOf, postMeasureOf } from './read-decision.ts'

/** A decision or a draft, in the few facts that two people compare. */
export type Told = {
  outcome: Outcome
  post: PostMeasure | null
  account: AccountMeasure | null
  clause: { id: string; version: number } | null
  exemption: string | null
  rationale: string
}

export function toldOfRecord({ outcome, clause, exemption, measures, rationale }: DecisionRecord): Told {
  return { outcome, clause, exemption, rationale, post: postMeasureOf(measures), account: accountMeasureOf(measures) }
}

export function toldOfConflict({ measures, ...decision }: NonNullable<Conflict['decision']>): Told {
  const find = <Word>(read: (word: unknown) => { data?: Word | undefined }) =>
    measures.map((word) => read(word).data).find((word) => word !== undefined) ?? null
  return {
    ...decision,
    post: find<PostMeasure>((word) => PostMeasure.safeParse(word)),
    account: find<AccountMeasure>((word) => AccountMeasure.safeParse(word)),
  }
}

export function toldOfDraft(draft: Draft, policies: Policies): Told {
  const clause = draft.clause && draft.clause !== noViolation ? policies.get(draft.clause) : undefined
  return {
    outcome: outcomeOf(draft),
    post: draft.post === 'keep' ? null : draft.post,
    account: draft.account === 'none' ? null : draft.account,
    clause: clause ? { id: clause.id, version: clause.current.version } : null,
    exemption: draft.exemption,
    rationale: draft.rationale,
  }
}

/** What two readings of one post differ in. */
export function differencesOf(theirs: Told, mine: Told) {
  const parts = [
    theirs.outcome !== mine.outcome || theirs.post !== mine.post ? 'outcome' : null,
    theirs.clause?.id !== mine.clause?.id ? 'clause' : null,
    theirs.exemption !== mine.exemption ? 'exemption' : null,
    theirs.account !== mine.account ? 'account' : null,
  ] as const
  return parts.filter((part) => part !== null)
}

/** “removed under 2.1”: a decision in a clause of a sentence. */
export function useTold(policies: Policies) {
  const { t } = useTranslation('review')
  return ({ outcome, post, clause, exemption }: Told) => {
    const code = clause ? (policies.get(clause.id)?.code ?? clause.id) : ''
    if (outcome === 'no_violation') return t('told.noViolation')
    if (outcome === 'exempt')
      return t('told.exempt', { exemption: policies.get(exemption ?? '')?.shortName ?? exemption ?? '' })
    return t(`told.${post ?? 'violation'}`, { code })
  }
}
