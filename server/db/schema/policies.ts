import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { PolicyContent, PolicyExample, RequiredField } from '#shared/contract/policies.ts'
import type { DraftState, DraftStep } from '#shared/contract/policy-drafts.ts'
import type { Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import type { Severity } from '#shared/domain/words.ts'

/** Name, severity and marks are those of the version in force. */
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
  /** Of the version that came into force last; 0 before the first one did. */
  current_version: number
  /** Only those who are trained for it are offered it. */
  needs_training: Generated<boolean>
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
  short_name: Generated<string>
  is_restricted: Generated<boolean>
  needs_purpose_test: Generated<boolean>
  is_retired: Generated<boolean>
}

export type PolicyDraftTable = {
  id: string
  policy_id: string
  /** There is no such clause yet. */
  is_new: boolean
  kind: 'clause' | 'exemption'
  code: string
  section_code: string
  section_name: string
  /** The version it was written upon; 0 for a new clause. */
  based_on: number
  state: DraftState
  /** Rises with every save. */
  revision: number
  content: JSONColumnType<PolicyContent>
  change: string
  wanted_from: Date | null
  /** The version it was published as. */
  version: number | null
  opened_by: string
  opened_at: Date
  saved_by: string
  saved_at: Date
  /** Everybody who wrote on it: none of them publishes it. */
  writers: string[]
}

/** Append-only. */
export type PolicyDraftStepTable = {
  id: string
  draft_id: string
  kind: DraftStep['kind']
  revision: number
  by_id: string
  at: Date
  comment: string | null
}

/** Append-only, with its items and their answers. */
export type RereviewSampleTable = {
  id: string
  policy_id: string
  /** What it is judged under: a draft, or else a version; either way the text as it was then. */
  draft_id: string | null
  version: number | null
  content: JSONColumnType<PolicyContent>
  seed: string
  decided_from: Date | null
  decided_to: Date
  population: number
  size: number
  drawn_by: string
  drawn_at: Date
}

export type RereviewItemTable = { id: string; sample_id: string; position: number; decision_id: string }

export type RereviewAnswerTable = {
  item_id: string
  outcome: Outcome
  post_measure: PostMeasure | null
  is_changed: boolean
  rationale: string
  answered_by: string
  answered_at: Date
}
