import sharp, { type Sharp } from 'sharp'
import { type Look, plainLook } from '#shared/domain/redaction.ts'
import { maxPixels } from './inspect-media.ts'

const displayPixels = 1_600
/** A blur this wide leaves nothing that more pixels would show. */
const redactedPixels = 320
/** Drawn at 44 × 33 or a little more, twice as dense. */
const thumbnailSize = { width: 128, height: 96 }

/** The longer side of a picture in radii of the blur. */
const sideInRadii = { soft: 64, medium: 45, strong: 22 } as const

/** A picture redacted in one look. */
export type Redacted = Record<'redacted' | 'thumbnail', Buffer>

/**
 * Makes what may be shown of a picture: upright, first frame only, without any metadata. The redacted ones are blurred
 * before they are stored: shapes can be told apart, what they show cannot.
 */
export async function derive(
  original: Buffer,
  looks: readonly Look[] = [plainLook],
): Promise<{ display: Buffer; redacted: Map<Look, Redacted> }> {
  const { data, info } = await sharp(original, { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true })
    .autoOrient()
    .resize(displayPixels, displayPixels, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const upright = sharp(data, { raw: { width, height, channels } })
  const display = await upright.clone().webp({ quality: 82, effort: 1 }).toBuffer()
  return { display, redacted: await redactAll(upright, looks) }
}

/** Redacts a picture that `derive` made to be shown, in a look that nobody had asked for then. */
export async function deriveLook(display: Buffer, look: Look): Promise<Redacted> {
  const redacted = await redactAll(sharp(display, { failOn: 'error', sequentialRead: true }), [look])
  return redacted.get(look)!
}

/** The picture is made small once; every look is drawn from that. */
async function redactAll(picture: Sharp, looks: readonly Look[]): Promise<Map<Look, Redacted>> {
  const { data, info } = await picture
    .clone()
    .flatten({ background: '#808080' })
    .resize(redactedPixels, redactedPixels, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const small = () => sharp(data, { raw: { width, height, channels } })
  const made = new Map<Look, Redacted>()
  for (const look of looks) {
    made.set(look, {
      redacted: await redact(small(), look, Math.max(width, height)),
      thumbnail: await redact(small().resize({ ...thumbnailSize, fit: 'cover' }), look, thumbnailSize.width),
    })
  }
  return made
}

/** Blurs by a fixed part of the longer side, so that no size of it shows more than another. */
function redact(picture: Sharp, look: Look, longerSide: number): Promise<Buffer> {
  const [strength, grey] = look.split('-') as [keyof typeof sideInRadii, 'grey'?]
  return picture
    .greyscale(grey !== undefined)
    .blur(Math.max(longerSide / sideInRadii[strength], 0.4))
    .linear(0.85, 20)
    .webp({ quality: 95, effort: 0 })
    .toBuffer()
}
