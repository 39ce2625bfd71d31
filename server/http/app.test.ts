import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '#server/app.ts'
import { connect } from '#server/db/connect.ts'
import { api } from '#shared/contract/api.ts'
import { useTestApi } from '#test/support/api.ts'
import type { Deps } from './deps.ts'

const t = useTestApi()

type Line = Record<string, unknown>
type Changes = Partial<Omit<Deps, 'settings'>> & { settings?: Partial<Deps['settings']> }

/** The same app with other settings, and with its log to read. */
async function serveApp({ settings = {}, ...changes }: Changes, clientDir?: string) {
  const lines: Line[] = []
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const log = pino({ base: null }, sink)
  const deps = { ...t.deps, log, ...changes, settings: { ...t.deps.settings, publicUrl: url, ...settings } }
  server.on('request', createApp(deps, clientDir ? { clientDir } : {}))
  return { url, lines, close: () => server.close().closeAllConnections() }
}

describe('every answer', () => {
  it('forbids inline scripts, frames and referrers', async () => {
    const { headers } = await t.fetch('/api/v1/setup')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('asks for https only where there is https', async () => {
    expect((await t.fetch('/api/v1/setup')).headers.get('strict-transport-security')).toBeNull()
    const app = await serveApp({ settings: { publicUrl: 'https://docket.example.org' } })
    const { headers } = await fetch(`${app.url}/api/v1/setup`)
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000')
    app.close()
  })

  it('is JSON with a code and the request’s id when it refuses', async () => {
    const response = await t.fetch('/api/nothing')
    const body = await response.json()
    expect(response.status).toBe(404)
    expect(body).toMatchObject({ code: 'not_found', requestId: response.headers.get('x-request-id') })
  })

  it('does not read the body of a stranger', async () => {
    const init = { method: 'POST', body: '{broken', headers: { 'content-type': 'application/json' } }
    expect((await t.fetch('/api/v1/reviews/next', init)).status).not.toBe(400)
  })
})

describe('the request log', () => {
  it('names who and what by id, and nothing secret', async () => {
    const app = await serveApp({})
    const { id, headers } = t.person('reviewer')
    await fetch(`${app.url}/api/v1/session?secret=in-query`, { headers: { ...headers, origin: app.url } })
    await fetch(`${app.url}/api/v1/invitations/secret-token`)
    const body = JSON.stringify({ email: 'secret@example.org', password: 'secret password' })
    const json = { 'content-type': 'application/json', origin: app.url }
    await fetch(`${app.url}${api.signIn.path}`, { method: 'POST', body, headers: json })
    await expect.poll(() => app.lines.length).toBe(3)
    const requestId = expect.any(String)
    expect(app.lines[0]).toMatchObject({ requestId, method: 'GET', path: '/api/v1/session', status: 200, person: id })
    expect(app.lines[1]).toMatchObject({ path: '/api/v1/invitations/:token', status: 400 })
    expect(app.lines[2]).toMatchObject({ path: api.signIn.path, status: 401 })
    const log = JSON.stringify(app.lines)
    for (const secret of ['secret', headers.cookie!.slice(-40)]) expect(log).not.toContain(secret)
    app.close()
  })
})

describe('the limit of requests', () => {
  it('stops one person and leaves the next alone', async () => {
    const app = await serveApp({ settings: { requestsPerMinute: 3 } })
    const ask = async (headers: Record<string, string>) => fetch(`${app.url}/api/v1/session`, { headers })
    const { cookie = '' } = t.person('supervisor').headers
    for (let n = 0; n < 3; n += 1) expect((await ask({ cookie })).status).toBe(200)
    const refused = await ask({ cookie })
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('60')
    expect((await ask({ cookie: t.person('admin').headers.cookie! })).status).toBe(200)
    app.close()
  })
})

describe('health', () => {
  it('says that the process runs and can work', async () => {
    expect(await (await fetch(`${t.url}/healthz`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${t.url}/readyz`)).json()).toEqual({ status: 'ready' })
  })

  it('says when the database is gone', async () => {
    const db = connect('postgres://nobody@127.0.0.1:1/nothing')
    const app = await serveApp({ db })
    expect((await fetch(`${app.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200)
    app.close()
    await db.destroy()
  })
})

describe('the screens', () => {
  let clientDir: string
  let app: Awaited<ReturnType<typeof serveApp>>

  beforeAll(async () => {
    clientDir = await mkdtemp(join(tmpdir(), 'docket-client-'))
    await mkdir(join(clientDir, 'assets'))
    await writeFile(join(clientDir, 'index.html'), '<title>Docket</title>')
    await writeFile(join(clientDir, 'assets', 'main-abc.js'), 'true')
    await writeFile(join(clientDir, 'assets', 'large-abc.js'), 'true // '.repeat(1_000))
    await writeFile(join(clientDir, 'icon.svg'), '<svg/>')
    app = await serveApp({}, clientDir)
  })
  afterAll(async () => {
    app.close()
    await rm(clientDir, { recursive: true })
  })

  const get = async (path: string) => {
    const response = await fetch(`${app.url}${path}`)
    return { status: response.status, cache: response.headers.get('cache-control'), text: await response.text() }
  }

  it.each(['/', '/queue', '/reviews/1?sort=due', '/sign-in'])(
    'are answered at %s, and asked for anew each time',
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 200, cache: 'no-cache', text: '<title>Docket</title>' })
    },
  )

  it('keep files whose name has their hash for good', async () => {
    expect(await get('/assets/main-abc.js')).toMatchObject({
      status: 200,
      cache: 'public, max-age=31536000, immutable',
    })
    expect(await get('/icon.svg')).toMatchObject({ status: 200, cache: 'no-cache' })
  })

  it('are sent compressed to whoever can read that', async () => {
    const response = await fetch(`${app.url}/assets/large-abc.js`, { headers: { 'accept-encoding': 'gzip' } })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(await response.text()).toBe('true // '.repeat(1_000))
    const plain = await fetch(`${app.url}/assets/large-abc.js`, { headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
  })

  it('do not answer for a missing file or endpoint', async () => {
    expect((await get('/assets/gone.js')).status).toBe(404)
    expect((await get('/api/v1/gone')).status).toBe(404)
  })
})
