import type { BulkAct } from '#shared/contract/bulk.ts'
import type { Policy } from '#shared/contract/policies.ts'
import { HoldReason } from '#shared/contract/turns.ts'
import { type BulkKind, isCitedAlone } from '#shared/domain/bulk-rules.ts'
import type { AccountMeasure, Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import { type Wake, wakeTime } from '../desk/turns/wake-times.ts'

/** What the form of an act holds; each act reads its own parts of it. */
export type BulkDraft = {
  /** A person, a role, a queue, or why something is put on hold. */
  choice: string | null
  wake: Wake | null
  wakeAt: string | null
  text: string
  outcome: Outcome
  clauseId: string | null
  exemption: string | null
  isWeighed: boolean
  post: PostMeasure | 'none'
  by: 'region' | 'age' | 'demoted' | 'disabled'
  account: Extract<AccountMeasure, 'warn' | 'limit'> | 'none'
  ladderReason: string
}

export const blankDraft: BulkDraft = {
  choice: null,
  wake: null,
  wakeAt: null,
  text: '',
  outcome: 'violation',
  clauseId: null,
  exemption: null,
  isWeighed: false,
  post: 'remove',
  by: 'region',
  account: 'none',
  ladderReason: '',
}

/** Stands for nobody in particular. */
export const nobody = 'nobody'
export const roles = ['supervisor', 'admin'] as const

/** Asked of each post by itself: a bulk has one answer for all. */
const askedOfEach = ['exemption_test', 'territory', 'ends_at']

/** Clauses that may be cited for many at once. */
export function bulkClauses(policies: Iterable<Policy>): Policy[] {
  return [...policies].filter(
    (policy) =>
      policy.kind === 'clause' &&
      !policy.isRetired &&
      !isCitedAlone(policy) &&
      !(policy.current.requiredFields ?? []).some((field) => askedOfEach.includes(field)),
  )
}

/** The act as it is asked for; null while something is missing. */
export function toAct(kind: BulkKind, draft: BulkDraft, policies: ReadonlyMap<string, Policy>): BulkAct | null {
  const { choice } = draft
  const text = draft.text.trim()
  switch (kind) {
    case 'claim':
      return { kind }
    case 'assign':
      return choice ? { kind, personId: choice === nobody ? null : choice, reason: text } : null
    case 'move':
      return choice && text ? { kind, queueId: choice, reason: text } : null
    case 'escalate': {
      const role = roles.find((each) => each === choice)
      return choice && text ? { kind, to: role ? { role } : { personId: choice }, reason: text } : null
    }
    case 'hold':
      return toHold(draft, text)
    case 'decide':
      return toDecision(draft, policies)
  }
}

function toHold({ choice, wake, wakeAt }: BulkDraft, text: string): BulkAct | null {
  const reason = HoldReason.safeParse(choice)
  const end = wake === 'own' ? (wakeAt ? new Date(wakeAt) : null) : wake && wakeTime(wake, new Date())
  if (!reason.success || !end || end.getTime() <= Date.now()) return null
  if (reason.data === 'other' && !text) return null
  return { kind: 'hold', reason: reason.data, text, wakeAt: end.toISOString() }
}

function toDecision(draft: BulkDraft, policies: ReadonlyMap<string, Policy>): BulkAct | null {
  const { outcome, exemption, post, account } = draft
  const clause = outcome === 'no_violation' ? undefined : policies.get(draft.clauseId ?? '')
  if (outcome !== 'no_violation' && !clause) return null
  if (outcome === 'exempt' && (!exemption || !draft.text.trim())) return null
  const isViolation = outcome === 'violation'
  if (isViolation && clause?.needsPurposeTest && !draft.isWeighed) return null
  if (isViolation && account === 'limit' && !draft.text.trim()) return null
  const onPost = isViolation && post !== 'none'
  return {
    kind: 'decide',
    outcome,
    clause: clause ? { id: clause.id, version: clause.current.version } : null,
    furtherClauses: [],
    exemption: outcome === 'exempt' ? exemption : null,
    purposeWeighed: isViolation && draft.isWeighed,
    measures: [
      ...(onPost ? [{ target: 'post' as const, kind: post, ...(post === 'restrict' && { by: draft.by }) }] : []),
      ...(isViolation && account !== 'none' ? [{ target: 'account' as const, kind: account }] : []),
    ],
    territory: [],
    rationale: draft.text.trim(),
    ...(isViolation && draft.ladderReason.trim() && { ladderReason: draft.ladderReason.trim() }),
  }
}
