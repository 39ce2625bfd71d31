import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { PersonSession } from '#shared/contract/people.ts'
import { may } from '#shared/domain/permissions.ts'
import { deleteSession } from '../sign-in.queries.ts'
import { getTeamMember } from './people.queries.ts'
import { findSessions, lockSession } from './sessions.queries.ts'

/**
 * One's own, or with the permission somebody's.
 *
 * @throws AppError `forbidden`, `not_found`
 */
export async function readSessions({ db, now }: Deps, caller: Caller, personId: string): Promise<PersonSession[]> {
  if (personId !== caller.id) {
    if (!may(caller.role, 'person.manage')) throw new AppError('forbidden', 'Only your own sessions.')
    await getTeamMember(db, personId, now())
  }
  const rows = await findSessions(db, personId, now())
  return rows.map((row) => ({
    id: row.id,
    startedAt: row.createdAt.toISOString(),
    lastSeenAt: row.updatedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    address: row.ipAddress || null,
    userAgent: row.userAgent || null,
    isCurrent: row.id === caller.sessionId,
  }))
}

/** @throws AppError `not_found` also for the session of somebody else, without the permission */
export function endSession({ db }: Deps, caller: Caller, sessionId: string, clientId: string) {
  const act = { clientId, personId: caller.id, operation: `end session ${sessionId}` }
  return once(db, act, async (tx) => {
    const session = await lockSession(tx, sessionId)
    const isAllowed = session?.userId === caller.id || (!caller.key && may(caller.role, 'person.manage'))
    if (!session || !isAllowed) throw new AppError('not_found', `No session ${sessionId}.`)
    await deleteSession(tx, sessionId)
    const subject = { kind: 'person', id: session.userId }
    await appendEvents(tx, [{ kind: 'person.session_ended', by: caller, subject, data: { session: sessionId } }])
    return {}
  })
}
