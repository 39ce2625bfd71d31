import type { z } from 'zod'
import type {
  DecisionInput,
  DecisionRecord,
  Measure,
  Restriction as RestrictionWord,
  SupersedeInput,
} from '#shared/contract/decisions.ts'
import type { Policy } from '#shared/contract/policies.ts'
import { type ClauseRule, type DecisionFault, faultsOf } from '#shared/domain/decision-rules.ts'
import type { ExemptionTest } from '#shared/domain/exemption-test.ts'
import type { AccountMeasure, Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import { type LadderStep, mayEnd } from '#shared/domain/strikes.ts'

export type Restriction = z.infer<typeof RestrictionWord>
export type PostChoice = 'keep' | PostMeasure
export type AccountChoice = 'none' | AccountMeasure
export type Policies = ReadonlyMap<string, Policy>

/** When a measure on the account ends: so many days from sending it, or at a time that was set before. */
export type AccountEnds = { days: number } | { at: string }

/** Stands in the place of a clause when nothing is broken. */
export const noViolation = 'no_violation'

export type DraftMessage = { templateId: string; version: number; language: string; values: Record<string, string> }

/** What a reviewer has put together so far. Nothing is chosen for them but that the account is left alone. */
export type Draft = {
  /** Made once, so that sending again never acts twice. */
  clientId: string
  /** Id of a clause, or `noViolation`. */
  clause: string | null
  post: PostChoice | null
  restriction: Restriction | null
  account: AccountChoice
  /** Null: a limit or a block holds until it is lifted. */
  accountEnds: AccountEnds | null
  exemption: string | null
  purposeWeighed: boolean
  territory: readonly string[]
  rationale: string
  /** Null until its questions are answered. */
  exemptionTest?: ExemptionTest | null
  /** Why another measure than the strike ladder’s. */
  ladderReason?: string
  /** What is written to the person. */
  message?: DraftMessage | null
}

export type Change =
  | { type: 'clause'; value: string }
  | { type: 'post'; value: PostChoice }
  | { type: 'restriction'; value: Restriction }
  | { type: 'account'; value: AccountChoice }
  | { type: 'accountEnds'; value: AccountEnds | null }
  /** Null: the exemptions were weighed and none applies. */
  | { type: 'exemption'; value: string | null }
  | { type: 'territory'; value: readonly string[] }
  | { type: 'rationale'; value: string }
  | { type: 'exemptionTest'; value: ExemptionTest }
  | { type: 'ladderReason'; value: string }
  | { type: 'message'; value: DraftMessage | null }
  /** The measure that strikes lead to. */
  | { type: 'follow'; value: LadderStep }

export function blankDraft(): Draft {
  return {
    clientId: crypto.randomUUID(),
    clause: null,
    post: null,
    restriction: null,
    account: 'none',
    accountEnds: null,
    exemption: null,
    purposeWeighed: false,
    territory: [],
    rationale: '',
  }
}

/** The decision as it stands, to be changed; the reasons for that are still to be written. */
export function draftOf(decision: DecisionRecord): Draft {
  const onPost = decision.measures.find((measure) => measure.target === 'post')
  const onAccount = decision.measures.find((measure) => measure.target === 'account')
  const isRunning = onAccount?.endsAt !== undefined && Date.parse(onAccount.endsAt) > Date.now()
  return {
    ...blankDraft(),
    clause: decision.outcome === 'no_violation' ? noViolation : (decision.clause?.id ?? null),
    post: onPost?.kind ?? 'keep',
    restriction: onPost?.by ?? null,
    account: onAccount?.kind ?? 'none',
    accountEnds: isRunning ? { at: onAccount.endsAt! } : null,
    exemption: decision.exemption,
    purposeWeighed: decision.purposeWeighed,
    territory: decision.territory,
    exemptionTest: decision.exemptionTest ?? null,
  }
}

/** Nothing of it would be missed. */
export function isBlank(draft: Draft) {
  const { clause, post, account, exemption, purposeWeighed, rationale } = draft
  return !clause && !post && account === 'none' && !exemption && !purposeWeighed && !rationale.trim()
}

/**
 * One step of a reviewer. Choices that shut each other out give way to the newer one: “No violation” and an exemption keep
 * the post and spare the account; removing the post or a measure on the account clears both. A label or a restriction
 * stands beside an exemption, as with a graphic news photograph.
 */
export function changeDraft(draft: Draft, change: Change): Draft {
  switch (change.type) {
    case 'clause':
      return chooseClause(draft, change.value)
    case 'post':
      return choosePost(draft, change.value)
    case 'restriction':
      return { ...choosePost(draft, 'restrict'), restriction: change.value }
    case 'account':
      return chooseAccount(draft, change.value)
    case 'exemption':
      return chooseExemption(draft, change.value)
    case 'follow':
      return followStep(draft, change.value)
    default:
      return { ...draft, [change.type]: change.value }
  }
}

const spared = { post: 'keep', restriction: null, account: 'none', accountEnds: null } as const

function chooseClause(draft: Draft, clause: string): Draft {
  if (clause === noViolation) return { ...draft, ...spared, clause, exemption: null }
  return draft.clause === noViolation ? { ...draft, clause, post: null } : { ...draft, clause }
}

function chooseAccount(draft: Draft, account: AccountChoice): Draft {
  const accountEnds = account !== 'none' && mayEnd(account) ? draft.accountEnds : null
  return account === 'none' ? { ...draft, account, accountEnds } : { ...unspare(draft), account, accountEnds }
}

function followStep(draft: Draft, { kind, days }: LadderStep): Draft {
  return { ...chooseAccount(draft, kind), accountEnds: days === null ? null : { days } }
}

function choosePost(draft: Draft, post: PostChoice): Draft {
  const restriction = post === 'restrict' ? draft.restriction : null
  if (post === 'keep') return { ...draft, post, restriction }
  if (post === 'remove' || draft.clause === noViolation) return { ...unspare(draft), post, restriction }
  return { ...draft, post, restriction }
}

function chooseExemption(draft: Draft, exemption: string | null): Draft {
  if (!exemption) return { ...(draft.exemption ? unspare(draft) : draft), exemption: null, purposeWeighed: true }
  const clause = draft.clause === noViolation ? null : draft.clause
  return { ...draft, ...spared, clause, exemption, purposeWeighed: true }
}

/** Takes back “No violation” or an exemption, and the keeping of the post that came with it. */
function unspare(draft: Draft): Draft {
  const isSpared = draft.exemption !== null || draft.clause === noViolation
  if (!isSpared) return draft
  return {
    ...draft,
    clause: draft.clause === noViolation ? null : draft.clause,
    post: draft.post === 'keep' ? null : draft.post,
    exemption: null,
    purposeWeighed: false,
  }
}

export function outcomeOf(draft: Draft): Outcome {
  if (draft.clause === noViolation) return 'no_violation'
  return draft.exemption ? 'exempt' : 'violation'
}

export function measuresOf({ post, restriction, account, accountEnds }: Draft): Measure[] {
  const onPost: Measure[] =
    post && post !== 'keep' ? [{ target: 'post', kind: post, ...(restriction && { by: restriction }) }] : []
  if (account === 'none') return onPost
  return [...onPost, { target: 'account', kind: account, ...(accountEnds && { endsAt: toTime(accountEnds) }) }]
}

const dayMs = 86_400_000
const toTime = (ends: AccountEnds) => ('at' in ends ? ends.at : new Date(Date.now() + ends.days * dayMs).toISOString())

export type Gap = DecisionFault['code'] | 'post_missing' | 'all_missing'

type Ground = {
  hasPost: boolean
  /** What the strike ladder leads to. */
  step?: LadderStep | null
  /** The decision that is corrected: a clause that is kept is kept in its version. */
  corrected?: DecisionRecord | undefined
}

/** What stands between the draft and sending it, in the order in which a person would mend it; null when ready. */
export function gapOf(draft: Draft, policies: Policies, { hasPost, step = null, corrected }: Ground): Gap | null {
  const needsPost = hasPost && draft.post === null
  if (draft.clause === null) return needsPost ? 'all_missing' : 'clause_missing'
  if (needsPost) return 'post_missing'
  const judged = { ...draft, ...citedBy(draft, policies), outcome: outcomeOf(draft), measures: measuresOf(draft) }
  const ground = { hasPost, step, at: new Date() }
  return faultsOf(judged, ruleOf(draft, policies, corrected), ground)[0]?.code ?? null
}

/** What the chosen clause asks for, in the version that will be cited. */
export function ruleOf(draft: Draft, policies: Policies, corrected?: DecisionRecord): ClauseRule | null {
  const policy = draft.clause ? policies.get(draft.clause) : undefined
  if (!policy) return null
  const kept = corrected?.clause?.id === policy.id ? corrected.clause.version : policy.current.version
  const { requiredFields, exemptions } =
    [policy.current, ...policy.earlier].find(({ version }) => version === kept) ?? policy.current
  return { needsPurposeTest: policy.needsPurposeTest, requiredFields, exemptions }
}

function citedBy(draft: Draft, policies: Policies) {
  const clause = draft.clause ? policies.get(draft.clause) : undefined
  return { clause: clause ? { id: clause.id, version: clause.current.version } : null, furtherClauses: [] }
}

type Seen = { version: number; snapshotId: string; handlingMs: number }

/** The draft as it is sent, on what was on the screen. */
export function inputOf(draft: Draft, policies: Policies, seen: Seen): z.input<typeof DecisionInput> {
  return {
    ...seen,
    ...citedBy(draft, policies),
    clientId: draft.clientId,
    outcome: outcomeOf(draft),
    exemption: draft.exemption,
    purposeWeighed: draft.purposeWeighed,
    measures: measuresOf(draft),
    territory: [...draft.territory],
    exemptionTest: draft.exemptionTest ?? null,
    rationale: draft.rationale,
    ladderReason: draft.ladderReason?.trim() || null,
    message: outcomeOf(draft) === 'no_violation' ? null : (draft.message ?? null),
  }
}

/**
 * A correction as it is sent. What the form does not show stays as it was decided: further clauses, and the version of a
 * clause that is kept.
 */
export function correctionOf(
  draft: Draft,
  policies: Policies,
  corrected: DecisionRecord,
): z.input<typeof SupersedeInput> {
  const {
    version: _,
    snapshotId: __,
    handlingMs: ___,
    ...input
  } = inputOf(draft, policies, {
    version: 0,
    snapshotId: corrected.snapshotId,
    handlingMs: 0,
  })
  const clause = input.clause?.id === corrected.clause?.id ? corrected.clause : input.clause
  const furtherClauses = clause ? corrected.furtherClauses.filter(({ id }) => id !== clause.id) : []
  return { ...input, clause, furtherClauses }
}
