import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import { disablePerson } from '../team.queries.ts'
import { withdrawAll } from '../withdraw-leases.ts'
import { changePerson } from './change-person.ts'
import { requireAdministrator } from './change-role.ts'
import { updatePerson } from './people.queries.ts'

type Asked = { clientId: string; version: number }

/**
 * Ends the sessions of somebody at once and gives back what they hold. What they did stays under their name.
 *
 * @throws AppError `last_administrator`
 */
export function shutOut(deps: Deps, caller: Caller, personId: string, asked: Asked) {
  return changePerson(deps, caller, { name: 'disable', personId, asked }, async (tx, person) => {
    if (person.disabledAt) return null
    await disablePerson(tx, personId, deps.now())
    const version = await updatePerson(tx, personId, {})
    await requireAdministrator(tx)
    await withdrawAll(tx, personId, { by: caller, cause: 'disabled' })
    return { kind: 'person.disabled', version }
  })
}

/** With the password, the role and the queues from before. */
export function letIn(deps: Deps, caller: Caller, personId: string, asked: Asked) {
  return changePerson(deps, caller, { name: 'enable', personId, asked }, async (tx, person) => {
    if (!person.disabledAt) return null
    const version = await updatePerson(tx, personId, { disabledAt: null })
    return { kind: 'person.enabled', version }
  })
}
