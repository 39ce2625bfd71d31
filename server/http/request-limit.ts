import type { Request, RequestHandler, Response } from 'express'
import { ipKeyGenerator, type Options, rateLimit } from 'express-rate-limit'
import type { Settings } from './deps.ts'
import { AppError } from './errors.ts'
import type { Caller } from './route.ts'

/** Somebody without a session or a key, counted by address. */
const strangersPerMinute = 1_200

const shared = {
  windowMs: 60_000,
  standardHeaders: false,
  legacyHeaders: false,
  handler: (_req, res, _next, { windowMs }) => tooMany(res, windowMs),
} satisfies Partial<Options>

/** Each process counts for itself: it is a stop, not an exact measure. */
export function requestLimit({ requestsPerMinute }: Settings): RequestHandler {
  return rateLimit({
    ...shared,
    keyGenerator: (req, res) => callerOf(res)?.key?.id ?? callerOf(res)?.id ?? addressOf(req),
    limit: (_req, res) => (callerOf(res) ? requestsPerMinute : strangersPerMinute),
  })
}

/** For what strangers may try: counts refusals only, by address unless told otherwise. */
export function attemptLimit({ attemptsPerMinute }: Settings, keyGenerator = addressOf): RequestHandler {
  return rateLimit({ ...shared, keyGenerator, limit: attemptsPerMinute, skipSuccessfulRequests: true })
}

/** The network a request comes from: of IPv6 the /64, which is what one subscriber has. */
export function addressOf(req: Request): string {
  return ipKeyGenerator(req.ip ?? '', 64)
}

/** @throws AppError always */
export function tooMany(res: Response, waitMs: number): never {
  res.set('retry-after', String(Math.ceil(waitMs / 1000)))
  throw new AppError('too_many_requests', `Too many requests. Try again in ${Math.ceil(waitMs / 1000)} seconds.`)
}

function callerOf(res: Response): Caller | undefined {
  return res.locals.caller as Caller | undefined
}
