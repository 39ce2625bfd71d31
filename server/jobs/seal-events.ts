import type { Logger } from 'pino'
import type { Db } from '#server/db/connect.ts'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import type { Wake } from '#server/live/wake.ts'

type Options = {
  db: Db
  log: Logger
  /** When to look; without it only every `everyMs`. */
  onWake?: Wake['onWake']
  everyMs?: number
  /** Hears when numbers were given, by this process or another. */
  onSealed?: () => void
}

export type Sealer = { stop: () => Promise<void> }

/**
 * Gives `seq` to committed events, as soon as it is told of some and at least every `everyMs`. Every server process runs
 * one: the database lets one work at a time, and the others find nothing left.
 */
export function startSealer({ db, log, onWake, everyMs = 500, onSealed }: Options): Sealer {
  let isStopped = false
  let isWanted = false
  let running: Promise<void> | null = null
  let known = 0

  function seal() {
    isWanted = true
    running ??= sealAll().finally(() => {
      running = null
    })
  }

  async function sealAll() {
    while (isWanted && !isStopped) {
      isWanted = false
      try {
        const { head } = await sealEvents(db)
        if (head !== known) onSealed?.()
        known = head
      } catch (error) {
        if (!isStopped) log.warn({ err: error }, 'events could not be sealed; trying again')
      }
    }
  }

  const forget = onWake?.(seal)
  const timer = setInterval(seal, everyMs)
  timer.unref()
  seal()
  return {
    stop: async () => {
      isStopped = true
      forget?.()
      clearInterval(timer)
      await running
    },
  }
}
