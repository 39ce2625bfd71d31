import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Request } from 'express'
import { AppError } from '#server/http/errors.ts'

/** @throws AppError `payload_too_large`, or `invalid_request` when it is not UTF-8. */
export async function readText(req: Request, maxBytes: number): Promise<string> {
  const tooLarge = new AppError('payload_too_large', `The body has more than ${maxBytes} bytes.`)
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) throw tooLarge
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of unpacked(req)) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  if (!isUtf8(bytes)) throw new AppError('invalid_request', 'The body is not UTF-8.')
  return bytes.toString('utf8')
}

/** @throws AppError `invalid_request` when the body breaks off, or what is said to be gzip is not. */
export async function* unpacked(req: Request): AsyncGenerator<Buffer> {
  const encoding = req.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new AppError('invalid_request', `The body has an encoding that is not supported: ${encoding}.`)
  }
  const stream: Readable = encoding === 'gzip' ? unzipped(req) : req
  try {
    // Not destroyed when reading ends early: the refusal still has to go out on the same connection.
    yield* stream.iterator({ destroyOnReturn: false })
  } catch {
    throw new AppError('invalid_request', req.complete ? 'The body is not gzip.' : 'The request ended early.')
  }
}

function unzipped(req: Request): Readable {
  const gunzip = createGunzip()
  req.once('close', () => {
    if (!req.complete) gunzip.destroy(new Error('The request ended early.'))
  })
  return req.pipe(gunzip)
}
