import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 256 })

type Reply = { status: number; body: Buffer; ms: number }

/** One request over a kept connection; `ms` is from the call to the last byte. */
export function send(
  url: string,
  headers: Record<string, string>,
  { method = 'GET', body }: { method?: string; body?: unknown } = {},
): Promise<Reply> {
  const from = performance.now()
  return new Promise((settle, fail) => {
    const sent = body === undefined ? undefined : JSON.stringify(body)
    const req = request(
      url,
      { method, agent, headers: { ...headers, ...(sent && { 'content-type': 'application/json' }) } },
      (res) => {
        const parts: Buffer[] = []
        res.on('data', (part: Buffer) => parts.push(part))
        res.on('end', () =>
          settle({ status: res.statusCode ?? 0, body: Buffer.concat(parts), ms: performance.now() - from }),
        )
        res.on('error', fail)
      },
    )
    req.on('error', (error: NodeJS.ErrnoException) => {
      // The server gave an idle connection up while this request was on its way into it.
      const wasIdle = req.reusedSocket && error.code === 'ECONNRESET'
      if (wasIdle) settle(send(url, headers, { method, body }))
      else fail(error)
    })
    req.end(sent)
  })
}

export async function sendJson<Body>(...args: Parameters<typeof send>): Promise<{ body: Body; ms: number }> {
  const reply = await send(...args)
  if (reply.status >= 300) throw new Error(`${reply.status} ${args[0]}: ${reply.body.toString().slice(0, 300)}`)
  return { body: JSON.parse(reply.body.toString()) as Body, ms: reply.ms }
}
