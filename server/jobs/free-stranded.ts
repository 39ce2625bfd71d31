import { freeStranded as freeBatch } from '#server/features/review/turns/stranded.queries.ts'
import type { Deps } from '#server/http/deps.ts'

const batchSize = 100

/**
 * Lets reviews go on that wait for somebody by name who can take or answer them no more, however that came: the team screen
 * sees to it at once, the command line, a mark or a move do not. Returns how many. Several processes may run it at once.
 */
export async function freeStranded({ db }: Pick<Deps, 'db'>): Promise<number> {
  let total = 0
  for (;;) {
    const count = await db.transaction().execute((tx) => freeBatch(tx, { by: null, limit: batchSize }))
    total += count
    if (count < batchSize) return total
  }
}
