import { act } from '@testing-library/react'
import { onTestFinished, vi } from 'vitest'
import type { z } from 'zod'
import { liveMessages } from '#shared/contract/live.ts'

type Name = keyof typeof liveMessages

/**
 * Replaces `EventSource` for one test. What is sent is parsed by the contract first, so a message that the server could
 * not send fails the test.
 */
export function fakeLive() {
  const opened: FakeSource[] = []
  let seq = 100

  class FakeSource extends EventTarget {
    static readonly CLOSED = 2
    readyState = 1
    onerror: (() => void) | null = null
    readonly url: string
    constructor(url: string) {
      super()
      this.url = url
      opened.push(this)
    }
    close() {
      this.readyState = 2
    }
  }
  vi.stubGlobal('EventSource', FakeSource)
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })

  const current = () => {
    const source = opened.at(-1)
    if (!source) throw new Error('Nobody listens.')
    return source
  }
  return {
    /** Tells the page one thing, as the server would. */
    async tell<N extends Name>(name: N, data: z.input<(typeof liveMessages)[N]>) {
      const said = JSON.stringify(liveMessages[name].parse(data))
      seq += 1
      await act(async () => {
        current().dispatchEvent(new MessageEvent(name, { data: said, lastEventId: String(seq) }))
      })
    },
    /** The connection breaks. `for good`: it was refused, and the browser does not try again. */
    async breakOff(how: 'for good' | 'for now' = 'for now') {
      await act(async () => {
        const source = current()
        source.readyState = how === 'for good' ? 2 : 0
        source.onerror?.()
      })
    },
    /** The addresses that were listened to, in order. */
    urls: () => opened.map(({ url }) => url),
    isOpen: () => opened.some(({ readyState }) => readyState === 1),
  }
}
