import { AppError } from '#server/http/errors.ts'

/** Clocks differ by a little; what lies further ahead is a wrong one, and would outlast all that is said later. */
const leewayMs = 300_000

/** Null when the time may be believed, the refusal otherwise. */
export function timeNotAhead(since: string, now: Date): AppError | null {
  if (Date.parse(since) <= now.getTime() + leewayMs) return null
  return new AppError('invalid_request', 'The time lies ahead.', [{ path: 'since', message: 'Lies ahead.' }])
}
