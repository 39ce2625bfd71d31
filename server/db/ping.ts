import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from './connect.ts'

/** @throws when the database does not answer in time */
export async function pingDatabase(db: Db, patienceMs: number): Promise<void> {
  const late = sleep(patienceMs, undefined, { ref: false }).then(() => {
    throw new Error(`The database did not answer within ${patienceMs} ms.`)
  })
  await Promise.race([sql`select 1`.execute(db), late])
}
