import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Message = {
  kind: string
  post: { externalId: string; url: string | null } | null
  decision: { review: string; outcome: string; rationale: string; supersedesId: string | null } | null
  apply: { target: string; kind: string }[]
  lift: { target: string; kind: string }[]
}

/** A platform's server: it keeps what is signed with its secret, and says that it was done. */
export async function startReceiver() {
  const kept: Message[] = []
  let secret = ''
  const server = createServer(async (req, res) => {
    let body = ''
    for await (const part of req.setEncoding('utf8')) body += part
    const expected = createHmac('sha256', secret).update(`${req.headers['docket-timestamp']}.${body}`).digest('hex')
    if (req.headers['docket-signature'] !== `v1=${expected}`) return void res.writeHead(401).end()
    kept.push(JSON.parse(body) as Message)
    res.writeHead(200, { 'content-type': 'application/json' }).end('{"answer":"done"}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/docket`,
    trust: (made: string) => {
      secret = made
    },
    /** The messages, once there are so many. */
    async messages(count: number, withinMs = 40_000) {
      const until = Date.now() + withinMs
      while (kept.length < count && Date.now() < until) await new Promise((settle) => setTimeout(settle, 50))
      return kept
    },
    close: () => new Promise((settle) => server.close(settle).closeAllConnections()),
  }
}
