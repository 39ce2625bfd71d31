import type { Db } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { StartFault } from '#server/start-fault.ts'
import { deleteUnused, insertInvitation } from './invitation.queries.ts'
import { newToken } from './one-time-token.ts'
import { findActive } from './team.queries.ts'

const validMs = 86_400_000

/**
 * For somebody who forgot their password. Nothing changes until the link is used.
 *
 * @returns the link with which they choose another, once, within a day
 * @throws StartFault when nobody who may sign in has that e-mail
 */
export async function resetPassword(db: Db, who: { email: string; publicUrl: string }, now = new Date()) {
  const { token, tokenHash } = newToken()
  await db.transaction().execute(async (tx) => {
    const person = (await findActive(tx, who.email)).find(({ isProgram }) => !isProgram)
    if (!person) throw new StartFault(`Nobody who may sign in has the e-mail ${who.email}.`)
    const { id, email, name } = person
    await deleteUnused(tx, 'join', email)
    const expiresAt = new Date(now.getTime() + validMs)
    await insertInvitation(tx, { kind: 'join', email, name, role: null, tokenHash, expiresAt })
    await appendEvents(tx, [{ kind: 'person.reset_issued', by: null, subject: { kind: 'person', id } }])
  })
  return `${who.publicUrl}/join?token=${token}`
}
