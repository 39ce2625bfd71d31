import type { Generated } from 'kysely'
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
