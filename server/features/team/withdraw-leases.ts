import type { Tx } from '#server/db/connect.ts'
import { lockHeldBy, lockHeldOutside, withdrawLeases } from '#server/features/review/lease/lease.queries.ts'
import { freeStranded } from '#server/features/review/turns/stranded.queries.ts'
import { getScope } from './team.queries.ts'

type Why = Parameters<typeof withdrawLeases>[2]

/** Gives back all that somebody holds, and lets go on what waits for them by name and they cannot do any more. */
export async function withdrawAll(tx: Tx, personId: string, why: Why) {
  await withdrawLeases(tx, await lockHeldBy(tx, personId), why)
  await freeStranded(tx, { personId, by: why.by })
}

/** The same of what somebody may not see, or not take, by now. */
export async function withdrawOutside(tx: Tx, personId: string, why: Why) {
  await withdrawLeases(tx, await lockHeldOutside(tx, personId, await getScope(tx, personId)), why)
  await freeStranded(tx, { personId, by: why.by })
}
