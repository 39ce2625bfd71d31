import { dueAt, targetOf } from '#shared/domain/due.ts'
import type { SourceKind } from '#shared/domain/words.ts'
import type { Sorting } from './flags.queries.ts'

const defaultQueueId = 'general'

type Reason = { code: string; policy?: string | undefined }
type Source = { kind: SourceKind; name: string }

/**
 * The clause that a flag suspects: the one it names, or else what the sender's code stands for, first for this source and
 * then for all. Null is unsorted.
 */
export function clauseOf(sorting: Sorting, source: Source, reason: Reason): string | null {
  if (reason.policy && sorting.severityOf.has(reason.policy)) return reason.policy
  const meaning = (sourceName: string) =>
    sorting.mappings.find((mapping) => mapping.code === reason.code && mapping.source_name === sourceName)?.policy_id
  return meaning(source.name) ?? meaning('') ?? null
}

export type Placement = { queueId: string; queuePosition: number; targetMs: number; dueAt: Date }

/** The queue of the first rule that fits, and when the flag is due there. */
export function placeOf(
  sorting: Sorting,
  flag: { sourceKind: SourceKind; policyId: string | null; flaggedAt: Date; receivedAt: Date },
): Placement {
  const rule = sorting.rules.find(
    ({ source_kind, policy_prefix }) =>
      (source_kind === null || source_kind === flag.sourceKind) &&
      (policy_prefix === null || flag.policyId?.startsWith(policy_prefix)),
  )
  const queue = queueById(sorting, rule?.queue_id ?? defaultQueueId)
  const due = dueAt(flag.flaggedAt, flag.receivedAt, targetOf(flag.sourceKind, queue.target_ms))
  return { queueId: queue.id, queuePosition: queue.position, targetMs: queue.target_ms, dueAt: due }
}

/** Whether a further flag moves a review: only ever to a queue that is quicker, or as quick and further up. */
export function isQuicker(sorting: Sorting, place: Placement, queueId: string): boolean {
  const now = queueById(sorting, queueId)
  if (place.targetMs !== now.target_ms) return place.targetMs < now.target_ms
  return place.queuePosition < now.position
}

function queueById(sorting: Sorting, id: string) {
  const queue = sorting.queues.find((candidate) => candidate.id === id)
  if (!queue) throw new Error(`There is no queue "${id}" for a flag to wait in.`)
  return queue
}
