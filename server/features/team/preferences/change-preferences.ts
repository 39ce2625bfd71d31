import type { z } from 'zod'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type {
  changeOrganisation as organisationEndpoint,
  changePreferences as preferencesEndpoint,
} from '#shared/contract/preferences.ts'
import type { StrikeLadder } from '#shared/domain/strikes.ts'
import { lockOrganisation, lockPreferences, saveOrganisation, savePreferences } from './preferences.queries.ts'

/** Keeps what somebody chose for themselves. Of two changes at once each keeps its own parts. */
export function changePreferences({ db }: Deps, caller: Caller, change: z.output<typeof preferencesEndpoint.body>) {
  return db.transaction().execute(async (tx) => {
    const after = withChange(await lockPreferences(tx, caller.id), change)
    await savePreferences(tx, caller.id, after)
    const subject = { kind: 'person', id: caller.id }
    const data = { parts: Object.keys(change) }
    await appendEvents(tx, [{ kind: 'person.preferences_changed', by: caller, subject, data }])
    return after
  })
}

/** Keeps the strike ladder, which is one of the things that hold for everybody here. */
export function changeLadder(deps: Deps, caller: Caller, strikeLadder: StrikeLadder) {
  return changeOrganisation(deps, caller, { strikeLadder })
}

/** Keeps what holds for everybody here. */
export function changeOrganisation({ db }: Deps, caller: Caller, change: z.output<typeof organisationEndpoint.body>) {
  return db.transaction().execute(async (tx) => {
    const before = await lockOrganisation(tx)
    const after = withChange(before, change)
    await saveOrganisation(tx, after)
    const subject = { kind: 'organisation', id: 'organisation' }
    await appendEvents(tx, [{ kind: 'organisation.changed', by: caller, subject, data: { before, after } }])
    return after
  })
}

function withChange<Choices extends object>(
  before: Choices,
  change: { [Key in keyof Choices]?: Choices[Key] | undefined },
) {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return { ...before, ...Object.fromEntries(given) } as Choices
}
