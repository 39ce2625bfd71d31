import type { Generated, JSONColumnType } from 'kysely'
import type { InboxKind } from '#shared/contract/inbox.ts'
import type { ReasonUse } from '#shared/contract/reasons.ts'

/** The one note that stands first on its review, account or post. */
export type NotePinTable = {
  subject_id: string
  /** Its first wording. */
  note_id: string
  pinned_by: string
  pinned_at: Date
}

/** When somebody last saw the notes of a review, an account or a post. */
export type NoteLookTable = { person_id: string; subject_id: string; looked_at: Date }

/** What somebody is told, once. */
export type InboxItemTable = {
  id: string
  person_id: string
  kind: InboxKind
  review_id: string | null
  account_id: string | null
  note_id: string | null
  /** Null for what the server did by itself. */
  by_id: string | null
  text: string | null
  at: Date
  read_at: Date | null
  /** Of the transaction that wrote it; filled in. */
  xid: Generated<string>
}

/** One version of a canned reason. */
export type CannedReasonTable = {
  id: string
  reason_id: string
  version: number
  /** Null: for every clause. */
  policy_id: string | null
  uses: ReasonUse[]
  name: string
  /** By language. */
  texts: JSONColumnType<Record<string, string>>
  is_withdrawn: boolean
  written_by: string | null
  written_at: Date
}
