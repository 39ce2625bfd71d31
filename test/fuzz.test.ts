import fc from 'fast-check'
import { expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import { ApiErrorBody, errorStatus } from '#shared/contract/errors.ts'
import { Role } from '#shared/domain/permissions.ts'
import { SourceKind } from '#shared/domain/words.ts'
import { type FuzzRequest, requests } from './fuzz/requests.ts'
import { createFuzzWorld, type FuzzWorld } from './fuzz/world.ts'
import { useTestApi } from './support/api.ts'

/** Other requests every day. `FUZZ_SEED` repeats a day's, `FUZZ_REQUESTS` asks for more or fewer. */
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Date.now() / 86_400_000))
const count = Number(process.env.FUZZ_REQUESTS ?? 10_000)
const chunk = 250
const atOnce = 8
const patienceMs = 10_000

const t = useTestApi()

type Headers = Record<string, string>

/** Strangers, every role with a session and with a key, somebody who sees one queue only, and credentials of nobody. */
async function callers(): Promise<Headers[]> {
  const keys = await Promise.all(
    Role.options.map((role) => t.keyHeaders({ role, sources: ['vk-intake', 'docket'], kinds: SourceKind.options })),
  )
  await t.setScope(t.secondPerson('reviewer'), { queues: ['hate'] })
  await t.setScope(t.person('supervisor'), { seesRestricted: true })
  const origin = t.url
  return [
    ...Role.options.map((role) => t.person(role).headers),
    ...Role.options.map((role) => t.secondPerson(role).headers),
    ...keys,
    ...Role.options.map((role) => t.person(role).headers),
    { origin },
    { origin, cookie: 'docket.session_token=nobody' },
    { authorization: 'Bearer docket_nobody' },
    { ...t.person('admin').headers, origin: 'https://elsewhere.example' },
  ]
}

/** What the server has logged as its own fault, by request. */
const faults = new Map<string, string>()
const requestIdOf = (response: Response) => response.headers.get('x-request-id') ?? ''

function hearFaults() {
  t.deps.log.error = ((said: { requestId?: string; err?: Error }) => {
    faults.set(said.requestId ?? '', said.err?.stack?.split('\n').slice(0, 6).join(' | ') ?? '')
  }) as typeof t.deps.log.error
}

type Answer = { status: number; problem: string | null }

/** Asks, and says what is wrong with the answer: no end, a fault of the server's own, a refusal that is none of ours. */
async function ask(world: FuzzWorld, request: FuzzRequest, headers: Headers): Promise<Answer> {
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const { method, path, body } = request
    const response = await t.fetch(path, { method, body, headers: request.headers, signal }, headers)
    const { status } = response
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      await response.body?.cancel()
      return { status, problem: null }
    }
    const text = await response.text()
    if (status >= 500) return { status, problem: `${text.slice(0, 200)} ${faults.get(requestIdOf(response)) ?? ''}` }
    // Node itself refuses addresses of more than 16 kB, without a word of ours.
    if (status === 431) return { status, problem: null }
    if (method === 'HEAD' || status < 400) {
      const cursor = /"nextCursor":"([^"]+)"/.exec(text)?.[1]
      if (cursor) world.addCursor(cursor)
      return { status, problem: null }
    }
    const refusal = ApiErrorBody.safeParse(JSON.parse(text))
    if (!refusal.success) return { status, problem: `not a refusal: ${text.slice(0, 300)}` }
    return { status, problem: errorStatus[refusal.data.code] === status ? null : `${refusal.data.code} as ${status}` }
  } catch (error) {
    return { status: 0, problem: String(error) }
  }
}

it(`answers ${count} requests of every kind, in time, by its contract, and logs what it changes (seed ${seed})`, async () => {
  hearFaults()
  const everybody = await callers()
  const world = await createFuzzWorld(t)
  const holders = new Map(
    Role.options.flatMap((role) => [t.person(role), t.secondPerson(role)]).map((p) => [p.id, p.headers]),
  )
  const problems: string[] = []
  const succeeded = new Set<string>()
  for (let done = 0; done < count && problems.length < 20; done += chunk) {
    const waiting = fc.sample(requests(world), { numRuns: Math.min(chunk, count - done), seed: seed + done })
    const work = async () => {
      for (let request = waiting.pop(); request; request = waiting.pop()) {
        const holder = holders.get(request.holderId ?? '')
        const headers = holder && request.who % 3 > 0 ? holder : everybody[request.who % everybody.length]!
        const { status, problem } = await ask(world, request, headers)
        if (status >= 200 && status < 300) succeeded.add(request.name)
        if (problem) problems.push(`${describe(request)} → ${status} ${problem}`)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    await world.refresh()
  }
  expect(problems).toEqual([])
  expect(await world.findUnloggedWrites()).toEqual([])
  const never = Object.keys(api).filter((name) => !succeeded.has(name))
  if (count >= 10_000)
    expect(never.length, `never answered with success: ${never}`).toBeLessThan(Object.keys(api).length / 3)
}, 300_000)

function describe({ name, method, path, body, headers }: FuzzRequest): string {
  const sent = typeof body === 'string' ? body.slice(0, 600) : body ? Object.prototype.toString.call(body) : ''
  return `${name}: ${method} ${path.slice(0, 400)} ${headers['content-type'] ?? ''} ${sent}`
}
