import sharp, { type Sharp } from 'sharp'
import type { Variant } from '#shared/contract/media.ts'
import { maxPixels } from './inspect-media.ts'

export type Derivative = Exclude<Variant, 'original'>

const displayPixels = 1_600
const redactedPixels = 640
/** Drawn at 44 × 33 or a little more, twice as dense. */
const thumbnail = { width: 128, height: 96 }

/**
 * Makes what may be shown of a picture: upright, first frame only, without any metadata. `redacted` and `thumbnail` have
 * no colour and are blurred before they are stored: shapes can be told apart, what they show cannot.
 */
export async function derive(original: Buffer): Promise<Record<Derivative, Buffer>> {
  const { data, info } = await sharp(original, { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true })
    .autoOrient()
    .resize(displayPixels, displayPixels, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const upright = () => sharp(data, { raw: { width, height, channels } })
  const shown = redactedSize(width, height)
  return {
    display: await upright().webp({ quality: 82, effort: 1 }).toBuffer(),
    redacted: await redact(upright().resize(shown.width, shown.height), Math.max(shown.width, shown.height)),
    thumbnail: await redact(upright().resize(thumbnail.width, thumbnail.height, { fit: 'cover' }), thumbnail.width),
  }
}

function redactedSize(width: number, height: number) {
  const scale = Math.min(1, redactedPixels / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Blurs by a fixed part of the longer side, so that no size of it shows more than another. */
function redact(picture: Sharp, longerSide: number): Promise<Buffer> {
  return picture
    .flatten({ background: '#808080' })
    .greyscale()
    .blur(Math.max(longerSide / 45, 0.4))
    .linear(0.85, 20)
    .webp({ quality: 60, effort: 0 })
    .toBuffer()
}
