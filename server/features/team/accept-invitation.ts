import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import { findInvitation, lockInvitation, markUsed } from './invitation.queries.ts'
import { tokenHash } from './one-time-token.ts'
import { insertPassword, insertPerson } from './team.queries.ts'

/** @throws AppError `invalid_token` */
export async function readInvitation({ db, now }: Deps, token: string) {
  const invitation = await findInvitation(db, 'join', tokenHash(token), now())
  if (!invitation) throw invalidToken()
  return { name: invitation.name!, email: invitation.email! }
}

/** @throws AppError `invalid_token` when the link was used, is too old, or its e-mail has joined another way */
export async function acceptInvitation(
  { db, auth, now }: Deps,
  token: string,
  who: { name: string; password: string },
) {
  if (!(await findInvitation(db, 'join', tokenHash(token), now()))) throw invalidToken()
  const hash = await (await auth.context).password.hash(who.password)
  return db.transaction().execute(async (tx) => {
    const invitation = await lockInvitation(tx, 'join', tokenHash(token), now())
    if (!invitation) throw invalidToken()
    const email = invitation.email!
    const role = invitation.role!
    const id = await insertPerson(tx, { name: who.name, email, role })
    if (!id) throw invalidToken()
    await insertPassword(tx, id, hash)
    await markUsed(tx, invitation.id, now())
    const data = { role, invitation: invitation.id }
    await appendEvents(tx, [{ kind: 'person.joined', by: { id, key: null }, subject: { kind: 'person', id }, data }])
    return { email }
  })
}

function invalidToken() {
  return new AppError('invalid_token', 'The link is wrong, was used, or is too old.')
}
