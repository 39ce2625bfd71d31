import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { ClauseVersion } from '#shared/contract/decisions.ts'
import type { PriorityTerm } from '#shared/contract/reviews.ts'
import type { AccountMeasure, Outcome, PostMeasure } from '#shared/domain/outcomes.ts'
import type { Role } from '#shared/domain/permissions.ts'
import type {
  AccountStatus,
  MediaKind,
  OutboxState,
  PostKind,
  ReviewState,
  Severity,
  SourceKind,
} from '#shared/domain/words.ts'

/** The tables as kysely sees them; `migrations/` says what they are. */
export type Database = {
  'auth.user': UserTable
  'auth.account': PasswordTable
  'auth.session': SessionTable
  'auth.apikey': KeyTable
  setting: { key: string; value: JSONColumnType<object> }
  receipt: ReceiptTable
  invitation: InvitationTable
  sign_in_attempt: SignInAttemptTable
  queue: { id: string; name: string; position: number; target_ms: number }
  routing_rule: {
    id: string
    position: number
    queue_id: string
    source_kind: SourceKind | null
    policy_prefix: string | null
  }
  policy: PolicyTable
  policy_version: PolicyVersionTable
  reason_mapping: { source_name: string; code: string; policy_id: string }
  account: AccountTable
  account_status: AccountStatusTable
  media: MediaTable
  post: PostTable
  snapshot: SnapshotTable
  post_media: PostMediaTable
  reporter: { id: string; source_name: string; external_id: string; name: string | null }
  flag: FlagTable
  review: ReviewTable
  lease: { review_id: string; holder_id: string; taken_at: Date; expires_at: Date }
  note: NoteTable
  reveal: RevealTable
  decision: DecisionTable
  measure: MeasureTable
  outbox: OutboxTable
  export: ExportTable
  event: EventTable
  event_seq: EventSeqTable
  sealer: { only_row: Generated<boolean>; snapshot: string; last_seq: number }
}

export type UserTable = {
  id: string
  name: string
  email: string
  emailVerified: boolean
  image: string | null
  createdAt: Date
  updatedAt: Date
  role: Role
  /** Programs with a key are users too; they cannot sign in. */
  isProgram: boolean
  disabledAt: Date | null
}

/** better-auth's `account`, as far as we write it: one row for each password. */
type PasswordTable = {
  id: string
  accountId: string
  providerId: string
  userId: string
  password: string | null
  updatedAt: Date
}

type SessionTable = {
  id: string
  token: string
  userId: string
  createdAt: Date
  expiresAt: Date
  /** When the sign-in was written to the event log. */
  recordedAt: Date | null
}

type KeyTable = {
  id: string
  name: string | null
  /** Its hash. */
  key: string
  /** The program it belongs to. */
  referenceId: string
  enabled: boolean | null
  expiresAt: Date | null
  /** JSON text. */
  metadata: string | null
}

type ReceiptTable = {
  client_id: string
  person_id: string
  operation: string
  /** Null while the act is under way, in a transaction that nobody else sees. */
  reply: ColumnType<unknown, string | null, string>
  made_at: Generated<Date>
}

type InvitationTable = {
  id: string
  token_sha256: string
  kind: 'setup' | 'join'
  email: string | null
  name: string | null
  role: Role | null
  made_at: Generated<Date>
  expires_at: Date
  used_at: Date | null
}

type SignInAttemptTable = {
  id: Generated<number>
  email_sha256: string
  address: string
  succeeded: boolean
  at: Generated<Date>
}

type PolicyTable = {
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

type PolicyVersionTable = {
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

type AccountTable = {
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

type AccountStatusTable = {
  id: string
  account_id: string
  status: AccountStatus
  since: Date
  cause: string | null
  source: string
  recorded_at: Generated<Date>
}

type MediaTable = {
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

type PostTable = {
  id: string
  account_id: string
  platform: string
  external_id: string
  kind: PostKind
  url: string | null
  posted_at: Date | null
  current_snapshot_id: string | null
}

type SnapshotTable = {
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
}

type PostMediaTable = {
  snapshot_id: string
  position: number
  kind: MediaKind
  sha256: string | null
  url: string | null
  name: string | null
  caption: string | null
}

type FlagTable = {
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

export type ReviewTable = {
  id: string
  number: Generated<number>
  version: Generated<number>
  state: ReviewState
  queue_id: string
  account_id: string
  post_id: string | null
  snapshot_id: string
  caption_excerpt: string
  language: string | null
  platform: string
  handle: string
  account_status: AccountStatus
  account_created_at: Date | null
  policy_id: string | null
  flag_count: number
  sources: SourceKind[]
  media_count: number
  first_media: string | null
  priority: number
  priority_terms: JSONColumnType<PriorityTerm[]>
  due_at: Date
  opened_at: Date
  holder_id: string | null
  decided_at: Date | null
  decided_by: string | null
  decision_id: string | null
  outcome: Outcome | null
  previous_review_id: string | null
}

type NoteTable = {
  id: string
  review_id: string | null
  account_id: string | null
  body: string
  author_id: string | null
  written_at: Date
  supersedes_id: string | null
}

type RevealTable = {
  id: string
  review_id: string
  media_sha256: string
  variant: 'display' | 'original'
  person_id: string
  grant_sha256: string
  granted_at: Date
  expires_at: Date
  used_at: Date | null
  ended_at: Date | null
  shown_ms: number | null
}

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
}

type MeasureTable = {
  id: string
  decision_id: string
  target: 'post' | 'account'
  kind: PostMeasure | AccountMeasure
  restriction: 'region' | 'age' | 'demoted' | 'disabled' | null
  ends_at: Date | null
}

type OutboxTable = {
  decision_id: string
  state: OutboxState
  /** Nothing is sent before; until then the decision may be undone. */
  not_before: Date
  attempts: Generated<number>
  last_error: string | null
  changed_at: Date
}

type ExportTable = {
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

type EventTable = {
  id: Generated<number>
  xid: Generated<string>
  at: Generated<Date>
  kind: string
  person_id: string | null
  key_id: string | null
  subject_kind: string
  subject_id: string
  subject_version: number | null
  data: JSONColumnType<Record<string, unknown>>
}

type EventSeqTable = {
  seq: number
  event_id: number
  at: Date
  kind: string
  person_id: string | null
  subject_kind: string
  subject_id: string
}
