import type { Tx } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { tellWoken } from '#server/features/inbox/woken.queries.ts'
import { wakeDue } from '#server/features/review/turns/waking.queries.ts'
import type { Deps } from '#server/http/deps.ts'

const batchSize = 100

/** Opens reviews again whose time on hold is over. Returns how many. Several processes may run it at once. */
export async function wakeReviews({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<number> {
  let total = 0
  for (;;) {
    const count = await db.transaction().execute((tx) => wakeBatch(tx, now()))
    total += count
    if (count < batchSize) return total
  }
}

async function wakeBatch(tx: Tx, now: Date): Promise<number> {
  const woken = await wakeDue(tx, now, batchSize)
  await appendEvents(
    tx,
    woken.map(({ id, version }) => ({
      kind: 'review.woken',
      by: null,
      subject: { kind: 'review', id, version },
      data: { cause: 'time' },
    })),
  )
  await tellWoken(
    tx,
    woken.map(({ id }) => id),
    now,
  )
  return woken.length
}
