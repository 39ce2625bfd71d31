import type { z } from 'zod'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { makeKey as endpoint } from '#shared/contract/keys.ts'
import { accessCodes, requireQueues, requireWithin } from '../people/access.ts'
import { requirePerson } from '../people/change-person.ts'
import { putAccess } from '../people/people.queries.ts'
import { disablePerson, insertPerson } from '../team.queries.ts'
import { withdrawAll } from '../withdraw-leases.ts'
import { deleteKey, findKeys, lockProgramOf, moveSecret, turnOff } from './keys.queries.ts'

type Input = z.output<typeof endpoint.body>

/**
 * Makes a program with one key. better-auth keeps only its hash, so a repeat of the request gets another secret for the
 * same key.
 */
export async function makeKey({ db, auth }: Deps, caller: Caller, { clientId, ...input }: Input) {
  requirePerson(caller)
  const { name, role, access } = input
  const bound = { sourceNames: [...new Set(input.sourceNames)], sourceKinds: [...new Set(input.sourceKinds)] }
  const programId = newId()
  // better-auth commits the key by itself: without the program, which comes after it, it opens nothing.
  const made = await auth.api.createApiKey({
    body: { name, userId: programId, metadata: { ...bound, madeById: caller.id } },
  })
  let isRepeat = true
  const act = { clientId, personId: caller.id, operation: 'make key' }
  const { keyId } = await once(db, act, async (tx) => {
    isRepeat = false
    requireWithin(caller.scope, { seesAll: false, queues: [] }, access)
    await requireQueues(tx, access)
    const email = `${programId}@program.invalid`
    await insertPerson(tx, { id: programId, name, email, role, isProgram: true })
    await putAccess(tx, programId, access)
    const data = { program: programId, role, ...bound, ...accessCodes(access) }
    await appendEvents(tx, [{ kind: 'key.added', by: caller, subject: { kind: 'key', id: made.id }, data }])
    return { keyId: made.id }
  }).catch(async (error) => {
    await deleteKey(db, made.id)
    throw error
  })
  if (isRepeat) await moveSecret(db, { from: made.id, to: keyId })
  const [key] = await findKeys(db, keyId)
  return { secret: made.key, key: key! }
}

/**
 * Ends a key and its program, and gives back what it holds.
 *
 * @throws AppError `not_found`
 */
export function revokeKey({ db, now }: Deps, caller: Caller, keyId: string, clientId: string) {
  requirePerson(caller)
  return once(db, { clientId, personId: caller.id, operation: `revoke ${keyId}` }, async (tx) => {
    const program = await lockProgramOf(tx, keyId)
    if (!program) throw new AppError('not_found', `No key ${keyId}.`)
    if (program.disabledAt && !program.enabled) return {}
    await turnOff(tx, keyId, now())
    await disablePerson(tx, program.id, now())
    await withdrawAll(tx, program.id, { by: caller, cause: 'disabled' })
    const data = { program: program.id }
    await appendEvents(tx, [{ kind: 'key.revoked', by: caller, subject: { kind: 'key', id: keyId }, data }])
    return {}
  })
}
