import { sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'

/** The secret that signs cookies: the one kept before, or else `fresh`, which is kept from then on. */
export async function keepAuthSecret(db: Db, fresh: string): Promise<string> {
  await db
    .insertInto('setting')
    .values({ key: 'auth_secret', value: JSON.stringify({ secret: fresh }) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { rows } = await sql<{ secret: string }>`
    select value ->> 'secret' as secret from setting where key = 'auth_secret'`.execute(db)
  return rows[0]!.secret
}

/** Programs have keys, not sessions; disabled people have neither. */
export async function maySignIn(db: Db, personId: string): Promise<boolean> {
  const person = await db
    .selectFrom('auth.user')
    .select('id')
    .where('id', '=', personId)
    .where('isProgram', '=', false)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  return person !== undefined
}
