import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { z } from 'zod'
import { createApp } from '#server/app.ts'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import { createLive } from '#server/live/feed.ts'
import { type LiveChanges, liveMessages } from '#shared/contract/live.ts'
import type { TestApi } from './api.ts'

type Name = keyof typeof liveMessages
export type Message = { id: number; name: Name; data: unknown }
export type Changes = z.infer<typeof LiveChanges>

export type Stream = Awaited<ReturnType<typeof openLive>>
type Who = Parameters<TestApi['fetch']>[2]

/** The app once more, with a feed that beats often, asks often who is still there, and looks when it is told. */
export function useLive(t: TestApi) {
  const open: Stream[] = []
  let url = ''
  let seal = async () => {}
  const fetchThere: TestApi['fetch'] = (path, init, who = {}) => {
    const headers = typeof who === 'string' ? t.person(who).headers : who
    return fetch(`${url}${path}`, { ...init, headers: { ...headers, ...(init?.headers as object) } })
  }
  const closers: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    const live = createLive(t.deps, { beatMs: 300, recheckMs: 50 })
    const server = createServer(createApp(t.deps, { live })).listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    seal = async () => {
      await sealEvents(t.db)
      live.look()
    }
    closers.push(live.close, async () => server.close())
  })
  afterEach(async () => {
    for (const stream of open.splice(0)) await stream.close()
  })
  afterAll(async () => {
    for (const close of closers) await close()
  })
  return {
    fetch: fetchThere,
    /** Gives events their numbers and has the streams told. */
    seal: () => seal(),
    /** A stream that has begun; closed after the test. */
    follow: async (who: Who, from: Parameters<typeof openLive>[2] = {}) => {
      const stream = await openLive(fetchThere, who, from)
      open.push(stream)
      if (stream.status === 200) await stream.begun()
      return stream
    },
  }
}

/** A reader of the live stream, which keeps all messages; those that do not fit the contract make it fail. */
export async function openLive(
  fetchThere: TestApi['fetch'],
  who: Who,
  { after, lastEventId }: { after?: number; lastEventId?: number } = {},
) {
  const aborted = new AbortController()
  const response = await fetchThere(
    `/api/v1/live${after === undefined ? '' : `?after=${after}`}`,
    {
      signal: aborted.signal,
      headers: lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) },
    },
    who,
  )
  const messages: Message[] = []
  let fault: unknown = null
  const ended = read(response, messages).catch((error) => {
    fault = aborted.signal.aborted ? null : error
  })
  const until = async (isThere: (messages: Message[]) => boolean, withinMs = 5_000) => {
    const deadline = Date.now() + withinMs
    while (!isThere(messages)) {
      if (fault) throw fault
      if (Date.now() > deadline) throw new Error(`Not said: ${JSON.stringify(messages)}`)
      await sleep(5)
    }
  }
  return {
    status: response.status,
    headers: response.headers,
    messages,
    /** Settles when the server has ended the stream. */
    ended,
    until,
    /** Waits until the server has found out what this reader knows. */
    begun: () => until((all) => all.length > 0),
    changes: () => messages.filter(({ name }) => name === 'changes').map(({ data }) => data as Changes),
    close: async () => {
      aborted.abort()
      await ended
    },
  }
}

async function read(response: Response, messages: Message[]) {
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const message = parse(block)
      if (message) messages.push(message)
    }
  }
}

function parse(block: string): Message | null {
  const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]))
  const name = fields.get('event') as Name | undefined
  if (!name) return null
  return { id: Number(fields.get('id')), name, data: liveMessages[name].parse(JSON.parse(fields.get('data')!)) }
}
