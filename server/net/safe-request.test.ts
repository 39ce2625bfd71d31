import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type SafeRequestOptions, safeRequest } from './safe-request.ts'

const servers: Server[] = []
const limits = { maxBytes: 1_000, timeoutMs: 2_000 }

/** A server on this computer under any name: `resolve` answers as if the name lived at the addresses given. */
async function serverAt(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const livingAt =
  (names: Record<string, string[]>): NonNullable<SafeRequestOptions['resolve']> =>
  async (host) =>
    (names[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
const here = livingAt({ 'receiver.example': ['127.0.0.1'], 'other.example': ['127.0.0.1'] })

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

describe('safeRequest', () => {
  it('sends what it is given and reads the answer', async () => {
    const seen: unknown[] = []
    const port = await serverAt(async (req, res) => {
      const body = (await req.toArray()).join('')
      seen.push([req.method, req.headers.host, req.headers['x-signature'], body])
      res.writeHead(202, { 'content-type': 'text/plain' }).end('taken')
    })
    const answer = await safeRequest(`http://receiver.example:${port}/hook?a=1`, {
      ...limits,
      method: 'POST',
      headers: { 'x-signature': 'abc' },
      body: 'Тагут',
      allowPrivate: [`receiver.example:${port}`],
      resolve: here,
    })
    expect(seen).toEqual([['POST', `receiver.example:${port}`, 'abc', 'Тагут']])
    expect(answer).toMatchObject({ status: 202, url: `http://receiver.example:${port}/hook?a=1` })
    expect(answer.body.toString()).toBe('taken')
  })

  it.each([
    'http://127.0.0.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.8:5432/',
    'http://0/',
  ])('connects to nothing at %s', async (url) => {
    await expect(safeRequest(url, limits)).rejects.toMatchObject({ reason: 'private_address' })
  })

  it('refuses a public name that leads to a private address', async () => {
    let requests = 0
    const port = await serverAt((_req, res) => {
      requests += 1
      res.end()
    })
    const url = `http://inside.example:${port}/`
    const privately = livingAt({ 'inside.example': ['127.0.0.1'] })
    const mixed = livingAt({ 'inside.example': ['93.184.216.34', '127.0.0.1'] })
    await expect(safeRequest(url, { ...limits, resolve: privately })).rejects.toMatchObject({
      reason: 'private_address',
    })
    await expect(safeRequest(url, { ...limits, resolve: mixed })).rejects.toMatchObject({ reason: 'private_address' })
    expect(requests).toBe(0)
  })

  it('connects to the address it checked, though the name leads elsewhere a moment later', async () => {
    const port = await serverAt((_req, res) => res.end('the checked one'))
    let lookups = 0
    const answer = await safeRequest(`http://turning.example:${port}/`, {
      ...limits,
      allowPrivate: ['turning.example'],
      resolve: async () => {
        lookups += 1
        return [{ address: lookups === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
      },
    })
    expect([answer.body.toString(), lookups]).toEqual(['the checked one', 1])
  })

  it('allows a private host only on the port that is listed', async () => {
    const port = await serverAt((_req, res) => res.end('ok'))
    const ask = (allowPrivate: string[]) => safeRequest(`http://127.0.0.1:${port}/`, { ...limits, allowPrivate })
    expect((await ask([`127.0.0.1:${port}`])).status).toBe(200)
    expect((await ask(['127.0.0.1'])).status).toBe(200)
    await expect(ask([`127.0.0.1:${port + 1}`, '127.0.0.2'])).rejects.toMatchObject({ reason: 'private_address' })
  })

  it('checks the address again at every redirect', async () => {
    let insideRequests = 0
    const inside = await serverAt((_req, res) => {
      insideRequests += 1
      res.end('secret')
    })
    const outside = await serverAt((_req, res) => res.writeHead(302, { location: `http://127.0.0.1:${inside}/` }).end())
    const url = `http://receiver.example:${outside}/`
    const asked = safeRequest(url, { ...limits, allowPrivate: ['receiver.example'], resolve: here })
    await expect(asked).rejects.toMatchObject({ reason: 'private_address' })
    expect(insideRequests).toBe(0)
  })

  it('follows redirects, three at most, and tells the next server no secret', async () => {
    const seen: (string | undefined)[] = []
    const last = await serverAt((req, res) => {
      seen.push(req.headers.authorization)
      res.end('here')
    })
    const first = await serverAt((req, res) => {
      seen.push(req.headers.authorization)
      const location = req.url === '/once' ? `http://other.example:${last}/` : '/round'
      res.writeHead(307, { location }).end()
    })
    const options = {
      ...limits,
      headers: { authorization: 'Bearer secret' },
      allowPrivate: ['receiver.example', 'other.example'],
      resolve: here,
    }
    const answer = await safeRequest(`http://receiver.example:${first}/once`, options)
    expect([answer.body.toString(), answer.url]).toEqual(['here', `http://other.example:${last}/`])
    expect(seen).toEqual(['Bearer secret', undefined])
    await expect(safeRequest(`http://receiver.example:${first}/round`, options)).rejects.toMatchObject({
      reason: 'too_many_redirects',
    })
  })

  it('takes a redirect for the answer to a POST', async () => {
    const port = await serverAt((_req, res) => res.writeHead(302, { location: '/elsewhere' }).end())
    const options = { ...limits, method: 'POST' as const, body: '{}', allowPrivate: ['127.0.0.1'] }
    expect((await safeRequest(`http://127.0.0.1:${port}/`, options)).status).toBe(302)
  })

  it('visits only where it may, and no other kind of address', async () => {
    const mayVisit = (url: URL) => url.hostname === 'media.example'
    await expect(safeRequest('https://elsewhere.example/', { ...limits, mayVisit })).rejects.toMatchObject({
      reason: 'not_allowed',
    })
    for (const url of [
      'file:///etc/passwd',
      'ftp://example.org/',
      'gopher://x/',
      'not a link',
      'http://a:b@example.org/',
    ]) {
      await expect(safeRequest(url, limits)).rejects.toMatchObject({ reason: 'not_http' })
    }
  })

  it('reads no more than it was told to, whatever the length that is promised', async () => {
    const port = await serverAt((req, res) => {
      if (req.url === '/said') res.setHeader('content-length', 5_000)
      res.write('x'.repeat(800))
      setTimeout(() => res.end('x'.repeat(4_200)), 20)
    })
    for (const path of ['/said', '/unsaid']) {
      const asked = safeRequest(`http://127.0.0.1:${port}${path}`, { ...limits, allowPrivate: ['127.0.0.1'] })
      await expect(asked).rejects.toMatchObject({ reason: 'too_large' })
    }
  })

  it('waits no longer than it was told to, for an answer, its end, or a name', async () => {
    const port = await serverAt((req, res) => {
      if (req.url === '/slow') res.write('x')
    })
    const options = { maxBytes: 1_000, timeoutMs: 150, allowPrivate: ['127.0.0.1'] }
    const began = performance.now()
    for (const path of ['/silent', '/slow']) {
      await expect(safeRequest(`http://127.0.0.1:${port}${path}`, options)).rejects.toMatchObject({
        reason: 'timed_out',
      })
    }
    const resolve = () => sleep(5_000, [], { ref: false })
    await expect(safeRequest('http://lost.example/', { ...options, resolve })).rejects.toMatchObject({
      reason: 'timed_out',
    })
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it('says so when nobody is there', async () => {
    const port = await serverAt((req) => req.socket.destroy())
    const asked = safeRequest(`http://127.0.0.1:${port}/`, { ...limits, allowPrivate: ['127.0.0.1'] })
    await expect(asked).rejects.toMatchObject({ reason: 'broken' })
    const nameless = safeRequest('http://nobody.example/', { ...limits, resolve: livingAt({}) })
    await expect(nameless).rejects.toMatchObject({ reason: 'unknown_host' })
  })
})
