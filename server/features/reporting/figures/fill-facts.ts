import type { Db } from '#server/db/connect.ts'
import { clearFacts, findFolded, findKnown, getProgress, lockProgress, setFilled } from './fill.queries.ts'
import { fold, nothingWritten } from './fold.ts'
import { markChanged, writeFacts } from './write-facts.queries.ts'

/** Events a transaction reads. */
const batchSize = 5_000

/**
 * Reads facts off the next stretch of the log. Answers how many events it went on by: none at the end of the log, or while
 * another process is at it. One transaction of its own: what others do never waits for it.
 */
export function fillBatch(db: Db, { limit = batchSize, waits = false } = {}): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const progress = await lockProgress(tx, waits)
    if (!progress || progress.filled >= progress.head) return 0
    const { filled: after, head } = progress
    const to = Math.min(after + limit, head)
    const events = await findFolded(tx, { after, to })
    const write = nothingWritten()
    fold(events, await findKnown(tx, events, write), write)
    await markChanged(tx, await writeFacts(tx, write), to)
    await setFilled(tx, to)
    return to - after
  })
}

/** Reads on until facts are there up to the event, or for about as long as somebody waits for an answer. */
export async function fillUpTo(db: Db, seq: number, patienceMs: number): Promise<number> {
  const until = performance.now() + patienceMs
  for (;;) {
    const { filled, head } = await getProgress(db)
    if (filled >= Math.min(seq, head) || performance.now() > until) return filled
    await fillBatch(db, { waits: true })
  }
}

/** Forgets all facts and reads the whole log again. */
export async function rebuildFacts(db: Db, tell: (filled: number, head: number) => void = () => {}) {
  await db.transaction().execute(clearFacts)
  for (;;) {
    const { filled, head } = await getProgress(db)
    tell(filled, head)
    if (filled >= head) return
    await fillBatch(db, { waits: true })
  }
}
