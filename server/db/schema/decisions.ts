import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Scope } from '#server/http/route.ts'
import type { ClauseVersion, DecisionInput } from '#shared/contract/decisions.ts'
import type { ExportFormat, ExportKind, ExportState, ScheduleInterval } from '#shared/contract/exports.ts'
import type { SentMessage } from '#shared/contract/messages.ts'
import type { Language } from '#shared/contract/preferences.ts'
import type { SeenTranslation } from '#shared/contract/translations.ts'
import type { ExemptionTest } from '#shared/domain/exemption-test.ts'
import type { AccountMeasure, Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import type { StrikeRecord } from '#shared/domain/strikes.ts'
import type { AccountStatus, OutboxState } from '#shared/domain/words.ts'

export type DecisionTable = {
  id: string
  review_id: string
  snapshot_id: string
  account_id: string
  review_version: number
  outcome: Outcome
  policy_id: string | null
  policy_version: number | null
  further_clauses: JSONColumnType<ClauseVersion[]>
  exemption: string | null
  purpose_weighed: boolean
  territory: string[]
  rationale: string
  decided_by: string | null
  decided_at: Date
  handling_ms: number | null
  account_status: AccountStatus
  supersedes_id: string | null
  /** Those that were on the screen. */
  translations: ColumnType<SeenTranslation[], string | undefined, never>
  /** The second person, for a severe measure. */
  confirmed_by: string | null
  exemption_test: ColumnType<ExemptionTest | null, string | null | undefined, never>
  /** What the strike ladder said, where it said anything. */
  strikes: ColumnType<StrikeRecord | null, string | null | undefined, never>
  ladder_reason: string | null
}

/** What a person sent, but for the turn. */
export type ProposedInput = Omit<DecisionInput, 'clientId' | 'version' | 'snapshotId' | 'message'> & {
  message?: SentMessage | null
}

/** A severe decision that waits for a second person. Append-only. */
export type ProposalTable = {
  id: string
  review_id: string
  /** That it brought about. */
  review_version: number
  snapshot_id: string
  input: JSONColumnType<ProposedInput>
  translations: JSONColumnType<SeenTranslation[]>
  strikes: ColumnType<StrikeRecord | null, string | null | undefined, never>
  proposed_by: string
  proposed_at: Date
}

/** How a proposal ended, once. Append-only. */
export type ProposalEndTable = {
  proposal_id: string
  kind: 'confirmed' | 'refused' | 'withdrawn'
  by_id: string
  at: Date
  /** Why it was refused. */
  reason: string | null
  decision_id: string | null
}

/** A decision that was taken back before it took effect: it stands for nothing. Append-only. */
export type UndoTable = { decision_id: string; undone_by: string; undone_at: Date }

export type MeasureTable = {
  id: string
  decision_id: string
  target: 'post' | 'account'
  kind: PostMeasure | AccountMeasure
  restriction: 'region' | 'age' | 'demoted' | 'disabled' | null
  ends_at: Date | null
  /** When it took effect, as far as is known here: recorded, or the platform said so. */
  began_at: Date | null
  ended_at: Date | null
  ended_as: 'superseded' | 'lapsed' | 'already_deleted' | null
  /** Of the decision; filled in. */
  decided_at: Generated<Date>
}

export type OutboxTable = {
  decision_id: string
  state: OutboxState
  /** Nothing is sent before; until then the decision may be undone. */
  not_before: Date
  attempts: Generated<number>
  last_error: string | null
  changed_at: Date
  /** Of the decision; filled in. */
  decided_at: Generated<Date>
}

export type ExportTable = {
  id: string
  kind: ExportKind
  format: ExportFormat
  filter: JSONColumnType<Record<string, unknown>>
  /** `system` is the command line. */
  person_id: string
  started_at: Date
  ended_at: Date | null
  row_count: number | null
  sha256: string | null
  state: Generated<ExportState>
  /** Made by a job and kept as a file, rather than streamed to whoever asked. */
  is_job: Generated<boolean>
  /** As they were asked for: days of the time zone, or moments. */
  period_from: string | null
  period_to: string | null
  from_at: Date | null
  /** The first moment after the period. */
  to_at: Date | null
  time_zone: Generated<string>
  language: Generated<Language>
  /** What there was for whoever asked. */
  scope: ColumnType<Scope, string | undefined, never>
  columns: Generated<string[]>
  left_out: Generated<string[]>
  is_closed: Generated<boolean>
  as_of: Date | null
  seq: number | null
  written: Generated<number>
  expected: number | null
  bytes: number | null
  rows_sha256: string | null
  failure: string | null
  /** Of the attempt that is under way, and when it last said that it lives. */
  runner_id: string | null
  beat_at: Date | null
  attempts: Generated<number>
  /** Its name in the data folder. */
  file: string | null
  /** Until when the file is kept. */
  expires_at: Date | null
  schedule_id: string | null
}

export type ExportScheduleTable = {
  id: string
  name: string
  kind: ExportKind
  format: ExportFormat
  filter: JSONColumnType<Record<string, unknown>>
  language: Language
  every: ScheduleInterval
  folder: string
  person_id: string
  created_at: Date
  ended_at: Date | null
}
