import { runExports } from '#server/features/reporting/exports/run-exports.ts'
import { runSchedules } from '#server/features/reporting/exports/schedules/run-schedules.ts'
import { tidyExports } from '#server/features/reporting/exports/tidy-exports.ts'
import type { Deps } from '#server/http/deps.ts'
import { type Running, runEvery } from './run-every.ts'

/** Makes exports that were asked for, asks for those that are due, and clears away those whose time is over. */
export function startExports(deps: Deps, wake: () => void): Running[] {
  const { log } = deps
  const stopped = new AbortController()
  const waking = (job: () => Promise<number>) => async () => {
    if ((await job()) > 0) wake()
  }
  const exports = runEvery(
    { name: 'run-exports', everyMs: 1_000, log },
    waking(() => runExports(deps, stopped.signal)),
  )
  return [
    {
      stop: () => {
        stopped.abort()
        return exports.stop()
      },
    },
    runEvery(
      { name: 'run-schedules', everyMs: 30_000, log },
      waking(() => runSchedules(deps)),
    ),
    runEvery({ name: 'tidy-exports', everyMs: 3_600_000, log }, () => tidyExports(deps)),
  ]
}
