import type { Db } from '#server/db/connect.ts'

/** From now on no measure waits for a second person: for tests of what comes after a decision. */
export async function needNoSecondPerson(db: Db) {
  await db
    .insertInto('setting')
    .values({ key: 'organisation', value: JSON.stringify({ severeMeasures: [] }) })
    .execute()
}
