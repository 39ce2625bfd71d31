import { type AccountMeasure, statusAfter } from '#shared/domain/outcomes.ts'
import type { AccountStatus } from '#shared/domain/words.ts'

/** The less an account can still do, the higher. */
const strength: Record<AccountStatus, number> = { unknown: 0, active: 0, limited: 1, blocked: 2, deleted: 3 }

/** The status that measures hold an account in; null when none of them changes it. */
export function heldBy(kinds: Iterable<string>): AccountStatus | null {
  let held: AccountStatus | null = null
  for (const kind of kinds) {
    const status = statusAfter[kind as AccountMeasure] ?? null
    if (status && (held === null || strength[status] > strength[held])) held = status
  }
  return held
}

const worse = (a: AccountStatus, b: AccountStatus | null) => (b !== null && strength[b] > strength[a] ? b : a)

type Change = {
  /** What the account has now, by whomever it was stated last. */
  status: AccountStatus
  /** What others said it was before our measures took hold. */
  base: AccountStatus
  before: Iterable<string>
  after: Iterable<string>
  /** Those of `after` that begin with this change. */
  begun: Iterable<string>
}

/**
 * An account's status when measures begin and end. It falls back as far as nothing else holds it, and only when it was
 * ours: where somebody has stated another status meanwhile, that one stays. What begins never betters a status.
 */
export function statusAfterChange({ status, base, before, after, begun }: Change): AccountStatus {
  const [held, holds] = [heldBy(before), heldBy(after)]
  const isOurs = held !== null && status === held
  const falls = held !== null && (holds === null || strength[holds] < strength[held])
  return worse(isOurs && falls ? worse(base, holds) : status, heldBy(begun))
}

export type Interval = { from: Date; to: Date | null }

/** Since when measures have held an account without a gap, seen from `now`; `now` when none does. */
export function holdStart(intervals: readonly Interval[], now: Date): Date {
  let start = now
  for (const { from, to } of intervals.toSorted((a, b) => b.from.getTime() - a.from.getTime())) {
    if (from < start && (to === null || to >= start)) start = from
  }
  return start
}

export type Stated = { status: AccountStatus; since: Date }

/**
 * What an account returns to when nothing of ours holds it any more: what others stated before the hold began. What they
 * stated since may be an echo of our own measure, but for a deletion: that one stays until they say otherwise.
 */
export function baseStatus(stated: readonly Stated[], heldSince: Date): AccountStatus {
  const inOrder = stated.toSorted((a, b) => a.since.getTime() - b.since.getTime())
  if (inOrder.at(-1)?.status === 'deleted') return 'deleted'
  return inOrder.findLast(({ since }) => since <= heldSince)?.status ?? 'unknown'
}
