import type { Db, Tx } from '#server/db/connect.ts'
import {
  blankOrganisation,
  blankPreferences,
  Organisation,
  type Organisation as OrganisationChoices,
  type Preferences as PreferenceChoices,
  Preferences,
} from '#shared/contract/preferences.ts'

const organisationKey = 'organisation'

/** What somebody chose; what they did not, or what means nothing any more, is blank. */
export async function getPreferences(db: Db | Tx, personId: string): Promise<PreferenceChoices> {
  const row = await db.selectFrom('preference').select('value').where('person_id', '=', personId).executeTakeFirst()
  return withBlanks(Preferences.shape, blankPreferences, row?.value)
}

export async function getOrganisation(db: Db | Tx): Promise<OrganisationChoices> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', organisationKey).executeTakeFirst()
  return toOrganisation(row?.value)
}

/** From what is kept of it. */
export const toOrganisation = (kept?: object): OrganisationChoices =>
  withBlanks(Organisation.shape, blankOrganisation, kept)

type Part = { safeParse: (value: unknown) => { success: boolean; data?: unknown } }

/** Parts are read one by one, so that one from another version of the program does not cost the others. */
function withBlanks<Choices extends object>(parts: Record<string, Part>, blank: Choices, kept: object = {}): Choices {
  const read = Object.entries(kept).flatMap(([name, value]) => {
    const parsed = parts[name]?.safeParse(value)
    return parsed?.success ? [[name, parsed.data]] : []
  })
  return { ...blank, ...Object.fromEntries(read) }
}

/** Locks somebody's choices until the transaction ends. */
export async function lockPreferences(tx: Tx, personId: string): Promise<PreferenceChoices> {
  await tx
    .insertInto('preference')
    .values({ person_id: personId, value: '{}' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.selectFrom('preference').select('person_id').where('person_id', '=', personId).forUpdate().execute()
  return getPreferences(tx, personId)
}

export async function savePreferences(tx: Tx, personId: string, value: PreferenceChoices) {
  await tx
    .updateTable('preference')
    .set({ value: JSON.stringify(value) })
    .where('person_id', '=', personId)
    .execute()
}

/** Locks the organisation's choices until the transaction ends. */
export async function lockOrganisation(tx: Tx): Promise<OrganisationChoices> {
  await tx
    .insertInto('setting')
    .values({ key: organisationKey, value: '{}' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.selectFrom('setting').select('key').where('key', '=', organisationKey).forUpdate().execute()
  return getOrganisation(tx)
}

export async function saveOrganisation(tx: Tx, value: OrganisationChoices) {
  await tx
    .updateTable('setting')
    .set({ value: JSON.stringify(value) })
    .where('key', '=', organisationKey)
    .execute()
}
