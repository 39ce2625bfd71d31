import { constants } from 'node:os'
import { isRunByNpm } from './config.ts'

export interface StopSignal {
  /** Aborted by the first Ctrl-C, SIGTERM or closed terminal. */
  signal: AbortSignal
  asked: Promise<void>
  /** Gives the signals back to the system. */
  release(): void
}

/**
 * Takes the signals that end a process. A second one ends it at once: what is still open is then closed by others
 * (PostgreSQL ends itself when Docket is gone).
 */
export function takeStopSignals(): StopSignal {
  const stop = new AbortController()
  const asked = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()))
  const onSignal = (name: NodeJS.Signals) => {
    if (stop.signal.aborted) process.exit(128 + constants.signals[name])
    stop.abort()
  }
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) process.on(name, onSignal)
  const parent = process.ppid
  // npm passes a signal to its shell only, which ends without passing it on.
  const watch = setInterval(() => process.ppid !== parent && stop.abort(), 500).unref()
  if (!isRunByNpm()) clearInterval(watch)
  return {
    signal: stop.signal,
    asked,
    release() {
      clearInterval(watch)
      for (const name of names) process.off(name, onSignal)
    },
  }
}
