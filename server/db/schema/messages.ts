import type { ColumnType, JSONColumnType } from 'kysely'
import type { TemplateVersion } from '#shared/contract/messages.ts'
import type { Occasion } from '#shared/domain/messages.ts'

/** Append-only: a new version takes the old one's place. */
export type MessageTemplateTable = {
  template_id: string
  version: number
  name: string
  occasion: Occasion
  policy_id: string | null
  measure: TemplateVersion['measure']
  texts: JSONColumnType<Record<string, string>>
  is_withdrawn: boolean
  written_by: string | null
  written_at: Date
}

/** What was written to the user with a decision. Append-only. */
export type DecisionMessageTable = {
  decision_id: string
  template_id: string
  version: number
  language: string
  /** The free fields. */
  values: ColumnType<Record<string, string>, string, never>
  text: string
}
