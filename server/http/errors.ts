import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Conflict } from '#shared/contract/conflict.ts'
import { type ApiErrorBody, type ErrorCode, errorStatus } from '#shared/contract/errors.ts'
import { outageOf } from './outages.ts'

type Details = { issues?: ApiErrorBody['issues']; conflict?: Conflict }

/** The one way to refuse a request on purpose. Anything else that is thrown is a bug and answers 500. */
export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode
  readonly issues: ApiErrorBody['issues']
  readonly conflict: Conflict | undefined

  constructor(code: ErrorCode, message: string, details: Details | ApiErrorBody['issues'] = {}) {
    super(message)
    this.code = code
    this.issues = Array.isArray(details) ? details : details.issues
    this.conflict = Array.isArray(details) ? undefined : details.conflict
  }
}

/** Parses what the client sent. A ZodError from anywhere else (a reply, an event) is our bug, not theirs. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  const issues = parsed.error?.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const refused = issues ?? findUnstorable(parsed.data, [])
  if (parsed.success && refused.length === 0) return parsed.data
  throw new AppError('invalid_request', 'The request does not fit the contract.', refused)
}

type Issue = { path: string; message: string }

/** Texts that no database row can hold, in whatever field. */
function findUnstorable(value: unknown, path: string[]): Issue[] {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) return [{ path: path.join('.'), message: 'Contains U+0000, which cannot be stored.' }]
    if (value.isWellFormed()) return []
    return [{ path: path.join('.'), message: 'Contains a lone surrogate, which cannot be stored.' }]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => findUnstorable(inner, [...path, key]))
}

/** Codes that express and its parsers give their own errors. */
const known: Record<string, { code: ErrorCode; message: string }> = {
  'entity.parse.failed': { code: 'invalid_request', message: 'The body is not JSON.' },
  'entity.too.large': { code: 'payload_too_large', message: 'The body is too large.' },
  'encoding.unsupported': { code: 'invalid_request', message: 'The body has an encoding that is not supported.' },
  'charset.unsupported': { code: 'invalid_request', message: 'The body has a character set that is not supported.' },
  'request.aborted': { code: 'invalid_request', message: 'The request ended early.' },
}

const outages = {
  not_ready: 'The database does not answer. Try again.',
  storage_full: 'There is no room left to keep anything.',
} as const

/** The one way an error becomes an answer. What an outage kept from being done may be sent again. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const outage = outageOf(error)
  if (outage) return new AppError(outage, outages[outage])
  const { type, status } = (error ?? {}) as { type?: string; status?: number }
  const parser = type ? known[type] : undefined
  if (parser) return new AppError(parser.code, parser.message)
  // What else express's parsers refuse, such as a body that is no gzip.
  if (status === 400) return new AppError('invalid_request', 'The body cannot be read.')
  if (error instanceof URIError) return new AppError('invalid_request', 'The path is not valid.')
  return new AppError('internal', 'Unexpected error.')
}

export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error, _req, res, next) => {
    if (res.headersSent) return next(error)
    const refused = toAppError(error)
    const requestId = String(res.locals.requestId)
    if (errorStatus[refused.code] >= 500) log.error({ requestId, err: error }, 'request failed')
    if (refused.code === 'not_ready') res.set('retry-after', '2')
    const body: ApiErrorBody = {
      code: refused.code,
      message: refused.message,
      requestId,
      ...(refused.issues && { issues: refused.issues }),
      ...(refused.conflict && { conflict: refused.conflict }),
    }
    res.status(errorStatus[refused.code]).json(body)
  }
}
