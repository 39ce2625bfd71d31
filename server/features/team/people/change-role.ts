import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { changeRestricted as restrictedEndpoint, changeRole as roleEndpoint } from '#shared/contract/people.ts'
import { may } from '#shared/domain/permissions.ts'
import { countAdministrators } from '../invitation.queries.ts'
import { withdrawAll, withdrawOutside } from '../withdraw-leases.ts'
import { changePerson } from './change-person.ts'
import { updatePerson } from './people.queries.ts'

/** @throws AppError `last_administrator` */
export function changeRole(
  deps: Deps,
  caller: Caller,
  personId: string,
  { role, ...asked }: z.output<typeof roleEndpoint.body>,
) {
  return changePerson(deps, caller, { name: 'role', personId, asked }, async (tx, person) => {
    if (person.role === role) return null
    const version = await updatePerson(tx, personId, { role })
    await requireAdministrator(tx)
    if (!may(role, 'review.decide')) await withdrawAll(tx, personId, { by: caller, cause: 'role_changed' })
    return { kind: 'person.role_changed', version, data: { before: person.role, after: role } }
  })
}

/**
 * Child abuse material is shown to those whom an administrator named for it, and no administrator names themselves: it
 * takes two people.
 *
 * @throws AppError `forbidden`
 */
export function changeRestricted(
  deps: Deps,
  caller: Caller,
  personId: string,
  { seesRestricted, ...asked }: z.output<typeof restrictedEndpoint.body>,
) {
  return changePerson(deps, caller, { name: 'restricted', personId, asked }, async (tx, person) => {
    if (seesRestricted && personId === caller.id) {
      throw new AppError('forbidden', 'Another administrator has to give you this.')
    }
    if (person.seesRestricted === seesRestricted) return null
    const version = await updatePerson(tx, personId, { seesRestricted })
    await withdrawOutside(tx, personId, { by: caller, cause: 'access_changed' })
    const data = { before: person.seesRestricted, after: seesRestricted }
    return { kind: 'person.restricted_changed', version, data }
  })
}

/** @throws AppError `last_administrator` */
export async function requireAdministrator(tx: Tx) {
  if ((await countAdministrators(tx)) > 0) return
  throw new AppError('last_administrator', 'This is the last administrator. Make another one first.')
}
