import fc from 'fast-check'
import type { z } from 'zod'
import { api } from '#shared/contract/api.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { FlagInput } from '#shared/contract/flags.ts'
import { AccountStatusInput, PostStatusInput } from '#shared/contract/statuses.ts'
import { arbitraryOf, type Known, mutate, mutation, nasty } from './arbitrary.ts'
import { type Facts, type FuzzWorld, gif } from './world.ts'

export type FuzzRequest = {
  name: string
  endpoint: Endpoint
  /** A number from which it is chosen who asks. */
  who: number
  /** Who has the review that it is about. */
  holderId: string | null
  method: string
  path: string
  headers: Record<string, string>
  body: BodyInit | null
}

/** The bodies that are not one JSON value, line by line. */
const lineSchemas: Record<string, z.ZodType> = {
  createFlags: FlagInput,
  stateAccounts: AccountStatusInput,
  statePosts: PostStatusInput,
}
/** Streamed like those, but one value: it is not in the endpoint since its very text is kept. */
const bodySchemas: Record<string, z.ZodType> = { createFlag: FlagInput }

/** Slow on purpose: each tries a password. */
const rare = ['signIn', 'completeSetup', 'acceptInvitation']

type Parts = { params: unknown; query: unknown; body: unknown }

/** Requests to every endpoint of the contract, two thirds of them as it asks for, the others with something wrong. */
export function requests(world: FuzzWorld): fc.Arbitrary<FuzzRequest> {
  const each = Object.entries<Endpoint>(api).map(([name, endpoint]) => ({
    weight: rare.includes(name) ? 1 : 20,
    arbitrary: requestsTo(name, endpoint, world),
  }))
  return fc.oneof(...each)
}

function requestsTo(name: string, endpoint: Endpoint, { known, facts }: FuzzWorld): fc.Arbitrary<FuzzRequest> {
  const parts = fc.record({
    params: arbitraryOf(endpoint.params, known),
    query: arbitraryOf(endpoint.query, known),
    body: bodyOf(name, endpoint, known),
  })
  const wrong = fc.option(fc.record({ part: fc.constantFrom('params', 'query', 'body', 'body'), mutation }), {
    freq: 2,
  })
  const odd = fc.integer({ min: 0, max: 40 })
  return fc.tuple(parts, wrong, odd, fc.nat()).map(([valid, fault, oddity, who]) => {
    const there = facts((valid.params as { reviewId?: unknown }).reviewId)
    const apt = { ...valid, body: fitting(name, valid.body, there, who) }
    const asked = fault ? { ...apt, [fault.part]: mutate(apt[fault.part as keyof Parts], fault.mutation) } : apt
    return assemble({ name, endpoint, who, holderId: there?.holderId ?? null, oddity }, asked)
  })
}

const harmless = { outcome: 'no_violation', clause: null, furtherClauses: [], exemption: null, measures: [] }

/** Two in three name what is there, so that more is tried than the refusal of what is old. */
function fitting(name: string, body: unknown, facts: Facts | undefined, choice: number): unknown {
  if (choice % 3 === 0 || typeof body !== 'object' || body === null) return body
  const { version, snapshotId } = facts ?? {}
  return {
    ...body,
    ...('version' in body && version && { version }),
    ...('snapshotId' in body && snapshotId && { snapshotId }),
    ...(choice % 2 === 0 && 'outcome' in body && { ...harmless, rationale: name }),
  }
}

function bodyOf(name: string, endpoint: Endpoint, known: Known): fc.Arbitrary<unknown> {
  const lines = lineSchemas[name]
  if (lines) return fc.array(arbitraryOf(lines, known), { maxLength: 6 })
  return arbitraryOf(bodySchemas[name] ?? endpoint.body, known)
}

type Frame = Pick<FuzzRequest, 'name' | 'endpoint' | 'who' | 'holderId'> & { oddity: number }

function assemble({ oddity, ...frame }: Frame, { params, query, body }: Parts): FuzzRequest {
  const { endpoint } = frame
  const values = (params ?? {}) as Record<string, unknown>
  let path = endpoint.path.replace(/:(\w+)/g, (_, field: string) => encode(String(values[field] ?? '')) || '-')
  const search = searchOf(query)
  if (search) path += `?${search}`
  const request = { ...frame, path, method: endpoint.method, headers: {} as Record<string, string>, body: null }
  if (endpoint.method === 'GET') return oddity === 0 ? { ...request, method: 'HEAD' } : request
  return { ...request, ...dressed(frame.name, body, oddity) }
}

/** Mostly as the endpoint wants it; some with a broken body, another type, or none. */
function dressed(name: string, body: unknown, oddity: number): Pick<FuzzRequest, 'headers' | 'body'> {
  const json = { 'content-type': 'application/json' }
  const text = JSON.stringify(body) ?? ''
  if (oddity === 1) return { headers: json, body: text.slice(0, text.length / 2) }
  if (oddity === 2) return { headers: { 'content-type': 'text/plain' }, body: text }
  if (oddity === 3) return { headers: { ...json, 'content-encoding': 'gzip' }, body: text }
  if (oddity === 4) return { headers: { 'content-type': 'application/json; charset=utf-16' }, body: text }
  if (oddity === 5) return { headers: json, body: Buffer.from([0xff, 0xfe, 0x00, 0x80]) }
  if (oddity === 6) return { headers: {}, body: null }
  if (name === 'uploadMedia') return { headers: {}, body: upload(text, oddity) }
  if (name in lineSchemas) return { headers: { 'content-type': 'application/x-ndjson' }, body: linesOf(body, oddity) }
  return { headers: json, body: text }
}

function linesOf(body: unknown, oddity: number): string {
  const lines = Array.isArray(body) ? body.map((line) => JSON.stringify(line)) : [JSON.stringify(body)]
  if (oddity === 7) lines.push('{"broken')
  if (oddity === 8) lines.push('', 'null', '[]', nasty.join(' '))
  return lines.join('\n')
}

function upload(text: string, oddity: number): FormData {
  const form = new FormData()
  const bytes = oddity < 20 ? Buffer.concat([gif, Buffer.from(String(oddity))]) : Buffer.from(text)
  form.append(oddity === 9 ? 'other' : 'file', new Blob([bytes as Uint8Array<ArrayBuffer>]), 'picture.gif')
  if (oddity === 10) form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), 'second.gif')
  return form
}

function searchOf(query: unknown): string {
  if (typeof query !== 'object' || query === null) return query === undefined ? '' : encode(String(query))
  return Object.entries(query)
    .flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map((each) => [key, each] as const))
    .map(([key, value]) => `${encode(key)}=${encode(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join('&')
}

/** A lone surrogate has no encoding: as an odd client would send it. */
function encode(text = ''): string {
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80'
}
