import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'

/** Work that goes on beside the requests until it is stopped. */
export type Running = { stop: () => Promise<void> }

type Timing = {
  name: string
  /** From the end of one run to the beginning of the next. */
  everyMs: number
  log: Logger
}

/** Runs the job again and again. A run that fails is logged and does not keep the next one from being tried. */
export function runEvery({ name, everyMs, log }: Timing, job: () => Promise<unknown>): Running {
  const stopped = new AbortController()
  const loop = run()
  return {
    async stop() {
      stopped.abort()
      await loop
    },
  }

  async function run() {
    while (!stopped.signal.aborted) {
      try {
        await job()
      } catch (err) {
        if (!stopped.signal.aborted) log.error({ err, job: name }, 'a job failed; it is tried again')
      }
      await sleep(everyMs, undefined, { signal: stopped.signal, ref: false }).catch(() => {})
    }
  }
}
