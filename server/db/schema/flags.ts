import type { SourceKind } from '#shared/domain/words.ts'

export type ReporterTable = { id: string; source_name: string; external_id: string; name: string | null }

export type FlagTable = {
  id: string
  source_kind: SourceKind
  source_name: string
  external_id: string
  reporter_id: string | null
  reason_code: string
  policy_id: string | null
  reason_text: string | null
  score: number | null
  flagged_at: Date
  received_at: Date
  account_id: string
  post_id: string | null
  snapshot_id: string
  review_id: string
  effect: 'opened' | 'joined' | 'recorded'
  raw: string
}
