import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { changeAccess as endpoint } from '#shared/contract/people.ts'
import { may } from '#shared/domain/permissions.ts'
import { withdrawOutside } from '../withdraw-leases.ts'
import { accessCodes, requireQueues, requireWithin } from './access.ts'
import { changePerson } from './change-person.ts'
import { putAccess, updatePerson } from './people.queries.ts'

/**
 * Says which queues somebody may see and take from, and which languages they read. Reviews in hand that lie outside by
 * now go back.
 *
 * @throws AppError `forbidden` for a supervisor who changes anybody but a reviewer, or queues they do not see
 */
export function changeAccess(
  deps: Deps,
  caller: Caller,
  personId: string,
  { access, languages, ...asked }: z.output<typeof endpoint.body>,
) {
  return changePerson(deps, caller, { name: 'access', personId, asked }, async (tx, person) => {
    if (!may(caller.role, 'person.manage') && person.role !== 'reviewer') {
      throw new AppError('forbidden', 'Supervisors change the queues of reviewers only.')
    }
    requireWithin(caller.scope, person.access, access)
    await requireQueues(tx, access)
    const before = { ...accessCodes(person.access), languages: person.languages }
    const after = { ...accessCodes(access), languages }
    if (JSON.stringify(before) === JSON.stringify(after)) return null
    await putAccess(tx, personId, access)
    const version = await updatePerson(tx, personId, { languages })
    await withdrawOutside(tx, personId, { by: caller, cause: 'access_changed' })
    return { kind: 'person.access_changed', version, data: { before, after } }
  })
}
