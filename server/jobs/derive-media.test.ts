import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { keepMedia } from '#server/media/keep-media.ts'
import { aloneInDerivation } from '#server/media/media.queries.ts'
import { api } from '#shared/contract/api.ts'
import type { Variant } from '#shared/contract/media.ts'
import { blankOrganisation } from '#shared/contract/preferences.ts'
import { useTestApi } from '#test/support/api.ts'
import { deriveAllPending, deriveMedia } from './derive-media.ts'

const t = useTestApi()

const keep = (bytes: Buffer) => keepMedia(t.deps, { bytes, by: null, now: new Date() })
/** Half dark, half light, in colour, wider than what may be shown. */
const picture = (background: string) =>
  sharp({ create: { width: 2_000, height: 1_000, channels: 3, background } })
    .composite([
      { input: { create: { width: 1_000, height: 1_000, channels: 3, background: '#fff' } }, left: 1_000, top: 0 },
    ])
    .jpeg()

async function variant(sha256: string, name: Variant) {
  const found = await t.deps.mediaStore.open(sha256, name)
  return found && buffer(found.stream())
}

function rowOf(sha256: string) {
  return t.db.selectFrom('media').selectAll().where('sha256', '=', sha256).executeTakeFirstOrThrow()
}

async function until(condition: () => Promise<boolean>) {
  for (let wait = 0; wait < 200; wait += 1) {
    if (await condition()) return
    await sleep(50)
  }
  throw new Error('It did not happen within ten seconds.')
}

describe('deriveAllPending', () => {
  it('makes a thumbnail, a redacted copy and one to show', async () => {
    const { sha256 } = await keep(await picture('#602020').toBuffer())
    await deriveAllPending(t.deps)

    expect(await rowOf(sha256)).toMatchObject({ state: 'ready', failure: null })
    const sizes = await Promise.all(
      (['thumbnail', 'redacted', 'display'] as const).map(async (name) => {
        const { format, width, height } = await sharp((await variant(sha256, name))!).metadata()
        return [name, format, width, height]
      }),
    )
    expect(sizes).toEqual([
      ['thumbnail', 'webp', 128, 96],
      ['redacted', 'webp', 320, 160],
      ['display', 'webp', 1_600, 800],
    ])
  })

  it('leaves neither colour nor sharp edges in what anybody may see', async () => {
    const { sha256 } = await keep(await picture('#802020').toBuffer())
    await deriveAllPending(t.deps)
    for (const name of ['thumbnail', 'redacted'] as const) {
      const { data, info } = await sharp((await variant(sha256, name))!)
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true })
      const pixel = (x: number) => data.subarray((x + info.width * 10) * info.channels).subarray(0, 3)
      for (let x = 0; x < info.width; x += 1) {
        expect(Math.max(...pixel(x)) - Math.min(...pixel(x)), `${name} has a colour at ${x}`).toBeLessThanOrEqual(2)
      }
      const steps = Array.from({ length: info.width - 1 }, (_, x) => Math.abs(pixel(x + 1)[0]! - pixel(x)[0]!))
      const range = Math.abs(pixel(info.width - 1)[0]! - pixel(0)[0]!)
      expect(range, `${name} shows that there were two halves`).toBeGreaterThan(60)
      expect(Math.max(...steps), `${name} has an edge`).toBeLessThan(range / 3)
    }
  })

  it('turns pictures upright and takes all metadata out', async () => {
    const bytes = await picture('#206020')
      .withExif({ IFD0: { Artist: 'Somebody' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    expect((await sharp(bytes).metadata()).exif).toBeDefined()
    const { sha256 } = await keep(bytes)
    await deriveAllPending(t.deps)
    for (const name of ['thumbnail', 'redacted', 'display'] as const) {
      const { exif, icc, xmp, iptc, orientation } = await sharp((await variant(sha256, name))!).metadata()
      expect([exif, icc, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined])
    }
    const { width, height } = await sharp((await variant(sha256, 'display'))!).metadata()
    expect([width, height]).toEqual([800, 1_600])
    expect(await variant(sha256, 'original')).toEqual(bytes)
  })

  it('says in the log what it made', async () => {
    const { sha256 } = await keep(await picture('#202060').toBuffer())
    await deriveAllPending(t.deps)
    const events = await t.db.selectFrom('event').selectAll().where('subject_id', '=', sha256).orderBy('id').execute()
    expect(events.map((event) => event.kind)).toEqual(['media.stored', 'media.derived'])
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/)
    expect(events[1]!.data).toEqual({ display: hash, redacted: hash, thumbnail: hash })
  })

  it('makes the looks that the organisation chose', async () => {
    const { sha256: before } = await keep(await picture('#204060').toBuffer())
    await deriveAllPending(t.deps)
    const strong = { strength: 'strong' as const, isGrey: false }
    const redaction = { general: { strength: 'soft' as const, isGrey: true }, byKind: { 3: strong, 4: strong } }
    await t.as('admin')(api.changeOrganisation, { body: { redaction } })
    const { sha256 } = await keep(await picture('#406020').toBuffer())
    await deriveAllPending(t.deps)
    await t.as('admin')(api.changeOrganisation, { body: blankOrganisation })
    const madeOf = async (of: string) => {
      const [{ data } = { data: {} }] = await t.db
        .selectFrom('event')
        .select('data')
        .where('subject_id', '=', of)
        .where('kind', '=', 'media.derived')
        .execute()
      return Object.keys(data as object).sort()
    }
    expect(await madeOf(before)).toEqual(['display', 'redacted', 'thumbnail'])
    expect(await madeOf(sha256)).toEqual([
      'display',
      'redacted.soft-grey',
      'redacted.strong',
      'thumbnail.soft-grey',
      'thumbnail.strong',
    ])
  })

  it('records what is wrong with a picture and goes on', async () => {
    const broken = 'f'.repeat(64)
    await t.db
      .insertInto('media')
      .values({ sha256: broken, mime: 'image/jpeg', size: 3, state: 'pending', stored_at: new Date(0) })
      .execute()
    await t.deps.mediaStore.put(broken, 'original', Buffer.from('not'))
    const { sha256 } = await keep(await picture('#606020').toBuffer())

    await deriveAllPending(t.deps)

    expect(await rowOf(broken)).toMatchObject({ state: 'failed', failure: expect.stringContaining('unsupported') })
    expect(await rowOf(sha256)).toMatchObject({ state: 'ready' })
  })
})

describe('deriveMedia', () => {
  it('derives what is stored while it runs, as soon as it is told', async () => {
    const listeners = new Set<() => void>()
    const worker = deriveMedia(t.deps, {
      onWake: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    })
    const { sha256 } = await keep(await picture('#206060').toBuffer())
    for (const listener of listeners) listener()
    await until(async () => (await rowOf(sha256)).state === 'ready')
    await worker.stop()
    expect(listeners.size).toBe(0)
  })

  it('finishes what a killed worker left', async () => {
    const { sha256 } = await keep(await picture('#602060').toBuffer())
    await t.deps.mediaStore.put(sha256, 'thumbnail', Buffer.from('made before it died'))
    const worker = deriveMedia(t.deps)
    await until(async () => (await rowOf(sha256)).state === 'ready')
    await worker.stop()
    expect(await variant(sha256, 'display')).not.toBeNull()
  })

  it('takes turns with other processes', async () => {
    const { sha256 } = await keep(await picture('#404040').toBuffer())
    await aloneInDerivation(t.db, async () => {
      const worker = deriveMedia(t.deps)
      await sleep(300)
      await worker.stop()
    })
    expect(await rowOf(sha256)).toMatchObject({ state: 'pending' })
  })
})
