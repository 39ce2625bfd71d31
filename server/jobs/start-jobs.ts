import { restrictLateReviews } from '#server/features/review/safety/restrict.ts'
import { reckonWaiting } from '#server/features/routing/reckoning/reckon-waiting.ts'
import type { Deps } from '#server/http/deps.ts'
import { deleteExits } from '#server/live/live.queries.ts'
import type { Wake } from '#server/live/wake.ts'
import { deriveMedia } from './derive-media.ts'
import { expireLeases } from './expire-leases.ts'
import { fetchMedia } from './fetch-media.ts'
import { createReportFiller, packReports } from './fill-reports.ts'
import { freeStranded } from './free-stranded.ts'
import { lapseMeasures } from './lapse-measures.ts'
import { mendTimes } from './mend-times.ts'
import { putInForce } from './put-in-force.ts'
import { type Running, runEvery } from './run-every.ts'
import { startSealer } from './seal-events.ts'
import { startDeliveries } from './send-deliveries.ts'
import { startExports } from './start-exports.ts'
import { sweepOutbox } from './sweep-outbox.ts'
import { tidyExposure } from './tidy-exposure.ts'
import { tidySignIns } from './tidy-sign-ins.ts'
import { wakeReviews } from './wake-reviews.ts'

const dayMs = 86_400_000

/**
 * All work beside the requests. Every server process runs it: each job bears others at the same time.
 *
 * @param onSealed hears when events have got their numbers
 */
export function startJobs(
  deps: Deps,
  { onWake, wake }: Pick<Wake, 'onWake' | 'wake'>,
  onSealed: () => void = () => {},
): Running {
  const { db, log, now } = deps
  /** What a job changed is sealed and shown as soon as what a request did. */
  const waking = (job: (deps: Deps) => Promise<number>) => async () => {
    if ((await job(deps)) > 0) wake()
  }
  const jobs: Running[] = [
    startSealer({ db, log, onWake, onSealed }),
    deriveMedia(deps, { onWake }),
    runEvery({ name: 'fetch-media', everyMs: 2_000, log }, waking(fetchMedia)),
    runEvery({ name: 'expire-leases', everyMs: 2_000, log }, waking(expireLeases)),
    runEvery({ name: 'wake-reviews', everyMs: 1_000, log }, waking(wakeReviews)),
    runEvery({ name: 'free-stranded', everyMs: 5_000, log }, waking(freeStranded)),
    runEvery({ name: 'reckon-waiting', everyMs: 2_000, log }, waking(reckonWaiting)),
    runEvery({ name: 'sweep-outbox', everyMs: 1_000, log }, waking(sweepOutbox)),
    runEvery({ name: 'lapse-measures', everyMs: 1_000, log }, waking(lapseMeasures)),
    runEvery({ name: 'put-in-force', everyMs: 1_000, log }, waking(putInForce)),
    startDeliveries(deps, wake),
    ...startExports(deps, wake),
    runEvery({ name: 'restrict-late', everyMs: 5_000, log }, waking(restrictLateReviews)),
    runEvery({ name: 'fill-reports', everyMs: 1_000, log }, createReportFiller(deps)),
    runEvery({ name: 'pack-reports', everyMs: 30_000, log }, () => packReports(deps)),
    runEvery({ name: 'mend-times', everyMs: 10_000, log }, () => mendTimes(deps)),
    runEvery({ name: 'tidy-sign-ins', everyMs: 60_000, log }, () => tidySignIns(deps)),
    runEvery({ name: 'tidy-exposure', everyMs: 3_600_000, log }, () => tidyExposure(deps)),
    runEvery({ name: 'tidy-exits', everyMs: 3_600_000, log }, () => deleteExits(db, new Date(now().getTime() - dayMs))),
  ]
  return { stop: async () => void (await Promise.all(jobs.map((job) => job.stop()))) }
}
