import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { QueueAccess } from '#shared/contract/people.ts'
import type { Role } from '#shared/domain/permissions.ts'

/** Until the transaction ends nobody else makes, removes or counts administrators. */
export async function lockAdministrators(tx: Tx) {
  await sql`select pg_advisory_xact_lock(hashtextextended('docket administrators', 0))`.execute(tx)
}

/** People who are administrators and may sign in. */
export async function countAdministrators(db: Db | Tx): Promise<number> {
  const { count } = await db
    .selectFrom('auth.user')
    .select(sql<number>`count(*)`.as('count'))
    .where('role', '=', 'admin')
    .where('isProgram', '=', false)
    .where('disabledAt', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

type NewInvitation = { tokenHash: string; expiresAt: Date } & (
  | { kind: 'setup'; email?: never; name?: never; role?: never; access?: never; invitedBy?: never }
  /** Without a role: somebody who is here already chooses another password. */
  | {
      kind: 'join'
      email: string
      name: string
      role: Role | null
      /** Left out, everything is seen. */
      access?: { access: QueueAccess; languages: string[] }
      invitedBy?: string
    }
)

export async function insertInvitation(tx: Tx, invitation: NewInvitation): Promise<string> {
  const id = newId()
  await tx
    .insertInto('invitation')
    .values({
      id,
      token_sha256: invitation.tokenHash,
      kind: invitation.kind,
      email: invitation.email ?? null,
      name: invitation.name ?? null,
      role: invitation.role ?? null,
      expires_at: invitation.expiresAt,
      used_at: null,
      access: invitation.access ? JSON.stringify(invitation.access) : null,
      invited_by: invitation.invitedBy ?? null,
    })
    .execute()
  return id
}

/** Unused invitations of that kind, for that e-mail, that a new one takes the place of. */
export async function deleteUnused(tx: Tx, kind: 'setup' | 'join', email: string | null) {
  await tx
    .deleteFrom('invitation')
    .where('kind', '=', kind)
    .where('email', 'is not distinct from', email)
    .where('used_at', 'is', null)
    .execute()
}

/** @returns false when there is none that was not used */
export async function deleteInvitation(tx: Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('invitation')
    .where('id', '=', id)
    .where('kind', '=', 'join')
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Puts another link in the place of one that was not used. */
export async function replaceToken(db: Db, id: string, tokenHash: string) {
  await db
    .updateTable('invitation')
    .set({ token_sha256: tokenHash })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .execute()
}

function usable(db: Db | Tx, kind: 'setup' | 'join', tokenHash: string, now: Date) {
  return db
    .selectFrom('invitation')
    .select(['id', 'email', 'name', 'role', 'access'])
    .where('token_sha256', '=', tokenHash)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
}

/** Undefined when there is none, or it was used, or is too old. */
export function findInvitation(db: Db | Tx, kind: 'setup' | 'join', tokenHash: string, now: Date) {
  return usable(db, kind, tokenHash, now).executeTakeFirst()
}

/** As `findInvitation`; of two who come at once with one token the second finds none. */
export function lockInvitation(tx: Tx, kind: 'setup' | 'join', tokenHash: string, now: Date) {
  return usable(tx, kind, tokenHash, now).forUpdate().executeTakeFirst()
}

export async function markUsed(tx: Tx, id: string, at: Date) {
  await tx.updateTable('invitation').set({ used_at: at }).where('id', '=', id).execute()
}
