import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { dailyReveals } from '#shared/domain/exposure.ts'
import { getOrganisation, getPreferences } from '../team/preferences/preferences.queries.ts'
import { addExtra, getDay, isPerson, lockExtra } from './exposure.queries.ts'

type Input = { clientId: string; reveals: number }

/**
 * Lets somebody see more originals today than their budget says. Nobody does so for themselves.
 *
 * @throws AppError `not_found`, `not_yours`
 */
export function addReveals({ db, now }: Deps, caller: Caller, personId: string, { clientId, reveals }: Input) {
  return once(db, { clientId, personId: caller.id, operation: `add reveals ${personId}` }, async (tx) => {
    if (personId === caller.id) throw new AppError('not_yours', 'Nobody adds to a budget of their own.')
    if (!(await isPerson(tx, personId))) throw new AppError('not_found', `No person ${personId}.`)
    const day = await getDay(tx, now())
    const before = await lockExtra(tx, personId, day)
    await addExtra(tx, personId, day, reveals)
    const subject = { kind: 'person', id: personId }
    await appendEvents(tx, [{ kind: 'exposure.budget_added', by: caller, subject, data: { day, reveals } }])
    const own = await getPreferences(tx, personId)
    const base = dailyReveals(own.care, (await getOrganisation(tx)).care)
    return { budget: base === null ? null : base + before.reveals + reveals }
  })
}
