import type { Response } from 'express'
import type { z } from 'zod'
import { liveMessages } from '#shared/contract/live.ts'

type Messages = typeof liveMessages

/** One open stream, as the feed sees it. */
export type Outlet = {
  /** @param id the number up to which everything has been told with this message */
  send: <Name extends keyof Messages>(name: Name, id: number, data: z.input<Messages[Name]>) => void
  end: () => void
  onClose: (listener: () => void) => void
}

/** A reader who lets so much pile up is dropped: whoever comes back resumes where it broke off. */
const mostUnreadBytes = 256_000

/** Browsers come back after so long; not all of them in one moment. */
const retryMs = () => 1_000 + Math.round(Math.random() * 2_000)

/** Begins the answer. No proxy may keep, change or collect it. */
export function openOutlet(res: Response): Outlet {
  res.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  })
  res.flushHeaders()
  res.write(`retry: ${retryMs()}\n\n`)
  return {
    send(name, id, data) {
      if (res.writableEnded || res.destroyed) return
      res.write(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(liveMessages[name].parse(data))}\n\n`)
      if (res.writableLength > mostUnreadBytes) res.destroy()
    },
    end: () => void res.end(),
    onClose: (listener) => void res.once('close', listener),
  }
}
