import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { may, Role } from '#shared/domain/permissions.ts'
import { useTestApi } from './support/api.ts'

const t = useTestApi()

const endpoints = Object.entries<Endpoint>(api)
const guarded = endpoints.filter(([, e]) => e.permission !== 'public')
const open = endpoints.filter(([, e]) => e.permission === 'public')
const uuid = '01900000-0000-7000-8000-000000000000'
const values: Record<string, string> = {
  sha256: '0'.repeat(64),
  variant: 'thumbnail',
  kind: 'reviews',
  format: 'csv',
  token: 'none',
}

type Who = Parameters<typeof t.fetch>[2]

/** Asks without saying anything: whoever may is told what is wrong with the request, and nothing happens. */
async function ask(e: Endpoint, who?: Who) {
  const path = e.path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? uuid)
  const body = e.method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }
  const response = await t.fetch(path, { method: e.method, ...body }, who)
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status: response.status, code: null, message: '' }
  }
  const text = await response.text()
  const refusal = response.ok ? { code: null, message: '' } : (JSON.parse(text) as { code: string; message: string })
  return { status: response.status, ...refusal }
}

function mayCall(role: Role, e: Endpoint) {
  return e.permission === 'public' || e.permission === 'signed_in' || may(role, e.permission)
}

describe.each(endpoints)('%s', (_name, e) => {
  it('is mounted', async () => {
    const who = e.permission === 'public' ? {} : t.person('supervisor').headers
    expect((await ask(e, who)).message).not.toBe('No such endpoint.')
  })
})

describe.each(guarded)('%s', (_name, e) => {
  it('is closed to strangers', async () => {
    expect(await ask(e)).toMatchObject({ status: 401, code: 'signed_out' })
  })

  it.each(Role.options)('knows whether a %s may', async (role) => {
    const asked = [await ask(e, role), await ask(e, await t.keyHeaders({ role }))]
    for (const { status, code } of asked) {
      expect(status).not.toBe(401)
      expect(status).not.toBe(500)
      expect(code === 'forbidden').toBe(!mayCall(role, e))
    }
  })
})

describe.each(open)('%s', (_name, e) => {
  it('is open to strangers', async () => {
    const { status, code } = await ask(e)
    expect(['signed_out', 'forbidden', 'internal']).not.toContain(code)
    expect(status).toBeLessThan(500)
  })
})
