import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { TeamMember } from '#shared/contract/people.ts'
import { lockAdministrators } from '../invitation.queries.ts'
import { getTeamMember, type LockedPerson, lockPerson } from './people.queries.ts'

type Asked = { clientId: string; version: number }

/** What a change did, for the log: nothing when it already was so. */
type Done = { kind: string; version: number; data?: Record<string, unknown> } | null

/**
 * Changes what somebody may do, on the version that was seen: the frame of every such act. The answer is the person as
 * they are afterwards.
 *
 * @throws AppError `not_found`, `version_changed`
 */
export function changePerson(
  { db, now }: Deps,
  caller: Caller,
  act: { name: string; personId: string; asked: Asked },
  change: (tx: Tx, person: LockedPerson) => Promise<Done>,
): Promise<TeamMember> {
  requirePerson(caller)
  const { name, personId, asked } = act
  return once(db, { clientId: asked.clientId, personId: caller.id, operation: `${name} ${personId}` }, async (tx) => {
    await lockAdministrators(tx)
    const person = await lockPerson(tx, personId)
    if (!person) throw new AppError('not_found', `Nobody has the id ${personId}.`)
    if (person.version !== asked.version) {
      throw new AppError('version_changed', `${personId} is at version ${person.version}.`)
    }
    const done = await change(tx, person)
    if (done) {
      const subject = { kind: 'person', id: personId, version: done.version }
      await appendEvents(tx, [{ kind: done.kind, by: caller, subject, ...(done.data && { data: done.data }) }])
    }
    return getTeamMember(tx, personId, now())
  })
}

/**
 * Who works here is for people to say: a program that lost its key must not let others in.
 *
 * @throws AppError `forbidden`
 */
export function requirePerson(caller: Caller) {
  if (caller.key) throw new AppError('forbidden', 'This needs a person with a session.')
}
