import { lookup } from 'node:dns/promises'
import { type IncomingHttpHeaders, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** Why a request to somebody else's server came to nothing. */
export type RequestFaultReason =
  | 'not_http'
  | 'private_address'
  | 'not_allowed'
  | 'unknown_host'
  | 'too_many_redirects'
  | 'too_large'
  | 'timed_out'
  | 'broken'

export class RequestFault extends Error {
  override name = 'RequestFault'
  readonly reason: RequestFaultReason

  constructor(reason: RequestFaultReason, message: string) {
    super(message)
    this.reason = reason
  }
}

type Address = { address: string; family: number }

export type SafeRequestOptions = {
  method?: 'GET' | 'HEAD' | 'POST'
  headers?: Record<string, string>
  body?: string | Buffer
  /** The most that is read of the answer's body. */
  maxBytes: number
  /** For everything together: looking up, connecting, redirects, the whole answer. */
  timeoutMs: number
  /** Hosts, or hosts with a port, that may have a private address: `receiver.internal`, `10.0.0.7:8443`. */
  allowPrivate?: readonly string[]
  /** How many redirects are followed. By default three for GET and HEAD and none for POST: then they are the answer. */
  maxRedirects?: number
  /** Asked before every hop, the first one too. */
  mayVisit?: (url: URL) => boolean
  signal?: AbortSignal
  /** For tests: how names become addresses. */
  resolve?: (host: string) => Promise<Address[]>
}

export type SafeAnswer = {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  /** Where the answer came from, after redirects. */
  url: string
}

type Hop = Omit<SafeRequestOptions, 'timeoutMs' | 'signal'> & { signal: AbortSignal }

/**
 * A request to an address that somebody else named. http and https only; the name is looked up once, the address must be
 * public unless the host is on the list, and that very address is connected to, at every redirect anew. Any status is an
 * answer.
 *
 * @throws RequestFault, which says in its message what a person can be told.
 */
export async function safeRequest(url: string, options: SafeRequestOptions): Promise<SafeAnswer> {
  const timeout = AbortSignal.timeout(options.timeoutMs)
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout
  try {
    return await followRedirects(url, { ...options, signal })
  } catch (error) {
    if (timeout.aborted) throw new RequestFault('timed_out', `No whole answer came within ${options.timeoutMs} ms.`)
    if (error instanceof RequestFault) throw error
    throw new RequestFault('broken', error instanceof Error ? error.message : String(error))
  }
}

async function followRedirects(url: string, hop: Hop): Promise<SafeAnswer> {
  const most = hop.maxRedirects ?? (hop.method === 'POST' ? 0 : 3)
  let target = readUrl(url)
  let headers = hop.headers ?? {}
  for (let redirects = 0; ; redirects += 1) {
    const answer = await visit(target, { ...hop, headers })
    const next = most > 0 ? redirectOf(answer, target) : null
    if (!next) return { ...answer, url: target.href }
    if (redirects === most) throw new RequestFault('too_many_redirects', `More than ${most} redirects.`)
    // What was meant for one server, a secret perhaps, is not told to the next one.
    if (next.origin !== target.origin) headers = {}
    target = next
  }
}

function readUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base)
  if (!url || !/^https?:$/.test(url.protocol)) throw new RequestFault('not_http', 'Not an http or https address.')
  if (url.username || url.password) {
    throw new RequestFault('not_http', 'The address holds a user name or a password.')
  }
  return url
}

function redirectOf({ status, headers }: Pick<SafeAnswer, 'status' | 'headers'>, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(status) || !headers.location) return null
  const next = readUrl(headers.location, from)
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new RequestFault('not_allowed', 'A redirect leads from https to http.')
  }
  return next
}

async function visit(url: URL, hop: Hop): Promise<Omit<SafeAnswer, 'url'>> {
  if (hop.mayVisit && !hop.mayVisit(url)) throw new RequestFault('not_allowed', `${url.host} may not be asked.`)
  const addresses = await findAddresses(url, hop)
  const response = await send(url, addresses, hop)
  try {
    const body = await readAll(response, hop.maxBytes)
    return { status: response.statusCode ?? 0, headers: response.headers, body }
  } finally {
    response.destroy()
  }
}

/** Addresses that may be connected to. One private address among public ones spoils them all: no honest name has both. */
async function findAddresses(url: URL, { allowPrivate = [], resolve = lookUp, signal }: Hop): Promise<Address[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await unlessAborted(resolve(host), signal)
  if (addresses.length === 0) throw new RequestFault('unknown_host', `${host} has no address.`)
  const mayBePrivate = allowPrivate.includes(host) || allowPrivate.includes(`${host}:${portOf(url)}`)
  if (!mayBePrivate && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw new RequestFault('private_address', `${host} is not on the public internet.`)
  }
  return addresses
}

async function lookUp(host: string): Promise<Address[]> {
  return lookup(host, { all: true }).catch(() => {
    throw new RequestFault('unknown_host', `${host} has no address.`)
  })
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80')
}

/** Connects to the addresses given and to nothing else: a connection of its own, no pool, no second look-up. */
function send(url: URL, addresses: Address[], { method = 'GET', headers, body, signal }: Hop) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const options: RequestOptions = {
    method,
    headers: {
      'accept-encoding': 'identity',
      ...headers,
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
    },
    agent: false,
    signal,
    lookup: (_host, { all }, answer) => {
      if (all) answer(null, addresses)
      else answer(null, addresses[0]!.address, addresses[0]!.family)
    },
  }
  const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options)
  request.once('response', resolve).on('error', reject)
  request.end(body)
  return promise
}

async function readAll(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = new RequestFault('too_large', `The answer has more than ${maxBytes} bytes.`)
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A look-up cannot be called off; waiting for it can. */
function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  promise.catch(() => {})
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop))
}
