import { once } from 'node:events'
import type { Response, Router } from 'express'
import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import { AppError, toAppError } from '#server/http/errors.ts'
import { type Caller, serveStream } from '#server/http/route.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { ndjsonLines } from './ndjson-lines.ts'
import { unpacked } from './read-body.ts'
import { type LineOutcome, receiveLines } from './receive-lines.ts'

type Lines<Item, Result extends z.ZodType> = {
  result: Result
  /** @throws AppError when the line does not say what it should. */
  parse: (text: string) => Item
  receive: (items: Item[], caller: Caller) => Promise<(z.input<Result> | AppError)[]>
}

/** Serves a batch: one answer for each line, in order, while further lines still come. */
export function serveLines<Item, Result extends z.ZodType>(
  router: Router,
  e: Endpoint,
  { log }: Pick<Deps, 'log'>,
  { result, parse, receive }: Lines<Item, Result>,
) {
  serveStream(router, e, async ({ caller, req, res }) => {
    res.status(e.status).type('application/x-ndjson').flushHeaders()
    const outcomes = receiveLines(ndjsonLines(unpacked(req)), {
      parse,
      receive: (items: Item[]) =>
        receive(items, caller).catch((err) => {
          log.error({ requestId: res.locals.requestId, err }, 'lines could not be kept')
          const { code } = toAppError(err)
          return items.map(() => new AppError(code, 'This could not be kept. It may be sent again.'))
        }),
    })
    let answered = 0
    try {
      for await (const part of outcomes) {
        await write(res, part.map((outcome) => toAnswer(outcome, result)).join(''))
        answered = part.at(-1)?.line ?? answered
      }
    } catch (error) {
      if (res.destroyed) return
      // The answer has begun: why the rest was not read is its last line.
      if (!(error instanceof AppError))
        log.error({ requestId: res.locals.requestId, err: error }, 'lines were not read')
      await write(res, toAnswer({ line: answered + 1, text: null, result: toAppError(error) }, result))
    }
    res.end()
  })
}

function toAnswer<Result extends z.ZodType>({ line, result: outcome }: LineOutcome<unknown>, result: Result): string {
  if (!(outcome instanceof AppError)) {
    return `${JSON.stringify({ line, ok: true, ...(result.parse(outcome) as object) })}\n`
  }
  const { code, message, issues } = outcome
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
