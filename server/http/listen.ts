import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, StartFault } from '#server/start-fault.ts'

export interface Listener {
  port: number
  /** From now on requests go to `app`; before, they are told to come back. */
  serve(app: RequestListener): void
  /** Takes no more requests, ends live streams at once, and lets the others finish for at most `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** @throws StartFault when the address or the port cannot be had */
export async function listen(host: string, port: number): Promise<Listener> {
  let handle: RequestListener = starting
  const open = new Set<ServerResponse>()
  const server = createServer((req, res) => {
    open.add(res)
    res.once('close', () => open.delete(res))
    handle(req, res)
  })
  try {
    server.listen({ host, port })
    await once(server, 'listening')
  } catch (error) {
    throw listenFault(host, port, error)
  }
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    serve(app) {
      handle = app
    },
    close: (graceMs) => close(server, open, graceMs),
  }
}

async function close(server: Server, open: Set<ServerResponse>, graceMs: number): Promise<void> {
  server.close()
  const deadline = Date.now() + graceMs
  while (open.size > 0 && Date.now() < deadline) {
    for (const res of open) if (isLiveStream(res)) res.end()
    await sleep(20)
  }
  // What is left are connections without a request, and requests that took too long.
  server.closeAllConnections()
}

/** A stream of events has no end of its own; the browser, which asked for one, comes back to whoever serves next. */
function isLiveStream(res: ServerResponse): boolean {
  const isEventStream = (value: unknown) => typeof value === 'string' && value.includes('text/event-stream')
  return isEventStream(res.getHeader('content-type')) || isEventStream(res.req.headers.accept)
}

const starting: RequestListener = (_req, res) => {
  res.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' })
  res.end('Docket is starting.\n')
}

function listenFault(host: string, port: number, error: unknown): unknown {
  const sentence = {
    EADDRINUSE: `Port ${port} on ${host} is used by another program. End that program, or set PORT to another one.`,
    EACCES: `This user may not listen on port ${port}. Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `HOST is ${host}, which is not an address of this computer.`,
    ENOTFOUND: `HOST is ${host}, which no address is known for.`,
  }[errorCode(error) ?? '']
  return sentence ? new StartFault(sentence, { cause: error }) : error
}
