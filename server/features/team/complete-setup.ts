import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import { countAdministrators, lockAdministrators, lockInvitation, markUsed } from './invitation.queries.ts'
import { tokenHash } from './one-time-token.ts'
import { insertPassword, insertPerson } from './team.queries.ts'

type Setup = { token: string; name: string; email: string; password: string }

/**
 * Makes the first administrator. Of two at once one is made.
 *
 * @throws AppError `already_set_up`, `invalid_token`
 */
export async function completeSetup({ db, auth, now }: Deps, { token, name, email, password }: Setup) {
  const hash = await (await auth.context).password.hash(password)
  return db.transaction().execute(async (tx) => {
    await lockAdministrators(tx)
    if ((await countAdministrators(tx)) > 0) throw new AppError('already_set_up', 'There is an administrator already.')
    const invitation = await lockInvitation(tx, 'setup', tokenHash(token), now())
    if (!invitation) throw new AppError('invalid_token', 'The token is wrong, was used, or is too old.')
    const id = await insertPerson(tx, { name, email, role: 'admin' })
    if (!id) throw emailTaken()
    await insertPassword(tx, id, hash)
    await markUsed(tx, invitation.id, now())
    const data = { role: 'admin', invitation: invitation.id }
    await appendEvents(tx, [{ kind: 'person.joined', by: { id, key: null }, subject: { kind: 'person', id }, data }])
    return { email: email.toLowerCase() }
  })
}

function emailTaken() {
  const issues = [{ path: 'email', message: 'Somebody has this e-mail already.' }]
  return new AppError('invalid_request', 'Somebody has this e-mail already.', issues)
}
