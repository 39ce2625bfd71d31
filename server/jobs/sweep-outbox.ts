import type { Tx } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { lockDue } from '#server/features/delivery/outbox.queries.ts'
import { takeEffect } from '#server/features/delivery/take-effect.ts'
import type { Deps } from '#server/http/deps.ts'

const batchSize = 100

/**
 * Lets decisions take effect once they may no longer be undone: they are handed to their receivers, or recorded where
 * there is none. Returns how many. Several processes may run it at once.
 */
export async function sweepOutbox({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<number> {
  let total = 0
  for (;;) {
    const count = await db.transaction().execute((tx) => sweepBatch(tx, now()))
    total += count
    if (count < batchSize) return total
  }
}

async function sweepBatch(tx: Tx, now: Date): Promise<number> {
  const due = await lockDue(tx, now, batchSize)
  if (due.length === 0) return 0
  await appendEvents(tx, await takeEffect(tx, due, now), now)
  return due.length
}
