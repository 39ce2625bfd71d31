import { constants } from 'node:os'

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
  return {
    signal: stop.signal,
    asked,
    release() {
      for (const name of names) process.off(name, onSignal)
    },
  }
}
