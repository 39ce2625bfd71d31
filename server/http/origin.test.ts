import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { useTestApi } from '#test/support/api.ts'

const t = useTestApi()

/** fetch does not let a caller choose the Host header. */
async function send(
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> },
) {
  const sent = request(new URL(path, t.url), { method, headers }).end()
  const [response] = await once(sent, 'response')
  return { status: response.statusCode as number, body: await text(response) }
}

const port = () => new URL(t.url).port

describe('the Host header', () => {
  it.each(['evil.example', 'evil.example:80', 'localhost', '127.0.0.1:1', 'localhost.evil.example'])(
    'is refused when it says %s',
    async (host) => {
      const { status, body } = await send('/api/v1/setup', { headers: { host } })
      expect(status).toBe(403)
      expect(JSON.parse(body)).toMatchObject({ code: 'wrong_origin' })
    },
  )

  it('may be a loopback name on our port', async () => {
    for (const name of ['localhost', '127.0.0.1', '[::1]']) {
      expect((await send('/api/v1/setup', { headers: { host: `${name}:${port()}` } })).status).toBe(200)
    }
  })

  it('does not matter to those who watch the process', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect((await send(path, { headers: { host: '10.0.0.7' } })).status).toBe(200)
    }
  })
})

describe('the Origin header', () => {
  const change = (headers: Record<string, string>) => {
    const { cookie = '' } = t.person('reviewer').headers
    return send('/api/v1/reviews/next', { method: 'POST', headers: { cookie, ...headers } })
  }

  it.each([
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('refuses a change sent with %j', async (headers) => {
    const { status, body } = await change(headers as Record<string, string>)
    expect(status).toBe(403)
    expect(JSON.parse(body)).toMatchObject({ code: 'wrong_origin' })
  })

  it('refuses another program on this computer', async () => {
    expect((await change({ origin: 'http://localhost:1' })).status).toBe(403)
  })

  it('lets our own pages through, under each of our names', async () => {
    expect((await change({ origin: t.url })).body).not.toContain('wrong_origin')
    expect((await change({ 'sec-fetch-site': 'same-origin' })).body).not.toContain('wrong_origin')
    const host = `localhost:${port()}`
    expect((await change({ host, origin: `http://${host}` })).body).not.toContain('wrong_origin')
  })

  it('does not matter to reading', async () => {
    const { cookie = '' } = t.person('reviewer').headers
    expect((await send('/api/v1/session', { headers: { cookie, origin: 'https://evil.example' } })).status).toBe(200)
  })
})
