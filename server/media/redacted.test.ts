import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { Look } from '#shared/domain/redaction.ts'
import { derive } from './derive.ts'
import { openRedacted } from './redacted.ts'
import { folderStore, type MediaStore } from './store.ts'

const folder = await mkdtemp(join(tmpdir(), 'docket-looks-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const root = join(import.meta.dirname, '../..')
const sample = await readFile(join(root, 'server/features/intake/demo/media/cat.webp'))
/** Two halves, red and blue, with an edge between them. */
const halves = await sharp({ create: { width: 800, height: 400, channels: 3, background: '#c03030' } })
  .composite([
    {
      input: await sharp({ create: { width: 400, height: 400, channels: 3, background: '#3030c0' } })
        .png()
        .toBuffer(),
      left: 400,
      top: 0,
    },
  ])
  .png()
  .toBuffer()

let count = 0
/** A store that says what was put into it. */
async function storeWith(display: Buffer | null) {
  const puts: string[] = []
  const kept = folderStore(folder)
  count += 1
  const sha256 = String(count).padStart(64, '0')
  const store: MediaStore = {
    ...kept,
    put: (hash, name, bytes) => {
      puts.push(name)
      return kept.put(hash, name, bytes)
    },
  }
  if (display) await kept.put(sha256, 'display', display)
  return { store, sha256, puts }
}

async function pixels(bytes: Buffer) {
  const { data, info } = await sharp(bytes).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  const at = (x: number) => [
    ...data.subarray((x + info.width * Math.floor(info.height / 2)) * info.channels).subarray(0, 3),
  ]
  return { data, row: Array.from({ length: info.width }, (_, x) => at(x) as [number, number, number]) }
}

describe('a look', () => {
  it('is made when it is first asked for, once for all who ask, and kept', async () => {
    const { store, sha256, puts } = await storeWith((await derive(halves)).display)
    const asked = await Promise.all(
      (['redacted', 'thumbnail', 'redacted'] as const).map((variant) => openRedacted(store, sha256, variant, 'strong')),
    )
    expect(asked.every((file) => file !== null && file.size > 0)).toBe(true)
    expect(puts).toEqual(['redacted.strong', 'thumbnail.strong'])
    await openRedacted(store, sha256, 'redacted', 'strong')
    expect(puts).toHaveLength(2)
  })

  it('is not there while the picture was not derived, and is once it was', async () => {
    const { store, sha256 } = await storeWith(null)
    expect(await openRedacted(store, sha256, 'redacted', 'soft')).toBeNull()
    await store.put(sha256, 'display', (await derive(halves)).display)
    expect(await openRedacted(store, sha256, 'redacted', 'soft')).not.toBeNull()
  })

  it('of a broken picture does not stand in the way of the others', async () => {
    const broken = await storeWith(Buffer.from('no picture'))
    const sound = await storeWith((await derive(halves)).display)
    const [first, second] = await Promise.allSettled([
      openRedacted(broken.store, broken.sha256, 'redacted', 'soft'),
      openRedacted(sound.store, sound.sha256, 'redacted', 'soft'),
    ])
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled'])
  })

  it('has colour or none, and no edge in any', async () => {
    const { redacted } = await derive(halves, Look.options)
    for (const [look, { redacted: bytes, thumbnail }] of redacted) {
      for (const picture of [bytes, thumbnail]) {
        const { row } = await pixels(picture)
        const colour = Math.max(...row.map((each) => Math.max(...each) - Math.min(...each)))
        if (look.endsWith('grey')) expect(colour, look).toBeLessThanOrEqual(2)
        else expect(colour, look).toBeGreaterThan(60)
        const steps = row.slice(1).map((each, x) => Math.abs(each[0] - row[x]![0]))
        const range = Math.abs(row.at(-1)![0] - row[0]![0])
        expect(Math.max(...steps), look).toBeLessThanOrEqual(Math.max(6, range / 3))
      }
    }
  })

  it('shows the less the stronger it is', async () => {
    const { redacted } = await derive(sample, ['soft-grey', 'medium-grey', 'strong-grey'])
    const detail = await Promise.all(
      [...redacted.values()].map(async ({ redacted: bytes }) => {
        const { row } = await pixels(bytes)
        return row.slice(1).reduce((sum, each, x) => sum + Math.abs(each[0] - row[x]![0]), 0)
      }),
    )
    expect(detail[0]).toBeGreaterThan(detail[1]! * 1.1)
    expect(detail[1]).toBeGreaterThan(detail[2]! * 1.1)
  })

  it.each(Look.options)('is shown to who chooses as the server makes it: %s', async (look) => {
    const shown = await pixels(await readFile(join(root, `client/public/sample/${look}.webp`)))
    const made = await pixels((await derive(sample, [look])).redacted.get(look)!.redacted)
    expect(shown.data).toHaveLength(made.data.length)
    const apart = made.data.reduce((sum, value, at) => sum + Math.abs(value - shown.data[at]!), 0) / made.data.length
    expect(apart).toBeLessThan(2)
  })

  it('made on demand is the one that is made at once', async () => {
    const { display, redacted } = await derive(sample, ['medium'])
    const { store, sha256 } = await storeWith(display)
    const late = await openRedacted(store, sha256, 'redacted', 'medium')
    const [one, other] = [await pixels(redacted.get('medium')!.redacted), await pixels(await buffer(late!.stream()))]
    const apart = one.data.reduce((sum, value, at) => sum + Math.abs(value - other.data[at]!), 0) / one.data.length
    expect(apart).toBeLessThan(3)
  })
})
