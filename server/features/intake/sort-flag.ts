import { dueAt, targetOf } from '#shared/domain/due.ts'
import type { Route, RoutedFacts } from '#shared/domain/routing.ts'
import type { SourceKind } from '#shared/domain/words.ts'
import type { Sorting } from './flags.queries.ts'

type Reason = { code: string; policy?: string | undefined }
type Source = { kind: SourceKind; name: string }

/**
 * The clause that a flag suspects: the one it names, or else what the sender's code stands for, first for this source and
 * then for all. Null is unsorted.
 */
export function clauseOf(sorting: Sorting, source: Source, reason: Reason): string | null {
  if (reason.policy && sorting.severityOf.has(reason.policy)) return reason.policy
  return sorting.meaningOf(source.name, reason.code) ?? sorting.meaningOf('', reason.code) ?? null
}

export type Placement = Route & {
  /** Of the rules that chose the queue. */
  rulesVersion: number
  queuePosition: number
  targetMs: number
  dueAt: Date
}

/** The queue of the first rule that fits, and when the flag is due there. */
export function placeOf(sorting: Sorting, flag: RoutedFacts & { flaggedAt: Date; receivedAt: Date }): Placement {
  const route = sorting.route(flag)
  const queue = queueById(sorting, route.queueId)
  const due = dueAt(flag.flaggedAt, flag.receivedAt, targetOf(flag.sourceKind, queue))
  const { position: queuePosition, targetMs } = queue
  return { ...route, rulesVersion: sorting.rulesVersion, queuePosition, targetMs, dueAt: due }
}

/** Whether a further flag moves a review: only ever to a queue that is quicker, or as quick and further up. */
export function isQuicker(sorting: Sorting, place: Placement, queueId: string): boolean {
  const now = queueById(sorting, queueId)
  if (place.targetMs !== now.targetMs) return place.targetMs < now.targetMs
  return place.queuePosition < now.position
}

function queueById(sorting: Sorting, id: string) {
  const queue = sorting.queues.get(id)
  if (!queue) throw new Error(`There is no queue "${id}" for a flag to wait in.`)
  return queue
}
