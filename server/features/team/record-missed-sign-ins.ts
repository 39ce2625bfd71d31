import type { Db } from '#server/db/connect.ts'
import { deleteOldAttempts, findUnrecorded } from './sign-in.queries.ts'
import { recordSignIn } from './sign-in.ts'

const patienceMs = 60_000
const attemptsKeptMs = 90 * 86_400_000

/**
 * better-auth commits a session itself; the event is written right after it. Where a process ended in between, this
 * writes it. Safe to run at any time, and in several processes.
 */
export async function recordMissedSignIns(db: Db, now: Date): Promise<number> {
  const missed = await findUnrecorded(db, new Date(now.getTime() - patienceMs))
  for (const id of missed) await db.transaction().execute((tx) => recordSignIn(tx, { id }, now))
  await deleteOldAttempts(db, new Date(now.getTime() - attemptsKeptMs))
  return missed.length
}
