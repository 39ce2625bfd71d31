import type { Readable } from 'node:stream'
import busboy from 'busboy'
import type { Request } from 'express'
import { AppError } from '#server/http/errors.ts'

/**
 * Reads the one file of a multipart form into memory; its name and the type it is said to have are not looked at. An
 * upload that breaks off leaves nothing behind.
 *
 * @throws AppError `payload_too_large` when the file has more than `maxBytes`; `invalid_request` when there is not
 * exactly one file.
 */
export async function readUpload(req: Request, { maxBytes }: { maxBytes: number }): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes + formBytes) throw tooLarge(maxBytes)
  const form = openForm(req, maxBytes)
  return new Promise<Buffer>((resolve, reject) => {
    const refuse = (error: AppError) => {
      req.unpipe(form)
      req.resume()
      reject(error)
    }
    let file: Promise<Buffer> | null = null
    form.on('file', (_field, stream) => {
      stream.once('limit', () => refuse(tooLarge(maxBytes)))
      file = readAll(stream)
      file.catch(() => {})
    })
    form.on('filesLimit', () => refuse(invalid('The form holds more than one file.')))
    form.on('error', () => refuse(invalid('The form is not multipart/form-data, or it breaks off.')))
    form.on('close', () => {
      if (file) file.then(resolve, () => refuse(invalid('The file breaks off.')))
      else refuse(invalid('The form holds no file.'))
    })
    req.once('close', () => {
      if (!req.complete) refuse(invalid('The request ended early.'))
    })
    req.pipe(form)
  })
}

/** What a form may add to the bytes of its file. */
const formBytes = 100_000

function openForm(req: Request, maxBytes: number) {
  try {
    return busboy({ headers: req.headers, limits: { files: 1, fileSize: maxBytes, fields: 10, fieldSize: 1_000 } })
  } catch {
    throw invalid('Send the file as multipart/form-data.')
  }
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function tooLarge(maxBytes: number) {
  return new AppError('payload_too_large', `The file has more than ${maxBytes / 1_000_000} MB.`)
}

function invalid(message: string) {
  return new AppError('invalid_request', message)
}
