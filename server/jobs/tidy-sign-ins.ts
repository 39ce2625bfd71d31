import { deleteExpiredSessions, deleteOldAttempts, findUnrecorded } from '#server/features/team/sign-in.queries.ts'
import { recordSignIn } from '#server/features/team/sign-in.ts'
import type { Deps } from '#server/http/deps.ts'

const patienceMs = 60_000
const attemptsKeptMs = 90 * 86_400_000

/**
 * better-auth commits a session itself, and the event is written right after it. Where a process ended in between, this
 * writes it. Then it clears away sessions that have ended and attempts that no delay depends on. Safe to run at any time,
 * in several processes.
 *
 * @returns how many sign-ins were missing in the log
 */
export async function tidySignIns({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<number> {
  const at = now()
  const missed = await findUnrecorded(db, new Date(at.getTime() - patienceMs))
  for (const id of missed) await db.transaction().execute((tx) => recordSignIn(tx, { id }, at))
  await deleteExpiredSessions(db)
  await deleteOldAttempts(db, new Date(at.getTime() - attemptsKeptMs))
  return missed.length
}
