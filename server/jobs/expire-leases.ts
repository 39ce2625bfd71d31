import type { Tx } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { lockExpired, takeBackReviews } from '#server/features/review/lease/lease.queries.ts'
import type { Deps } from '#server/http/deps.ts'

const batchSize = 100

/** Gives back the reviews whose lease ran out. Returns how many. Several processes may run it at once. */
export async function expireLeases({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<number> {
  let total = 0
  for (;;) {
    const count = await db.transaction().execute((tx) => expireBatch(tx, now()))
    total += count
    if (count < batchSize) return total
  }
}

async function expireBatch(tx: Tx, now: Date): Promise<number> {
  const expired = await lockExpired(tx, now, batchSize)
  if (expired.length === 0) return 0
  const holders = new Map(expired.map((lease) => [lease.review_id, lease.holder_id]))
  const taken = await takeBackReviews(tx, [...holders.keys()])
  await appendEvents(
    tx,
    taken.map(({ id, version }) => ({
      kind: 'lease.expired',
      by: null,
      subject: { kind: 'review', id, version },
      data: { holderId: holders.get(id) },
    })),
  )
  return expired.length
}
