import type { ColumnType, Generated } from 'kysely'
import type { PriorityWeights } from '#shared/domain/priority.ts'
import type { RoutingRule } from '#shared/domain/routing.ts'
import type { SourceKind } from '#shared/domain/words.ts'

type SourceTargets = Partial<Record<SourceKind, number>>

export type QueueTable = {
  id: string
  name: string
  position: number
  target_ms: number
  /** Rises with every change of it. */
  version: Generated<number>
  /** The only ones it takes; none named is every one. */
  languages: Generated<string[]>
  /** Targets of their own, in milliseconds. */
  source_targets: ColumnType<SourceTargets, string | undefined, string>
  /** Nothing is placed in it since then. */
  retired_at: Generated<Date | null>
}

/** A published version of all routing rules, in their order. Append-only; the highest version is in force. */
export type RuleSetTable = {
  version: number
  rules: ColumnType<RoutingRule[], string, never>
  last_resort_id: string
  change: string | null
  published_by: string | null
  published_at: Date
}

/** The rule set that is being written, if any: one row. */
export type RuleDraftTable = {
  only_row: Generated<boolean>
  /** Rises with every change. */
  version: number
  /** The version in force when it was begun. */
  based_on: number
  rules: ColumnType<RoutingRule[], string, string>
  last_resort_id: string
  changed_by: string
  changed_at: Date
}

/** Append-only; the highest version is in force. */
export type PriorityWeightsTable = {
  version: number
  weights: ColumnType<PriorityWeights, string, never>
  change: string | null
  changed_by: string | null
  changed_at: Date
}

/** Waiting reviews that are to be reckoned anew after a change: done by and by, in the order of their ids. */
export type ReckoningTable = {
  id: string
  kind: 'due' | 'priority'
  /** Null: reviews of every queue. */
  queue_id: string | null
  asked_by: string
  asked_at: Date
  /** Up to here it is done. */
  after_id: Generated<string | null>
  looked_at: Generated<number>
  changed: Generated<number>
  done_at: Generated<Date | null>
}

export type ReasonMappingTable = { source_name: string; code: string; policy_id: string }
