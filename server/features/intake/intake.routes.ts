import { isUtf8 } from 'node:buffer'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Request, Response, Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { AppError, toAppError } from '#server/http/errors.ts'
import { serveStream } from '#server/http/route.ts'
import { createFlag, createFlags, FlagResult } from '#shared/contract/flags.ts'
import { ndjsonLines } from './ndjson-lines.ts'
import { parseFlag } from './parse-flag.ts'
import { receiveFlags } from './receive-flags.ts'
import { type LineOutcome, receiveLines } from './receive-lines.ts'

export function intakeRoutes(router: Router, deps: Deps) {
  // The body is read here because its very text is kept with the flag.
  serveStream(router, createFlag, async ({ caller, req, res }) => {
    const flag = parseFlag(await readText(req, createFlag.maxBytes))
    const [result] = await receiveFlags(deps, { by: caller, flags: [flag], now: deps.now() })
    if (result instanceof AppError) throw result
    res.status(createFlag.status).json(createFlag.reply.parse(result))
  })

  serveStream(router, createFlags, async ({ caller, req, res }) => {
    res.status(createFlags.status).type('application/x-ndjson').flushHeaders()
    const outcomes = receiveLines(ndjsonLines(unpacked(req)), {
      parse: parseFlag,
      receive: (flags) =>
        receiveFlags(deps, { by: caller, flags, now: deps.now() }).catch((err) => {
          deps.log.error({ requestId: res.locals.requestId, err }, 'flags could not be kept')
          const { code } = toAppError(err)
          return flags.map(() => new AppError(code, 'The flag could not be kept. It may be sent again.'))
        }),
    })
    for await (const part of outcomes) await write(res, part.map(toAnswer).join(''))
    res.end()
  })
}

function toAnswer({ line, result }: LineOutcome<FlagResult>): string {
  if (!(result instanceof AppError)) return `${JSON.stringify({ line, ok: true, ...FlagResult.parse(result) })}\n`
  const { code, message, issues } = result
  return `${JSON.stringify({ line, ok: false, code, message, ...(issues && { issues }) })}\n`
}

const maxUnreadBytes = 32_000_000

/**
 * Many senders read no answer before they have sent everything. So answers may pile up some way before a sender who
 * does not read is made to wait: stopping at once would leave both waiting for each other.
 */
async function write(res: Response, text: string) {
  if (res.destroyed) throw new AppError('invalid_request', 'The connection ended.')
  res.write(text)
  if (res.writableLength > maxUnreadBytes) await Promise.race([once(res, 'drain'), once(res, 'close')])
}

/** @throws AppError `payload_too_large`, or `invalid_request` when it is not UTF-8. */
async function readText(req: Request, maxBytes: number): Promise<string> {
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
async function* unpacked(req: Request): AsyncGenerator<Buffer> {
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
