import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import { getDay, lockExtra, setAsked } from './exposure.queries.ts'

/** Asks the supervisors for more originals today. Who asked already has asked. */
export function askForReveals({ db, now }: Deps, caller: Caller, clientId: string) {
  return once(db, { clientId, personId: caller.id, operation: 'ask for reveals' }, async (tx) => {
    const at = now()
    const day = await getDay(tx, at)
    if ((await lockExtra(tx, caller.id, day)).asked_at) return {}
    await setAsked(tx, caller.id, day, at)
    const subject = { kind: 'person', id: caller.id }
    await appendEvents(tx, [{ kind: 'exposure.more_asked', by: caller, subject, data: { day } }])
    return {}
  })
}
