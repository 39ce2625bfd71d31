import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'

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

export type Attempter = {
  emailHash: string
  /** Where it comes from: a browser that this person has used before, or else a network. */
  origin: string
}

/** Until the transaction ends nobody else attempts as the same: of two guesses sent together the second waits. */
export async function lockAttempts(tx: Tx, { emailHash, origin }: Attempter) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${emailHash} ${origin}`}, 0))`.execute(tx)
}

/** Failures since the last success, within a day, and when the last one was. */
export async function countFailures(tx: Tx, { emailHash, origin }: Attempter, now: Date) {
  const { rows } = await sql<{ count: number; latest: Date | null }>`
    select count(*) as count, max(at) as latest from sign_in_attempt
    where email_sha256 = ${emailHash} and address = ${origin} and not succeeded
      and at > ${new Date(now.getTime() - 86_400_000)}
      and id > coalesce((
        select max(id) from sign_in_attempt
        where email_sha256 = ${emailHash} and address = ${origin} and succeeded
      ), 0)`.execute(tx)
  return rows[0]!
}

/** Counts as failed until `markSucceeded`. */
export async function insertAttempt(tx: Tx, { emailHash, origin }: Attempter, at: Date): Promise<number> {
  const { id } = await tx
    .insertInto('sign_in_attempt')
    .values({ email_sha256: emailHash, address: origin, succeeded: false, at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function markSucceeded(tx: Tx, id: number) {
  await tx.updateTable('sign_in_attempt').set({ succeeded: true }).where('id', '=', id).execute()
}

/** Attempts that no delay depends on any more. */
export async function deleteOldAttempts(db: Db, before: Date) {
  await db.deleteFrom('sign_in_attempt').where('at', '<', before).execute()
}

/** Those whose sign-in is in the log; the others wait for it. */
export async function deleteExpiredSessions(db: Db) {
  await db
    .deleteFrom('auth.session')
    .where('expiresAt', '<', sql<Date>`now()`)
    .where('recordedAt', 'is not', null)
    .execute()
}

/** @returns the session, or null when its sign-in was recorded before */
export async function markRecorded(tx: Tx, session: { id: string } | { token: string }, at: Date) {
  const [column, value] = 'id' in session ? (['id', session.id] as const) : (['token', session.token] as const)
  const row = await tx
    .updateTable('auth.session')
    .set({ recordedAt: at })
    .where(column, '=', value)
    .where('recordedAt', 'is', null)
    .returning(['id', 'userId'])
    .executeTakeFirst()
  return row ?? null
}

/** Sessions whose sign-in is not in the event log: the server ended between better-auth's commit and ours. */
export async function findUnrecorded(db: Db, before: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('auth.session')
    .select('id')
    .where('recordedAt', 'is', null)
    .where('createdAt', '<', before)
    .execute()
  return rows.map(({ id }) => id)
}

/** @returns false when it had ended before */
export async function deleteSession(tx: Tx, sessionId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('auth.session').where('id', '=', sessionId).executeTakeFirst()
  return numDeletedRows > 0n
}
