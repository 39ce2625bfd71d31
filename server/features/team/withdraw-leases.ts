import type { Tx } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { lockHeldBy, lockHeldOutside, takeBackReviews } from '#server/features/review/lease.queries.ts'
import type { Caller } from '#server/http/route.ts'
import { getScope } from './team.queries.ts'

type Why = { by: Caller | null; cause: 'disabled' | 'role_changed' | 'access_changed' | 'restricted' }

/** Gives back all that somebody holds. */
export async function withdrawAll(tx: Tx, personId: string, why: Why) {
  await withdraw(tx, await lockHeldBy(tx, personId), why)
}

/** Gives back what somebody holds and may not see, or not take, by now. */
export async function withdrawOutside(tx: Tx, personId: string, why: Why) {
  await withdraw(tx, await lockHeldOutside(tx, personId, await getScope(tx, personId)), why)
}

/** @param leases of locked reviews */
export async function withdraw(tx: Tx, leases: { review_id: string; holder_id: string }[], { by, cause }: Why) {
  if (leases.length === 0) return
  const holders = new Map(leases.map((lease) => [lease.review_id, lease.holder_id]))
  const taken = await takeBackReviews(tx, [...holders.keys()])
  await appendEvents(
    tx,
    taken.map(({ id, version }) => ({
      kind: 'lease.withdrawn',
      by,
      subject: { kind: 'review', id, version },
      data: { holderId: holders.get(id), cause },
    })),
  )
}
