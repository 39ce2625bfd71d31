import type { Generated, JSONColumnType } from 'kysely'
import type { AccountStatus, MediaKind, PostKind, PostStatus, SourceKind } from '#shared/domain/words.ts'

export type AccountTable = {
  id: string
  platform: string
  external_id: string
  kind: string
  handle: string
  display_name: string | null
  url: string | null
  status: AccountStatus
  status_since: Date | null
  /** The newest time at which a sender said that the account has this status; null counts as `status_since`. */
  status_seen_at: Date | null
  status_cause: string | null
  created_at: Date | null
  first_seen_at: Date
}

export type AccountStatusTable = {
  id: string
  account_id: string
  status: AccountStatus
  since: Date
  cause: string | null
  source: string
  recorded_at: Generated<Date>
  /** Somebody saw the account so at that time; otherwise it became so then. */
  is_sighting: Generated<boolean>
  /** The status turned here: these rows are the history. */
  is_turn: Generated<boolean>
}

export type MediaTable = {
  sha256: string
  mime: string
  /** Bytes. */
  size: number
  width: number | null
  height: number | null
  state: 'pending' | 'ready' | 'failed'
  failure: string | null
  is_restricted: Generated<boolean>
  stored_at: Generated<Date>
}

export type PostTable = {
  id: string
  account_id: string
  platform: string
  external_id: string
  kind: PostKind
  url: string | null
  posted_at: Date | null
  current_snapshot_id: string | null
  /** The last edit that its platform told of. */
  edited_at: Generated<Date | null>
  /** Since when it is gone from its platform. */
  deleted_at: Generated<Date | null>
}

/** What a sender said became of a post after it was flagged. */
export type PostStatusTable = {
  id: string
  post_id: string
  status: PostStatus
  since: Date
  cause: string | null
  source: string
  /** The snapshot that was taken of it; null when the sender did not say what the post says now. */
  snapshot_id: string | null
  recorded_at: Date
}

export type SnapshotTable = {
  id: string
  post_id: string | null
  account_id: string
  /** Of the canonical JSON of the whole snapshot. */
  sha256: string
  /** Of what a reviewer sees of the content only: tells whether a later flag shows something new. */
  content_sha256: string
  caption: string
  language: string | null
  claimed_place: string | null
  reach: number | null
  url: string | null
  context: JSONColumnType<{ author: string | null; text: string }[]>
  account_state: JSONColumnType<{ status: AccountStatus; handle: string; displayName: string | null }>
  source_kind: SourceKind
  source_name: string
  captured_at: Date
  /** The sender's body, as it came. */
  raw: string
  /** What had become of the post when this was taken; null for one taken with a flag. */
  post_status: Generated<PostStatus | null>
}

export type PostMediaTable = {
  snapshot_id: string
  position: number
  kind: MediaKind
  sha256: string | null
  url: string | null
  name: string | null
  caption: string | null
  /** Of the bytes that were found at `url` later. Not part of what was frozen. */
  fetched_sha256: Generated<string | null>
  /** When to fetch `url`; null when there is nothing to fetch, or no more. */
  fetch_after: Generated<Date | null>
  fetch_attempts: Generated<number>
  fetch_failure: Generated<string | null>
}
