import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { deriveAllPending } from '#server/jobs/derive-media.ts'
import type { StoredMedia } from '#shared/contract/media.ts'
import { useTestApi } from '#test/support/api.ts'

const t = useTestApi()
const fixture = (name: string) => readFile(join(import.meta.dirname, '../../../test/fixtures/malformed', name))
const picture = (background: string) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .jpeg()
    .toBuffer()

async function upload(bytes: Buffer, { name = 'photo.jpg', type = 'image/jpeg', files = 1 } = {}) {
  const body = new FormData()
  for (let n = 0; n < files; n += 1) body.append('file', new File([new Uint8Array(bytes)], name, { type }))
  const response = await t.fetch('/api/v1/media', { method: 'POST', body }, 'reviewer')
  return { status: response.status, body: (await response.json()) as StoredMedia & { code: string; message: string } }
}

function countMedia() {
  return t.db
    .selectFrom('media')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
}

describe('POST /media', () => {
  it('asks who is there, and whether they may', async () => {
    const send = (who: 'auditor' | undefined) => t.fetch('/api/v1/media', { method: 'POST', body: '' }, who)
    expect((await send(undefined)).status).toBe(401)
    expect((await send('auditor')).status).toBe(403)
  })

  it('stores a picture once, by the hash of its bytes', async () => {
    const bytes = await picture('#336699')
    const first = await upload(bytes)
    const again = await upload(bytes, { name: 'other.png', type: 'text/plain' })

    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({
      mime: 'image/jpeg',
      size: bytes.length,
      width: 40,
      height: 30,
      state: 'pending',
      isNew: true,
    })
    expect(again.body).toEqual({ ...first.body, isNew: false })
    const stored = await t.deps.mediaStore.open(first.body.sha256, 'original')
    expect(await buffer(stored!.stream())).toEqual(bytes)
    const events = await t.db.selectFrom('event').selectAll().where('subject_id', '=', first.body.sha256).execute()
    expect(events).toMatchObject([{ kind: 'media.stored', person_id: t.person('reviewer').id }])
  })

  it('stores it once when two send it at the same time', async () => {
    const bytes = await picture('#993366')
    const answers = await Promise.all([upload(bytes), upload(bytes), upload(bytes)])
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201])
    expect(answers.filter((answer) => answer.body.isNew)).toHaveLength(1)
  })

  it('goes by the bytes and not by what the sender says', async () => {
    const { body } = await upload(await fixture('png-named-jpg.jpg'), { name: 'fake.jpg' })
    expect(body).toMatchObject({ mime: 'image/png' })
  })

  it.each([
    ['zero-bytes.jpg', 'empty'],
    ['truncated.jpg', 'damaged'],
    ['idat-corrupt.png', 'damaged'],
    ['html-as-image.jpg', 'markup'],
    ['script.svg', 'markup'],
    ['decompression-bomb-30000x30000.png', 'more than 50 million pixels'],
  ])('keeps nothing of %s and says why', async (name, reason) => {
    const before = await countMedia()
    const { status, body } = await upload(await fixture(name))
    expect([status, body.code]).toEqual([400, 'unsupported_media'])
    expect(body.message).toContain(reason)
    expect(await countMedia()).toEqual(before)
  })

  it('keeps a picture with an archive behind it as it came, and shows only the picture', async () => {
    const bytes = await fixture('trailing-archive.jpg')
    const { status, body } = await upload(bytes)
    expect([status, body.mime]).toEqual([201, 'image/jpeg'])
    await deriveAllPending(t.deps)
    const original = await t.deps.mediaStore.open(body.sha256, 'original')
    expect(await buffer(original!.stream())).toEqual(bytes)
    for (const variant of ['display', 'redacted', 'thumbnail'] as const) {
      const made = await t.deps.mediaStore.open(body.sha256, variant)
      expect((await buffer(made!.stream())).includes('PK\u0005\u0006')).toBe(false)
    }
  })

  it('refuses a file that is too large', async () => {
    const { status, body } = await upload(Buffer.alloc(25_000_001, 'x'))
    expect([status, body.code, body.message]).toEqual([413, 'payload_too_large', 'The file has more than 25 MB.'])
  })

  it('wants one file in a form', async () => {
    const plain = await t.fetch('/api/v1/media', { method: 'POST', body: 'bytes' }, 'reviewer')
    const empty = await t.fetch('/api/v1/media', { method: 'POST', body: new FormData() }, 'reviewer')
    const two = await upload(await picture('#111111'), { files: 2 })
    const messages = [await plain.json(), await empty.json(), two.body].map(
      (body) => (body as { message: string }).message,
    )
    expect(messages).toEqual([
      'Send the file as multipart/form-data.',
      'The form holds no file.',
      'The form holds more than one file.',
    ])
  })

  it('leaves nothing of an upload that breaks off', async () => {
    const before = await countMedia()
    const bytes = await picture('#224422')
    const { hostname, port } = new URL(t.url)
    const headers = {
      ...t.person('reviewer').headers,
      'content-type': 'multipart/form-data; boundary=cut',
      'content-length': 100_000,
    }
    await new Promise<void>((resolve) => {
      const req = request({ hostname, port, method: 'POST', path: '/api/v1/media', headers })
      req.once('close', resolve).on('error', () => {})
      req.write('--cut\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n')
      req.write(bytes, () => setImmediate(() => req.destroy()))
    })
    expect((await upload(bytes)).body.isNew).toBe(true)
    expect((await countMedia()).count).toBe(before.count + 1)
  })
})
