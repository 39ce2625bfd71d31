import type { Tx } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { findInvitation, lockInvitation, markUsed } from './invitation.queries.ts'
import { tokenHash } from './one-time-token.ts'
import { findUnknownQueues, putAccess, updatePerson } from './people/people.queries.ts'
import { findActive, insertPassword, insertPerson, replacePassword } from './team.queries.ts'

type Invitation = NonNullable<Awaited<ReturnType<typeof lockInvitation>>>

/** @throws AppError `invalid_token` */
export async function readInvitation({ db, now }: Deps, token: string) {
  const invitation = await findInvitation(db, 'join', tokenHash(token), now())
  if (!invitation) throw invalidToken()
  return { name: invitation.name!, email: invitation.email! }
}

/** @throws AppError `invalid_token` when the link was used, is too old, or no longer fits its e-mail */
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
    const { email, role } = invitation
    if (!(role ? await join(tx, invitation, role, who.name, hash) : await reset(tx, email!, who.name, hash))) {
      throw invalidToken()
    }
    await markUsed(tx, invitation.id, now())
    return { email: email! }
  })
}

async function join(tx: Tx, { id: invitation, email, access }: Invitation, role: Role, name: string, hash: string) {
  const id = await insertPerson(tx, { name, email: email!, role })
  if (!id) return false
  await insertPassword(tx, id, hash)
  if (access) await grantAccess(tx, id, access)
  const data = { role, invitation }
  await appendEvents(tx, [{ kind: 'person.joined', by: { id, key: null }, subject: { kind: 'person', id }, data }])
  return true
}

/** A queue that is gone by now is left out; what was never named stays closed. */
async function grantAccess(tx: Tx, id: string, { access, languages }: NonNullable<Invitation['access']>) {
  const gone = await findUnknownQueues(
    tx,
    access.queues.map(({ queueId }) => queueId),
  )
  await putAccess(tx, id, { ...access, queues: access.queues.filter(({ queueId }) => !gone.includes(queueId)) })
  await updatePerson(tx, id, { languages })
}

async function reset(tx: Tx, email: string, name: string, hash: string) {
  const person = (await findActive(tx, email)).find(({ isProgram }) => !isProgram)
  if (!person) return false
  const { id } = person
  await replacePassword(tx, id, name, hash)
  await appendEvents(tx, [{ kind: 'person.password_reset', by: { id, key: null }, subject: { kind: 'person', id } }])
  return true
}

function invalidToken() {
  return new AppError('invalid_token', 'The link is wrong, was used, or is too old.')
}
