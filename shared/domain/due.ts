import type { SourceKind } from './words.ts'

/** A removal order must be acted on within the hour (Regulation (EU) 2021/784, Article 3(3)), whatever queue it is in. */
export const removalOrderTargetMs = 3_600_000

/** How long a flag may wait in a queue with this target, in milliseconds. */
export function targetOf(sourceKind: SourceKind, queueTargetMs: number): number {
  return sourceKind === 'removal_order' ? Math.min(queueTargetMs, removalOrderTargetMs) : queueTargetMs
}

/**
 * When a flag is due. It counts from the time the sender gives, so that a late delivery buys no time, and never from
 * later than its arrival, so that a wrong clock buys none either. A review is due when the first of its flags is.
 */
export function dueAt(flaggedAt: Date, receivedAt: Date, targetMs: number): Date {
  return new Date(Math.min(flaggedAt.getTime(), receivedAt.getTime()) + targetMs)
}
