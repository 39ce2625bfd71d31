import type { Db } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { countAdministrators, deleteUnused, insertInvitation, lockAdministrators } from './invitation.queries.ts'
import { newToken } from './one-time-token.ts'

const validMs = 7 * 86_400_000

/** The token that makes the first administrator, in place of an earlier one; null when there is an administrator. */
export function ensureSetupToken(db: Db, now = new Date()): Promise<string | null> {
  return db.transaction().execute(async (tx) => {
    await lockAdministrators(tx)
    if ((await countAdministrators(tx)) > 0) return null
    const { token, tokenHash } = newToken()
    await deleteUnused(tx, 'setup', null)
    const id = await insertInvitation(tx, { kind: 'setup', tokenHash, expiresAt: new Date(now.getTime() + validMs) })
    await appendEvents(tx, [{ kind: 'setup.token_issued', by: null, subject: { kind: 'invitation', id } }])
    return token
  })
}
