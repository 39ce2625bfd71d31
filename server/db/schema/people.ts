import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { QueueAccess } from '#shared/contract/people.ts'
import type { Role } from '#shared/domain/permissions.ts'

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
  /** False: only those of `queue_member`. */
  seesAllQueues: Generated<boolean>
  seesRestricted: Generated<boolean>
  /** BCP 47; what this person reads. */
  languages: Generated<string[]>
  /** Clauses and sections (`section:2`) that this person was trained for. */
  trained: Generated<string[]>
  /** Clauses and sections that this person is not offered. */
  optedOut: Generated<string[]>
  /** Rises with every change of what this person may do. */
  version: Generated<number>
}

/** A queue that a person may see and, where `may_take`, work in. */
export type QueueMemberTable = { person_id: string; queue_id: string; may_take: Generated<boolean> }

/** better-auth's `account`, as far as we write it: one row for each password. */
export type PasswordTable = {
  id: string
  accountId: string
  providerId: string
  userId: string
  password: string | null
  updatedAt: Date
}

export type SessionTable = {
  id: string
  token: string
  userId: string
  createdAt: Date
  /** When it was prolonged last. */
  updatedAt: Date
  expiresAt: Date
  ipAddress: string | null
  userAgent: string | null
  /** When the sign-in was written to the event log. */
  recordedAt: Date | null
}

export type KeyTable = {
  id: string
  name: string | null
  /** How the key begins. */
  start: string | null
  /** Its hash. */
  key: string
  /** The program it belongs to. */
  referenceId: string
  enabled: boolean | null
  createdAt: Date
  updatedAt: Date
  expiresAt: Date | null
  /** When it was used last, to the minute. */
  lastRequest: Date | null
  /** JSON text. */
  metadata: string | null
}

/** What a person chose for themselves, by name of the part. */
export type PreferenceTable = { person_id: string; value: JSONColumnType<object> }

export type ReceiptTable = {
  client_id: string
  person_id: string
  operation: string
  /** Null while the act is under way, in a transaction that nobody else sees. */
  reply: ColumnType<unknown, string | null, string>
  made_at: Generated<Date>
}

type InvitedAccess = { access: QueueAccess; languages: string[] }

export type InvitationTable = {
  id: string
  token_sha256: string
  kind: 'setup' | 'join'
  email: string | null
  name: string | null
  role: Role | null
  made_at: Generated<Date>
  expires_at: Date
  used_at: Date | null
  /** What the person will see and read; null is everything. */
  access: ColumnType<InvitedAccess | null, string | null | undefined, string | null>
  invited_by: Generated<string | null>
}

export type SignInAttemptTable = {
  id: Generated<number>
  email_sha256: string
  address: string
  succeeded: boolean
  at: Generated<Date>
}
