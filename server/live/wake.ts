import { setTimeout as sleep } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import pg from 'pg'

const channel = 'docket_events'

export type Wake = {
  /** Says that events were committed. Cheap: calls within 20 ms become one notice to all server processes. */
  wake: () => void
  /** Calls `listener` when any process committed, and after a lost connection, since something may have been missed. */
  onWake: (listener: () => void) => () => void
  close: () => Promise<void>
}

/**
 * The word between server processes that there are new events, on a connection of its own that listens and notifies. It
 * is sent after the commit, never inside the transaction, where `notify` would serialise all commits. A notice may get
 * lost: whoever waits for one looks by himself from time to time as well.
 */
export function createWake(url: string, { debounceMs = 20, retryMs = 1_000 } = {}): Wake {
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const closed = new AbortController()
  const closing = new Promise<void>((settle) => {
    closed.signal.addEventListener('abort', () => settle(), { once: true })
  })
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined

  async function stayConnected() {
    while (!closed.signal.aborted) {
      const candidate = new pg.Client({ connectionString: url, application_name: 'docket wake', keepAlive: true })
      const lost = new Promise<void>((settle) => {
        candidate.on('error', () => settle())
        candidate.on('end', () => settle())
      })
      candidate.on('notification', tell)
      try {
        await candidate.connect()
        await candidate.query(`listen ${channel}`)
        client = candidate
        tell()
        await Promise.race([lost, closing])
      } catch {
        // Tried again below; meanwhile a wake is heard in this process alone.
      }
      client = null
      await candidate.end().catch(() => {})
      await sleep(retryMs, undefined, { signal: closed.signal }).catch(() => {})
    }
  }

  async function notify() {
    timer = undefined
    try {
      if (!client) throw new Error('not connected')
      await client.query(`notify ${channel}`)
    } catch {
      tell()
    }
  }

  const connection = stayConnected()
  return {
    wake: () => {
      timer ??= setTimeout(notify, debounceMs)
    },
    onWake: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      clearTimeout(timer)
      closed.abort()
      await connection
    },
  }
}

/** Wakes after every request that may have changed something, so that no route has to think of it; presence is no event. */
export function wakeAfterChange(wake: () => void): RequestHandler {
  return (req, res, next) => {
    const isChange = req.method !== 'GET' && req.method !== 'HEAD' && req.path !== '/v1/presence'
    if (isChange) res.once('finish', wake)
    next()
  }
}
