import { buildChunk, findStale } from '#server/features/reporting/figures/chunks.queries.ts'
import { getProgress } from '#server/features/reporting/figures/fill.queries.ts'
import { fillBatch } from '#server/features/reporting/figures/fill-facts.ts'
import type { Deps } from '#server/http/deps.ts'

/** Blocks written in one run: a day of facts each. */
const chunksAtOnce = 100

/** Events read in one run; and while more than so many come in from one run to the next, which must not wait for reports. */
const eventsAtOnce = 5_000
const eventsWhenBusy = 1_000

/**
 * Reads the next stretch of the log for the reports: a little at a time, so that an old log is counted beside the day's
 * work. Whoever asks for a report reads the rest.
 */
export function createReportFiller({ db }: Pick<Deps, 'db'>): () => Promise<number> {
  let known = 0
  return async () => {
    const { head } = await getProgress(db)
    const isBusy = head - known > eventsWhenBusy
    known = head
    return fillBatch(db, { limit: isBusy ? eventsWhenBusy : eventsAtOnce })
  }
}

/** Writes days that have changed since as bytes, so that reports need not read them fact by fact. */
export async function packReports({ db }: Pick<Deps, 'db'>): Promise<number> {
  const stale = await findStale(db, chunksAtOnce)
  for (const each of stale) await buildChunk(db, each)
  return stale.length
}
