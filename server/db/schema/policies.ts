import type { ColumnType, Generated } from 'kysely'
import type { PolicyExample, RequiredField } from '#shared/contract/policies.ts'
import type { Severity, SourceKind } from '#shared/domain/words.ts'

export type PolicyTable = {
  id: string
  code: string
  position: number
  kind: 'clause' | 'exemption'
  short_name: string
  section_code: string
  section_name: string
  severity: Severity
  is_restricted: Generated<boolean>
  needs_purpose_test: Generated<boolean>
  current_version: number
}

export type PolicyVersionTable = {
  policy_id: string
  version: number
  label: string
  description: string
  signs: string[]
  not_this: string[]
  questions: string[]
  usual_measures: string[]
  alert: string | null
  tco: string | null
  dsa_category: string | null
  dsa_keywords: string[]
  change: string | null
  published_by: string | null
  in_force_since: Date
  severity: Generated<Severity>
  examples: ColumnType<PolicyExample[], string | undefined, string>
  required_fields: Generated<RequiredField[]>
  /** Ids of the exemptions that may be granted under it; null is every one. */
  exemptions: Generated<string[] | null>
  /** What a violation adds to the account's strikes. */
  strike_weight: Generated<number>
  /** Days in which a decision under it may be appealed; 0 is never. */
  appeal_days: Generated<number>
}

export type QueueTable = { id: string; name: string; position: number; target_ms: number }

export type RoutingRuleTable = {
  id: string
  position: number
  queue_id: string
  source_kind: SourceKind | null
  policy_prefix: string | null
}

export type ReasonMappingTable = { source_name: string; code: string; policy_id: string }
