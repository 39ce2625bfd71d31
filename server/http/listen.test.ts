import { afterEach, describe, expect, it } from 'vitest'
import { type Listener, listen } from './listen.ts'

describe('listen', () => {
  let listener: Listener | undefined
  afterEach(async () => {
    await listener?.close(0)
    listener = undefined
  })

  async function listening() {
    listener = await listen('127.0.0.1', 0)
    return { listener, url: `http://127.0.0.1:${listener.port}/` }
  }

  it('asks for patience until there is somebody to serve', async () => {
    const { listener, url } = await listening()
    const early = await fetch(url)
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '2'])
    listener.serve((_req, res) => res.end('here'))
    expect(await (await fetch(url)).text()).toBe('here')
  })

  it('lets a request end before it closes', async () => {
    const { listener, url } = await listening()
    const begun = Promise.withResolvers<void>()
    listener.serve((_req, res) => {
      begun.resolve()
      setTimeout(() => res.end('finished'), 200)
    })
    const answer = fetch(url).then((res) => res.text())
    await begun.promise
    await listener.close(5_000)
    expect(await answer).toBe('finished')
    await expect(fetch(url)).rejects.toThrow()
  })

  it('cuts a request that takes longer than the grace', async () => {
    const { listener, url } = await listening()
    const begun = Promise.withResolvers<void>()
    listener.serve(() => begun.resolve())
    const answer = fetch(url)
    answer.catch(() => {})
    await begun.promise
    await listener.close(100)
    await expect(answer).rejects.toThrow()
  })

  it('ends a live stream at once', async () => {
    const { listener, url } = await listening()
    listener.serve((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      res.write(': hello\n\n')
    })
    const stream = await fetch(url, { headers: { accept: 'text/event-stream' } })
    const askedAt = Date.now()
    await listener.close(10_000)
    expect(Date.now() - askedAt).toBeLessThan(2_000)
    expect(await stream.text()).toBe(': hello\n\n')
  })

  it('names the port that is taken', async () => {
    const { listener } = await listening()
    await expect(listen('127.0.0.1', listener.port)).rejects.toThrow(
      `Port ${listener.port} on 127.0.0.1 is used by another program.`,
    )
  })

  it('names an address that this computer does not have', async () => {
    await expect(listen('192.0.2.1', 0)).rejects.toThrow('HOST is 192.0.2.1, which is not an address of this computer.')
  })
})
