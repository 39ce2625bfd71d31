import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { AppError } from '#server/http/errors.ts'

/** Pictures with more pixels are refused before they are decoded: a small file can unfold into gigabytes. */
export const maxPixels = 50_000_000

export type Inspected = {
  mime: string
  /** Pixels after the picture's own orientation was applied; null where it is no picture. */
  width: number | null
  height: number | null
}

const pictures = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']

/**
 * Says what bytes are, from the bytes alone, and decodes a picture once, whole, to know that it can be shown.
 *
 * @throws AppError `unsupported_media`, its message naming what is wrong.
 */
export async function inspectMedia(bytes: Buffer): Promise<Inspected> {
  if (bytes.length === 0) throw refused('The file is empty.')
  const mime = (await fileTypeFromBuffer(bytes))?.mime
  if (mime?.startsWith('video/') || mime?.startsWith('audio/')) return { mime, width: null, height: null }
  if (mime && pictures.includes(mime)) return { mime, ...(await decode(bytes)) }
  if (looksLikeMarkup(bytes)) throw refused('SVG, HTML and other markup is not accepted: it can carry scripts.')
  const what = mime ? `Files of the type ${mime} are not accepted.` : 'The bytes are of no known type.'
  throw refused(`${what} Pictures (JPEG, PNG, WebP, GIF, AVIF), video and audio are.`)
}

async function decode(bytes: Buffer): Promise<{ width: number; height: number }> {
  const picture = sharp(bytes, { failOn: 'warning', limitInputPixels: maxPixels, sequentialRead: true })
  try {
    const { width, height, autoOrient } = await picture.metadata()
    if (width * height > maxPixels) {
      throw refused(
        `The picture has ${width} × ${height} pixels; at most ${maxPixels / 1_000_000} million are accepted.`,
      )
    }
    await picture.resize(32, 32, { fit: 'inside' }).raw().toBuffer()
    return { width: autoOrient.width, height: autoOrient.height }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (reason.includes('pixel limit')) {
      throw refused(`The picture has more than ${maxPixels / 1_000_000} million pixels, the most that is accepted.`)
    }
    throw refused(`The picture is damaged: ${reason.split('\n')[0]}.`)
  }
}

function looksLikeMarkup(bytes: Buffer): boolean {
  return bytes.subarray(0, 1_000).toString('utf8').trimStart().startsWith('<')
}

function refused(message: string): AppError {
  return new AppError('unsupported_media', message)
}
