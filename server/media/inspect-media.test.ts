import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { inspectMedia } from './inspect-media.ts'

const fixture = (name: string) => readFile(join(import.meta.dirname, '../../test/fixtures/malformed', name))
const refusal = (bytes: Buffer) => inspectMedia(bytes).catch((error: Error) => error.message)
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } })

/** A PNG of one colour: a few kilobytes that unfold into as many pixels as one likes. */
function bomb(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((Math.ceil(side / 8) + 1) * side)
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const size = Buffer.alloc(4)
    size.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([size, body, sum])
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('inspectMedia', () => {
  it('tells the type from the bytes, not from the name', async () => {
    expect(await inspectMedia(await fixture('png-named-jpg.jpg'))).toMatchObject({ mime: 'image/png' })
  })

  it('takes a picture with an archive behind it', async () => {
    const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)])
    const polyglot = Buffer.concat([await picture(40, 30).jpeg().toBuffer(), emptyZip])
    expect(await inspectMedia(polyglot)).toEqual({ mime: 'image/jpeg', width: 40, height: 30 })
  })

  it('measures a picture as it is seen upright', async () => {
    const turned = await picture(40, 30).jpeg().withMetadata({ orientation: 6 }).toBuffer()
    expect(await inspectMedia(turned)).toMatchObject({ width: 30, height: 40 })
  })

  it.each(['webp', 'gif', 'avif', 'png'] as const)('takes %s', async (format) => {
    const bytes = await picture(40, 30).toFormat(format).toBuffer()
    expect(await inspectMedia(bytes)).toEqual({ mime: `image/${format}`, width: 40, height: 30 })
  })

  it('keeps video and sound without looking inside', async () => {
    const video = Buffer.concat([Buffer.from([0, 0, 0, 0x18]), Buffer.from('ftypmp42'), Buffer.alloc(64)])
    expect(await inspectMedia(video)).toEqual({ mime: 'video/mp4', width: null, height: null })
    const sound = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt '), Buffer.alloc(28)])
    expect(await inspectMedia(sound)).toMatchObject({ mime: 'audio/wav', width: null })
  })

  it('says what is wrong with a broken file', async () => {
    expect(await refusal(await fixture('zero-bytes.jpg'))).toBe('The file is empty.')
    expect(await refusal(await fixture('truncated.jpg'))).toMatch(/^The picture is damaged: /)
    expect(await refusal(await fixture('idat-corrupt.png'))).toMatch(/^The picture is damaged: /)
  })

  it('refuses markup, whatever it calls itself', async () => {
    const message = 'SVG, HTML and other markup is not accepted: it can carry scripts.'
    expect(await refusal(await fixture('script.svg'))).toBe(message)
    expect(await refusal(await fixture('html-as-image.jpg'))).toBe(message)
    expect(await refusal(Buffer.from('\uFEFF<?xml version="1.0"?><svg/>'))).toBe(message)
  })

  it('refuses a small file that unfolds into too many pixels', async () => {
    const bytes = bomb(12_000)
    expect(bytes.length).toBeLessThan(100_000)
    expect(await refusal(bytes)).toBe('The picture has more than 50 million pixels, the most that is accepted.')
  })

  it('names the types that it does take', async () => {
    const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n')
    expect(await refusal(pdf)).toBe(
      'Files of the type application/pdf are not accepted. Pictures (JPEG, PNG, WebP, GIF, AVIF), video and audio are.',
    )
    expect(await refusal(Buffer.from('no picture'))).toMatch(/^The bytes are of no known type\./)
  })
})
