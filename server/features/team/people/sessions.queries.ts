import type { Db, Tx } from '#server/db/connect.ts'

/** Those that have not ended, newest first. */
export function findSessions(db: Db, personId: string, now: Date) {
  return db
    .selectFrom('auth.session')
    .select(['id', 'createdAt', 'updatedAt', 'expiresAt', 'ipAddress', 'userAgent'])
    .where('userId', '=', personId)
    .where('expiresAt', '>', now)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Whose session it is; undefined when it has ended. */
export async function lockSession(tx: Tx, sessionId: string): Promise<{ userId: string } | undefined> {
  return tx.selectFrom('auth.session').select('userId').where('id', '=', sessionId).forUpdate().executeTakeFirst()
}
