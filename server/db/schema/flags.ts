import type { Generated } from 'kysely'
import type { FlagEffect, SourceKind } from '#shared/domain/words.ts'

export type ReporterTable = {
  id: string
  source_name: string
  external_id: string
  name: string | null
  /** What the flags of a trusted reporter add to the priority; null is not marked. */
  trusted_weight: Generated<number | null>
  muted_at: Generated<Date | null>
  muted_by: Generated<string | null>
  /** Null while `muted_at` is set: until somebody ends it. */
  muted_until: Generated<Date | null>
}

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
  /** Null for those of a muted reporter, which make no work. */
  review_id: string | null
  effect: FlagEffect
  raw: string
  /** Counts no more on its review, without having been decided upon. */
  set_aside_at: Generated<Date | null>
  set_aside_by: Generated<string | null>
}
