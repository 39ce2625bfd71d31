import { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { StartFault } from '#server/start-fault.ts'
import { Role } from '#shared/domain/permissions.ts'
import { deleteUnused, insertInvitation } from './invitation.queries.ts'
import { newToken } from './one-time-token.ts'
import { findPersonIdByEmail } from './team.queries.ts'

const validMs = 7 * 86_400_000

type NewPerson = { email: string; role: string; name?: string | undefined; publicUrl: string }

/**
 * Invites somebody. A second invitation to one e-mail takes the place of the first.
 *
 * @returns the link with which they choose their password, once, within seven days
 * @throws StartFault when e-mail or role is none, or somebody has the e-mail
 */
export async function addPerson(db: Db, person: NewPerson, now = new Date()): Promise<string> {
  const email = person.email.trim().toLowerCase()
  if (!z.email().max(254).safeParse(email).success) throw new StartFault(`${person.email} is not an e-mail address.`)
  const role = parseRole(person.role)
  const name = person.name?.trim() || email.split('@')[0]!
  const { token, tokenHash } = newToken()
  await db.transaction().execute(async (tx) => {
    if (await findPersonIdByEmail(tx, email)) throw new StartFault(`Somebody has the e-mail ${email} already.`)
    await deleteUnused(tx, 'join', email)
    const expiresAt = new Date(now.getTime() + validMs)
    const id = await insertInvitation(tx, { kind: 'join', email, name, role, tokenHash, expiresAt })
    await appendEvents(tx, [{ kind: 'person.invited', by: null, subject: { kind: 'invitation', id }, data: { role } }])
  })
  return `${person.publicUrl}/join?token=${token}`
}

/** @throws StartFault */
export function parseRole(role: string): Role {
  const parsed = Role.safeParse(role)
  if (!parsed.success) throw new StartFault(`There is no role "${role}". Roles: ${Role.options.join(', ')}.`)
  return parsed.data
}
