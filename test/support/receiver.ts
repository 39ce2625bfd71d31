import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach } from 'vitest'

export type Received = { headers: IncomingHttpHeaders; raw: string; body: Message }

/** What tests look at of a message. */
export type Message = {
  id: string
  kind: 'decision' | 'lapse'
  account: { externalId: string }
  post: { externalId: string } | null
  decision: { id: string; outcome: string; supersedesId: string | null; rationale: string }
  apply: { target: string; kind: string; endsAt?: string }[]
  lift: { target: string; kind: string }[]
  holds: { account: string | null; post: string | null }
}

type Reply = { status?: number; answer?: object | string } | ((response: ServerResponse) => void)

export type TestReceiver = {
  url: string
  /** In the order in which they came. */
  received: Received[]
  /** How it answers from now on; by default 200 and nothing else. */
  reply: (how: (message: Message, nth: number) => Reply | Promise<Reply>) => void
  /** Answers a function once so many messages have come since the last test began. */
  until: (count: number) => Promise<void>
}

/** A platform's server on a port of this machine, for the tests of one file. */
export function useReceiver(): TestReceiver {
  const received: Received[] = []
  const nothing = () => ({})
  let how: Parameters<TestReceiver['reply']>[0] = nothing
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const raw = Buffer.concat(chunks).toString()
      const body = JSON.parse(raw) as Message
      received.push({ headers: request.headers, raw, body })
      const reply = await how(body, received.length)
      if (typeof reply === 'function') return reply(response)
      const { status = 200, answer = '' } = reply
      response.writeHead(status).end(typeof answer === 'string' ? answer : JSON.stringify(answer))
    })
  })
  const t: TestReceiver = {
    url: '',
    received,
    reply: (next) => {
      how = next
    },
    until: async (count) => {
      const deadline = Date.now() + 5_000
      while (received.length < count) {
        if (Date.now() > deadline) throw new Error(`Only ${received.length} of ${count} messages came.`)
        await new Promise((settle) => setTimeout(settle, 10))
      }
    },
  }
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`
  })
  beforeEach(() => {
    received.length = 0
    how = nothing
  })
  afterAll(() => new Promise((settle) => server.close(settle).closeAllConnections()))
  return t
}

/** Whether a message was signed with this secret, reckoned from the documentation alone. */
export function isSignedWith(secret: string, { headers, raw }: Received): boolean {
  const timestamp = String(headers['docket-timestamp'])
  const expected = createHmac('sha256', secret).update(timestamp).update('.').update(raw).digest('hex')
  return String(headers['docket-signature']).split(',').includes(`v1=${expected}`)
}
