import { onTestFinished, vi } from 'vitest'
import type { z } from 'zod'
import { listAppeals } from '#shared/contract/appeals.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { type ApiErrorBody, type ErrorCode, errorStatus } from '#shared/contract/errors.ts'
import { getExposure, listExposure } from '#shared/contract/exposure.ts'
import { getGlossaryForms } from '#shared/contract/glossary.ts'
import { countInbox } from '#shared/contract/inbox.ts'
import { listTemplates } from '#shared/contract/messages.ts'
import { listDrafts } from '#shared/contract/policy-drafts.ts'
import { blankOrganisation, blankPreferences } from '#shared/contract/preferences.ts'
import { tellPresence } from '#shared/contract/presence.ts'
import { listSamples } from '#shared/contract/rereviews.ts'
import { listThreats } from '#shared/contract/safety.ts'
import { getSession, type Session } from '#shared/contract/team.ts'
import { countViews, listViews } from '#shared/contract/views.ts'
import { permissionsOf, type Role } from '#shared/domain/permissions.ts'

type Refusal = { refuse: ErrorCode } & Partial<Omit<ApiErrorBody, 'code'>> & { retryAfter?: number }
type Sent = { params: unknown; query: unknown; body: unknown }
type Answer = (sent: Sent) => unknown
type Rule = { endpoint: Endpoint; pattern: RegExp; names: string[]; answer: Answer }
type Call = { endpoint: Endpoint } & Sent

/** A session as the API shows it. */
export function buildSession(role: Role = 'reviewer', overrides: Partial<Session['person']> = {}): Session {
  const person = { id: 'person-dana', name: 'Dana Ospan', email: 'dana@example.org', role, ...overrides }
  const scope = { queues: null, takes: null, seesRestricted: false }
  const chosen = { preferences: blankPreferences, organisation: blankOrganisation }
  return { person, permissions: permissionsOf(person.role), scope, ...chosen }
}

/**
 * Replaces `fetch` for one test by answers to contract endpoints. What is sent is parsed by the endpoint's own schemas and
 * so is the answer: a call or an answer that does not fit the contract fails the test, as does one without an answer.
 * An answer given later takes the place of an earlier one to the same endpoint.
 */
export function fakeApi() {
  const rules: Rule[] = []
  const calls: Call[] = []

  // The app takes a failed call for a network that is down, so what the test itself got wrong is told at its end.
  const faults: Error[] = []
  onTestFinished(() => {
    if (faults[0]) throw faults[0]
  })

  async function fetch(input: string | URL, init: RequestInit = {}) {
    const url = new URL(input, 'http://localhost')
    const method = init.method ?? 'GET'
    const rule = rules.findLast((each) => each.endpoint.method === method && each.pattern.test(url.pathname))
    if (!rule) throw fault(new Error(`No answer for ${method} ${url.pathname}`))
    const sent = attempt(() => readCall(rule, url, init))
    calls.push({ endpoint: rule.endpoint, ...sent })
    init.signal?.throwIfAborted()
    const answer = await rule.answer(sent)
    if (answer instanceof Response) return answer
    if (isRefusal(answer)) return refuse(answer)
    const reply = attempt(() => rule.endpoint.reply.parse(answer))
    return Response.json(reply, { status: rule.endpoint.status })
  }
  function fault(error: Error) {
    faults.push(error)
    return error
  }

  function attempt<Result>(run: () => Result): Result {
    try {
      return run()
    } catch (err) {
      throw fault(err as Error)
    }
  }
  vi.stubGlobal('fetch', fetch)

  const fake = {
    /** Answers an endpoint of the contract. Throw a `TypeError` for a network that fails, return a promise to keep it waiting. */
    on<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
      endpoint: Endpoint<P, Q, B, R>,
      answer: (sent: {
        params: z.output<P>
        query: z.output<Q>
        body: z.output<B>
      }) => z.input<R> | Refusal | Response | Promise<z.input<R> | Refusal | Response>,
    ) {
      const [pattern, names] = patternOf(endpoint.path)
      rules.push({ endpoint, pattern, names, answer: answer as Answer })
      return fake
    },
    /** Signs somebody in; null signs out. */
    as(who: Role | Session | null) {
      const session = typeof who === 'string' ? buildSession(who) : who
      return fake.on(getSession, () => session ?? { refuse: 'signed_out' })
    },
    /** What was sent to one endpoint, in order. */
    calls: (to: Endpoint) => calls.filter((call) => call.endpoint === to),
    /** The bodies sent to one endpoint, in order. */
    sent: (to: Endpoint) => fake.calls(to).map((call) => call.body),
  }
  // Asked on every page.
  const { budget, ...nothing } = {
    day: '2026-07-03',
    budget: 120,
    added: 0,
    askedAt: null,
    items: 0,
    reveals: 0,
    shownMs: 0,
  }
  return fake
    .as('reviewer')
    .on(getGlossaryForms, () => ({ version: '0.0', terms: [] }))
    .on(listViews, () => ({ items: [] }))
    .on(listTemplates, () => ({ items: [] }))
    .on(listAppeals, () => ({ items: [], nextCursor: null, previousCursor: null, count: { value: 0, exact: true } }))
    .on(countViews, () => ({ items: [] }))
    .on(listDrafts, () => ({ items: [] }))
    .on(listSamples, () => ({ items: [] }))
    .on(tellPresence, () => ({}))
    .on(listThreats, () => ({ items: [], count: 0 }))
    .on(countInbox, () => ({ unread: { value: 0, exact: true } }))
    .on(getExposure, () => ({ ...nothing, budget, isCounted: true, byKind: [] }))
    .on(listExposure, () => ({ day: nothing.day, isCounted: true, items: [] }))
}

function patternOf(path: string): [RegExp, string[]] {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
  return [new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '([^/]+)')}$`), names]
}

function readCall({ endpoint, pattern, names }: Rule, url: URL, init: RequestInit): Sent {
  const values = pattern.exec(url.pathname)?.slice(1).map(decodeURIComponent) ?? []
  const params = Object.fromEntries(names.map((name, i) => [name, values[i]]))
  const query: Record<string, string | string[]> = {}
  for (const name of new Set(url.searchParams.keys())) {
    const all = url.searchParams.getAll(name)
    query[name] = all.length > 1 ? all : all[0]!
  }
  const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
  return {
    params: endpoint.params.parse(params),
    query: endpoint.query.parse(query),
    body: endpoint.body.parse(body ?? {}),
  }
}

function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refuse' in answer
}

function refuse({ refuse: code, retryAfter, ...rest }: Refusal) {
  const body: ApiErrorBody = { code, message: code, requestId: 'req-test', ...rest }
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  return Response.json(body, { status: errorStatus[code], headers })
}
