import { lapseMeasures as lapseBatch } from '#server/features/delivery/lapse.ts'
import type { Deps } from '#server/http/deps.ts'

const batchSize = 100

/** Ends measures whose time has come. Returns how many. Several processes may run it at once. */
export async function lapseMeasures({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<number> {
  let total = 0
  for (;;) {
    const count = await db.transaction().execute((tx) => lapseBatch(tx, now(), batchSize))
    total += count
    if (count === 0) return total
  }
}
