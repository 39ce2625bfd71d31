import { create } from 'zustand'
import { forgetOnSignOut } from '#client/api/session.ts'
import type { MessageDraft } from '#client/ui/message/MessageFields.tsx'
import type { AppealRuling } from '#shared/contract/appeals.ts'
import type { DecisionRecord } from '#shared/contract/decisions.ts'
import type { Policy } from '#shared/contract/policies.ts'
import type { AppealOutcome } from '#shared/domain/appeals.ts'
import type { ExemptionTest } from '#shared/domain/exemption-test.ts'
import type { AccountMeasure, Outcome, PostMeasure } from '#shared/domain/outcomes.ts'

export type Restriction = 'region' | 'age' | 'demoted' | 'disabled'

/** How an appeal is about to be answered. */
export type HearDraft = {
  /** The same act until something is worded anew. */
  clientId: string
  outcome: AppealOutcome | null
  rationale: string
  /** What is found instead; only what the outcome leaves open counts. */
  finding: Outcome
  clauseId: string | null
  exemption: string | null
  isWeighed: boolean
  test: Partial<ExemptionTest>
  post: PostMeasure | null
  by: Restriction | null
  account: AccountMeasure | null
  endsAt: string | null
  territory: string[]
  ladderReason: string
  message: MessageDraft | null
}

/** As it was decided first. */
export function blankDraft(first: DecisionRecord): HearDraft {
  const onPost = first.measures.find((measure) => measure.target === 'post')
  const onAccount = first.measures.find((measure) => measure.target === 'account')
  return {
    clientId: crypto.randomUUID(),
    outcome: null,
    rationale: '',
    finding: first.outcome,
    clauseId: first.clause?.id ?? null,
    exemption: first.exemption,
    isWeighed: first.purposeWeighed,
    test: first.exemptionTest ?? {},
    post: onPost?.kind ?? null,
    by: onPost?.by ?? null,
    account: onAccount?.kind ?? null,
    endsAt: onAccount?.endsAt ?? null,
    territory: first.territory,
    ladderReason: first.ladderReason ?? '',
    message: null,
  }
}

/** What may be found under an outcome: the other side of a reversal, the same side of a change. */
export function findingsOf(outcome: AppealOutcome | null, first: Outcome): Outcome[] {
  const keeps: Outcome[] = ['no_violation', 'exempt']
  if (outcome === 'reversed') return first === 'violation' ? keeps : ['violation']
  if (outcome === 'changed') return first === 'violation' ? ['violation'] : keeps
  return []
}

export function findingOf({ outcome, finding }: HearDraft, first: Outcome): Outcome | null {
  const possible = findingsOf(outcome, first)
  return possible.find((each) => each === finding) ?? possible[0] ?? null
}

export type Policies = ReadonlyMap<string, Policy>

/** What is decided instead; null when the decision is upheld, or something is missing. */
export function rulingOf(draft: HearDraft, first: DecisionRecord, policies: Policies): AppealRuling | null {
  const outcome = findingOf(draft, first.outcome)
  if (!outcome || missingOf(draft, first, policies).length > 0) return null
  const nothing = { clause: null, furtherClauses: [], exemption: null, measures: [], territory: [] }
  if (outcome === 'no_violation') return { ...nothing, outcome, purposeWeighed: draft.isWeighed }
  const measures: AppealRuling['measures'] = []
  const { post, by, account, endsAt } = draft
  const isOnPost = post && (outcome === 'violation' || post !== 'remove')
  if (isOnPost) measures.push({ target: 'post', kind: post, ...(post === 'restrict' && by && { by }) })
  if (account && outcome === 'violation') {
    const ends = endsAt && Date.parse(endsAt) > Date.now() ? { endsAt } : {}
    measures.push({ target: 'account', kind: account, ...ends })
  }
  const version =
    first.clause?.id === draft.clauseId ? first.clause!.version : policies.get(draft.clauseId!)!.current.version
  return {
    outcome,
    clause: { id: draft.clauseId!, version },
    furtherClauses: first.furtherClauses.filter(({ id }) => id !== draft.clauseId),
    exemption: outcome === 'exempt' ? draft.exemption : null,
    purposeWeighed: outcome === 'exempt' || draft.isWeighed,
    ...(isTested(draft) && { exemptionTest: { text: '', ...draft.test } as ExemptionTest }),
    measures,
    territory: measures.length > 0 ? draft.territory : [],
    ...(draft.ladderReason.trim() && { ladderReason: draft.ladderReason.trim() }),
  }
}

const isTested = ({ test }: HearDraft) => Boolean(test.publisher && test.purpose && test.endorsed)

export const needsTest = (draft: HearDraft, policies: Policies) =>
  Boolean(draft.clauseId && policies.get(draft.clauseId)?.current.requiredFields.includes('exemption_test'))

export const needsWeighing = (draft: HearDraft, policies: Policies) =>
  Boolean(draft.clauseId && policies.get(draft.clauseId)?.needsPurposeTest)

type Missing = 'outcome' | 'rationale' | 'clause' | 'exemption' | 'by' | 'weighed' | 'test'

/** What stands between the draft and its being sent, in the order of the form. */
export function missingOf(draft: HearDraft, first: DecisionRecord, policies: Policies): Missing[] {
  if (!draft.outcome) return ['outcome']
  const finding = findingOf(draft, first.outcome)
  const missing: Missing[] = []
  if (finding === 'violation' || finding === 'exempt') {
    if (!draft.clauseId || !policies.has(draft.clauseId)) missing.push('clause')
    if (finding === 'exempt' && !draft.exemption) missing.push('exemption')
    if (finding === 'violation' && needsWeighing(draft, policies) && !draft.isWeighed) missing.push('weighed')
    if (needsTest(draft, policies) && !isTested(draft)) missing.push('test')
    if (draft.post === 'restrict' && !draft.by) missing.push('by')
  }
  if (!draft.rationale.trim()) missing.push('rationale')
  return missing
}

/** What was typed outlives leaving the page, not the person. */
export const useHearStore = create<{ drafts: Record<string, HearDraft> }>(() => ({ drafts: {} }))

export function keepDraft(appealId: string, draft: HearDraft) {
  useHearStore.setState(({ drafts }) => ({ drafts: { ...drafts, [appealId]: draft } }))
}

export function dropDraft(appealId: string) {
  useHearStore.setState(({ drafts: { [appealId]: _, ...drafts } }) => ({ drafts }))
}

forgetOnSignOut(() => useHearStore.setState({ drafts: {} }))
