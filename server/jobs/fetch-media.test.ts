import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { receiveFlags } from '#server/features/intake/receive-flags.ts'
import { api } from '#shared/contract/api.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, sent } from '#test/support/flags.ts'
import { findEventsOn } from '#test/support/log.ts'
import { fetchMedia } from './fetch-media.ts'

const t = useTestApi({ fetchMediaFrom: ['127.0.0.1', '*.media.example'], privateHosts: ['127.0.0.1'] })
let server: Server
let base: string
let asked: string[]

beforeAll(async () => {
  t.stopClock()
  const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#357' } })
    .jpeg()
    .toBuffer()
  server = createServer((req, res) => {
    asked.push(req.url!)
    if (req.url === '/photo.jpg') res.end(picture)
    else if (req.url === '/moved.jpg') res.writeHead(302, { location: 'http://10.0.0.1/photo.jpg' }).end()
    else if (req.url === '/away.jpg') res.writeHead(302, { location: 'http://elsewhere.example/photo.jpg' }).end()
    else if (req.url === '/page.jpg') res.end('<html>not found</html>')
    else if (req.url === '/busy.jpg') res.writeHead(503).end()
    else if (req.url === '/huge.jpg') res.writeHead(200, { 'content-length': 26_000_000 }).end()
    else res.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => {
  asked = []
})
afterAll(() => server.close().closeAllConnections())

async function flagWith(urls: string[], more: { kind?: 'image' | 'link' } = {}) {
  const media = urls.map((url) => ({ url, ...more }))
  const [result] = await receiveFlags(t.deps, {
    by: null,
    flags: [sent(buildFlagBody({ post: { media } }))],
    now: t.deps.now(),
  })
  return (result as { reviewId: string }).reviewId
}

async function mediaOf(reviewId: string) {
  const { snapshot } = await t.as('reviewer')(api.getReview, { params: { reviewId: reviewId as never } })
  return snapshot.media
}

function waiting() {
  return t.db.selectFrom('post_media').selectAll().where('fetch_failure', 'is not', null).orderBy('position').execute()
}

describe('fetchMedia', () => {
  it('keeps what it finds beside the snapshot, which stays as it was frozen', async () => {
    const reviewId = await flagWith([`${base}/photo.jpg`])
    const before = await t.as('reviewer')(api.getReview, { params: { reviewId: reviewId as never } })
    expect(before.snapshot.media).toMatchObject([{ sha256: null, name: `${base}/photo.jpg` }])

    expect(await fetchMedia(t.deps)).toBe(1)

    const after = await t.as('reviewer')(api.getReview, { params: { reviewId: reviewId as never } })
    expect(after.snapshot).toMatchObject({ id: before.snapshot.id, sha256: before.snapshot.sha256 })
    expect(after.snapshot.media).toMatchObject([{ sha256: expect.any(String), mime: 'image/jpeg', state: 'pending' }])
    expect(after.review.media.first).toBe(after.snapshot.media[0]!.sha256)
    expect((await findEventsOn(t.db, reviewId)).at(-1)).toMatchObject({ kind: 'review.media_fetched', version: 1 })
    expect(await fetchMedia(t.deps)).toBe(0)
    expect(asked).toEqual(['/photo.jpg'])
  })

  it('asks nobody whom the operator did not name, and no page behind a link', async () => {
    await flagWith([`${base}/photo.jpg`], { kind: 'link' })
    const reviewId = await flagWith(['http://elsewhere.example/photo.jpg', 'http://media.example/photo.jpg'])
    await fetchMedia(t.deps)
    expect(asked).toEqual([])
    expect(await mediaOf(reviewId)).toMatchObject([{ sha256: null }, { sha256: null }])
    const rows = (await waiting()).filter(({ url }) => url?.includes('.example/'))
    expect(rows).toMatchObject([
      { fetch_after: null, fetch_failure: 'elsewhere.example may not be asked.' },
      { fetch_after: null, fetch_failure: 'media.example may not be asked.' },
    ])
  })

  it.each([
    ['/moved.jpg', '10.0.0.1 may not be asked.'],
    ['/away.jpg', 'elsewhere.example may not be asked.'],
    ['/page.jpg', 'SVG, HTML and other markup is not accepted: it can carry scripts.'],
    ['/huge.jpg', 'The answer has more than 25000000 bytes.'],
    ['/missing.jpg', 'The server answered 404.'],
  ])('gives %s up and says why', async (path, failure) => {
    const reviewId = await flagWith([`${base}${path}`])
    await fetchMedia(t.deps)
    expect(await mediaOf(reviewId)).toMatchObject([{ sha256: null, name: `${base}${path}` }])
    const row = (await waiting()).find(({ url }) => url === `${base}${path}`)
    expect(row).toMatchObject({ fetch_after: null, fetch_failure: failure })
  })

  it('tries again what may pass, later and later, and then no more', async () => {
    await flagWith([`${base}/busy.jpg`])
    for (let hours = 0; hours < 8; hours += 1) {
      await fetchMedia(t.deps)
      await fetchMedia(t.deps)
      t.travel(3_600_000)
    }
    expect(asked).toEqual(Array.from({ length: 5 }, () => '/busy.jpg'))
    const row = (await waiting()).find(({ url }) => url === `${base}/busy.jpg`)
    expect(row).toMatchObject({ fetch_after: null, fetch_failure: 'The server answered 503.', fetch_attempts: 5 })
  })

  it('fetches nothing unless it is configured', async () => {
    const deps = { ...t.deps, settings: { ...t.deps.settings, fetchMediaFrom: [] } }
    const flags = [sent(buildFlagBody({ post: { media: [{ url: `${base}/photo.jpg` }] } }))]
    await receiveFlags(deps, { by: null, flags, now: t.deps.now() })
    expect(await fetchMedia(deps)).toBe(0)
    expect(await fetchMedia(t.deps)).toBe(0)
    expect(asked).toEqual([])
  })
})
