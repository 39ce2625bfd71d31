import type { Db } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { StartFault } from '#server/start-fault.ts'
import { countAdministrators, lockAdministrators } from './invitation.queries.ts'
import { disablePerson as disable, findActive } from './team.queries.ts'

/**
 * Ends all sessions and keys of a person, or of the programs with that name. They are out within seconds; what they did
 * stays under their name.
 *
 * @param who an e-mail, or a program's name
 * @throws StartFault when there is none, or it is the last administrator
 */
export async function disablePerson(db: Db, who: string, now = new Date()): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockAdministrators(tx)
    const people = await findActive(tx, who)
    if (people.length === 0) throw new StartFault(`Nobody who may sign in has the e-mail or program name ${who}.`)
    for (const { id } of people) {
      await disable(tx, id, now)
      await appendEvents(tx, [{ kind: 'person.disabled', by: null, subject: { kind: 'person', id } }])
    }
    const removesAdmin = people.some(({ role, isProgram }) => role === 'admin' && !isProgram)
    if (removesAdmin && (await countAdministrators(tx)) === 0) {
      throw new StartFault(`${who} is the last administrator. Add another one first.`)
    }
  })
}
