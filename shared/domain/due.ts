import type { SourceKind } from './words.ts'

/** A removal order must be acted on within the hour (Regulation (EU) 2021/784, Article 3(3)), whatever queue it is in. */
export const removalOrderTargetMs = 3_600_000

/** What a queue says of its time: for every source, and for some another, in milliseconds. */
export type Targets = { targetMs: number; sourceTargets: Partial<Record<SourceKind, number>> }

/** The shortest and the longest target that a queue may have, in milliseconds. */
export const targetBounds = { least: 300_000, most: 90 * 86_400_000 }

/** How long a flag may wait in a queue, in milliseconds. */
export function targetOf(sourceKind: SourceKind, { targetMs, sourceTargets }: Targets): number {
  const own = sourceTargets[sourceKind] ?? targetMs
  return sourceKind === 'removal_order' ? Math.min(own, targetMs, removalOrderTargetMs) : own
}

/**
 * When a flag is due. It counts from the time the sender gives, so that a late delivery buys no time, and never from
 * later than its arrival, so that a wrong clock buys none either. A review is due when the first of its flags is.
 */
export function dueAt(flaggedAt: Date, receivedAt: Date, targetMs: number): Date {
  return new Date(Math.min(flaggedAt.getTime(), receivedAt.getTime()) + targetMs)
}
