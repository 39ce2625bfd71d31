import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { ClauseVersion } from '#shared/contract/decisions.ts'
import type { SeenTranslation } from '#shared/contract/translations.ts'
import type { AccountMeasure, Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
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
  kind: string
  format: string
  filter: JSONColumnType<object>
  person_id: string
  started_at: Date
  ended_at: Date | null
  row_count: number | null
  sha256: string | null
}
