import type { z } from 'zod'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { ApiErrorBody } from '#shared/contract/errors.ts'

/** A refusal by the server, or an answer that could not be read. `body.code` is what callers branch on. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly body: ApiErrorBody
  /** Seconds to wait before the next try, where the server said so. */
  readonly retryAfter: number | null

  constructor(status: number, body: ApiErrorBody, retryAfter: number | null = null) {
    super(body.message)
    this.status = status
    this.body = body
    this.retryAfter = retryAfter
  }
}

/** The server's reason, or undefined when there was none to read: offline, a bug. */
export function errorCode(err: unknown) {
  return err instanceof ApiError ? err.body.code : undefined
}

/** What an error state shows. `status` is null when the server could not be reached. */
export function errorFacts(err: unknown): { status: number | null; requestId: string | undefined } {
  if (!(err instanceof ApiError)) return { status: null, requestId: undefined }
  return { status: err.status, requestId: err.body.requestId || undefined }
}

// biome-ignore lint/complexity/noBannedTypes: the question is whether a part may be left out
type Part<K extends string, T> = {} extends T ? { [P in K]?: T | undefined } : { [P in K]: T }
export type CallArgs<E extends Endpoint> = Part<'params', z.input<E['params']>> &
  Part<'query', z.input<E['query']>> &
  Part<'body', z.input<E['body']>> & { signal?: AbortSignal | undefined }

type Parts = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown; signal?: AbortSignal }

function address(template: string, { params = {}, query = {} }: Parts) {
  const path = template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) search.append(name, String(each))
    }
  }
  return search.size > 0 ? `${path}?${search}` : path
}

/** Address of a call, for a link or an image. Lists repeat their name; what is undefined is left out. */
export function addressOf<E extends Endpoint>(e: E, args: Omit<CallArgs<E>, 'body' | 'signal'>) {
  return address(e.path, args as Parts)
}

/** Binds `call` to a server; tests use it to sign in as somebody. */
export function createCall(baseUrl = '', headers: Record<string, string> = {}) {
  /** Calls one endpoint of the contract. @throws ApiError on any status but the endpoint's own. */
  return async function call<E extends Endpoint>(e: E, args: CallArgs<E>): Promise<z.output<E['reply']>> {
    const { body, signal } = args as Parts
    const url = `${baseUrl}${address(e.path, args as Parts)}`
    const json = await request(url, { method: e.method, status: e.status, body, signal, headers })
    return e.reply.parse(json ?? {}) as z.output<E['reply']>
  }
}

export const call = createCall()

type RequestOptions = {
  method: Endpoint['method']
  /** The status that means success. */
  status: number
  body?: unknown
  signal?: AbortSignal | undefined
  headers?: Record<string, string>
}

/** One exchange of JSON with our own server. @throws ApiError on any other status. */
async function request(url: string, { method, status, body, signal, headers }: RequestOptions): Promise<unknown> {
  const hasBody = method !== 'GET'
  const response = await fetch(url, {
    method,
    headers: { accept: 'application/json', ...(hasBody && { 'content-type': 'application/json' }), ...headers },
    body: hasBody ? JSON.stringify(body ?? {}) : null,
    credentials: 'same-origin',
    signal: signal ?? null,
  })
  const json = await readJson(response)
  if (response.status !== status) throw refusal(response, json)
  return json
}

/** Sends one file to an endpoint that takes a form. @throws ApiError on any status but the endpoint's own. */
export async function sendFile<E extends Endpoint>(e: E, file: File): Promise<z.output<E['reply']>> {
  const body = new FormData()
  body.append('file', file)
  const response = await fetch(e.path, { method: e.method, body, credentials: 'same-origin' })
  const json = await readJson(response)
  if (response.status !== e.status) throw refusal(response, json)
  return e.reply.parse(json) as z.output<E['reply']>
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** An answer that is not ours (a proxy's page) has no code of ours: it counts as `internal`. */
function refusal(response: Response, json: unknown) {
  const wait = Number.parseInt(response.headers.get('retry-after') ?? '', 10)
  const unreadable = { code: 'internal' as const, message: `HTTP ${response.status}`, requestId: '' }
  const body = ApiErrorBody.safeParse(json)
  return new ApiError(response.status, body.success ? body.data : unreadable, Number.isNaN(wait) ? null : wait)
}
