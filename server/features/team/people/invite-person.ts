import type { z } from 'zod'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { invitePerson as endpoint } from '#shared/contract/people.ts'
import { deleteInvitation, deleteUnused, insertInvitation, replaceToken } from '../invitation.queries.ts'
import { newToken } from '../one-time-token.ts'
import { findPersonIdByEmail } from '../team.queries.ts'
import { accessCodes, requireQueues, requireWithin } from './access.ts'
import { requirePerson } from './change-person.ts'
import { lockPerson } from './people.queries.ts'

const invitedMs = 7 * 86_400_000
const resetMs = 86_400_000

type Input = z.output<typeof endpoint.body>
type Kept = { invitationId: string; expiresAt: string }

/**
 * Makes a link with which somebody new chooses their password. Only its hash is kept, so a repeat of the request gets
 * another link for the same invitation.
 *
 * @throws AppError `email_taken`
 */
export function invitePerson(deps: Deps, caller: Caller, { clientId, ...input }: Input) {
  const { email, name, role, access, languages } = { ...input, email: input.email.trim().toLowerCase() }
  return issueLink(deps, caller, { clientId, operation: 'invite' }, async (tx, tokenHash) => {
    if (await findPersonIdByEmail(tx, email)) throw new AppError('email_taken', 'Somebody has this e-mail already.')
    requireWithin(caller.scope, { seesAll: false, queues: [] }, access)
    await requireQueues(tx, access)
    await deleteUnused(tx, 'join', email)
    const expiresAt = new Date(deps.now().getTime() + invitedMs)
    const invited = { access: { access, languages }, invitedBy: caller.id }
    const id = await insertInvitation(tx, { kind: 'join', email, name, role, tokenHash, expiresAt, ...invited })
    const data = { role, ...accessCodes(access), languages }
    await appendEvents(tx, [{ kind: 'person.invited', by: caller, subject: { kind: 'invitation', id }, data }])
    return { invitationId: id, expiresAt: expiresAt.toISOString() }
  })
}

/** @throws AppError `not_found` for those who may not sign in */
export function issueResetLink(deps: Deps, caller: Caller, personId: string, clientId: string) {
  return issueLink(deps, caller, { clientId, operation: `reset link ${personId}` }, async (tx, tokenHash) => {
    const person = await lockPerson(tx, personId)
    if (!person || person.disabledAt) throw new AppError('not_found', `Nobody with the id ${personId} may sign in.`)
    const { email, name } = person
    await deleteUnused(tx, 'join', email)
    const expiresAt = new Date(deps.now().getTime() + resetMs)
    const id = await insertInvitation(tx, { kind: 'join', email, name, role: null, tokenHash, expiresAt })
    const subject = { kind: 'person', id: personId }
    await appendEvents(tx, [{ kind: 'person.reset_issued', by: caller, subject, data: { invitation: id } }])
    return { invitationId: id, expiresAt: expiresAt.toISOString() }
  })
}

/** @throws AppError `not_found` when it was used, withdrawn or replaced */
export function withdrawInvitation({ db }: Deps, caller: Caller, invitationId: string, clientId: string) {
  requirePerson(caller)
  return once(db, { clientId, personId: caller.id, operation: `withdraw ${invitationId}` }, async (tx) => {
    if (!(await deleteInvitation(tx, invitationId))) throw new AppError('not_found', 'No such open invitation.')
    const subject = { kind: 'invitation', id: invitationId }
    await appendEvents(tx, [{ kind: 'person.invitation_withdrawn', by: caller, subject }])
    return {}
  })
}

type Make = (tx: Parameters<Parameters<typeof once>[2]>[0], tokenHash: string) => Promise<Kept>

async function issueLink(deps: Deps, caller: Caller, act: { clientId: string; operation: string }, make: Make) {
  requirePerson(caller)
  const { token, tokenHash } = newToken()
  let isRepeat = true
  const kept = await once(deps.db, { ...act, personId: caller.id }, (tx) => {
    isRepeat = false
    return make(tx, tokenHash)
  })
  if (isRepeat) await replaceToken(deps.db, kept.invitationId, tokenHash)
  return { ...kept, link: `${deps.settings.publicUrl}/join?token=${token}` }
}
