import type { Tx } from '#server/db/connect.ts'
import { lockHeldBy, lockHeldOutside, withdrawLeases } from '#server/features/review/lease/lease.queries.ts'
import { getScope } from './team.queries.ts'

type Why = Parameters<typeof withdrawLeases>[2]

/** Gives back all that somebody holds. */
export async function withdrawAll(tx: Tx, personId: string, why: Why) {
  await withdrawLeases(tx, await lockHeldBy(tx, personId), why)
}

/** Gives back what somebody holds and may not see, or not take, by now. */
export async function withdrawOutside(tx: Tx, personId: string, why: Why) {
  await withdrawLeases(tx, await lockHeldOutside(tx, personId, await getScope(tx, personId)), why)
}
