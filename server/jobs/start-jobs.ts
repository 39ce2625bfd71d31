import type { Deps } from '#server/http/deps.ts'
import type { Wake } from '#server/live/wake.ts'
import { deriveMedia } from './derive-media.ts'
import { expireLeases } from './expire-leases.ts'
import { type Running, runEvery } from './run-every.ts'
import { startSealer } from './seal-events.ts'
import { sweepOutbox } from './sweep-outbox.ts'
import { tidySignIns } from './tidy-sign-ins.ts'

/** All work beside the requests. Every server process runs it: each job bears others at the same time. */
export function startJobs(deps: Deps, { onWake }: Pick<Wake, 'onWake'>): Running {
  const { db, log } = deps
  const jobs: Running[] = [
    startSealer({ db, log, onWake }),
    deriveMedia(deps, { onWake }),
    runEvery({ name: 'expire-leases', everyMs: 2_000, log }, () => expireLeases(deps)),
    runEvery({ name: 'sweep-outbox', everyMs: 1_000, log }, () => sweepOutbox(deps)),
    runEvery({ name: 'tidy-sign-ins', everyMs: 60_000, log }, () => tidySignIns(deps)),
  ]
  return { stop: async () => void (await Promise.all(jobs.map((job) => job.stop()))) }
}
