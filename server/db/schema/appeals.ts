import type { ColumnType, GeneratedAlways } from 'kysely'
import type { SentMessage } from '#shared/contract/messages.ts'
import type { AppealOutcome, AppealState, Appellant } from '#shared/domain/appeals.ts'

export type AppealTable = {
  id: string
  number: GeneratedAlways<number>
  /** What is appealed. */
  decision_id: string
  review_id: string
  account_id: string
  /** The clause that it cites. */
  policy_id: string | null
  policy_version: number | null
  appellant: Appellant
  appellant_name: string | null
  body: string
  language: string | null
  source_name: string
  /** By which its source knows it; null for one filed by hand. */
  external_id: string | null
  filed_by: string
  filed_at: Date
  received_at: Date
  due_at: Date
  /** Why it was taken in although the time for it was over. */
  late_reason: string | null
  state: AppealState
  /** Who hears it, as long as `held_until` has not passed. */
  holder_id: string | null
  held_until: Date | null
  outcome: AppealOutcome | null
  rationale: string | null
  decided_by: string | null
  decided_at: Date | null
  new_decision_id: string | null
  /** From the measures taking effect to the last of them being lifted; null until then, and when none ever did. */
  wrongly_down_ms: number | null
  withdrawn_reason: string | null
  /** What was written to who appealed, where nothing else was decided. */
  message: ColumnType<SentMessage | null, string | null | undefined, string | null>
}
