import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { holdReview as endpoint } from '#shared/contract/turns.ts'
import { type Pass, passReview } from './pass-review.ts'

const longestMs = 30 * 86_400_000

/**
 * Lets a review of mine wait until a time. It opens again then, or when somebody resumes it.
 *
 * @throws AppError `invalid_request` for a time that is past or more than 30 days ahead, or no text with `other`
 */
export function holdReview(deps: Deps, caller: Caller, reviewId: string, body: z.output<typeof endpoint.body>) {
  const { reason, text, wakeAt, ...asked } = body
  const pass = holding({ reason, text, wakeAt })
  return passReview(deps, caller, { name: 'hold', reviewId, asked, whose: 'mine' }, pass)
}

type Holding = Pick<z.output<typeof endpoint.body>, 'reason' | 'text' | 'wakeAt'>

export function holding({ reason, text, wakeAt }: Holding): Pass {
  return (_tx, { at }) => {
    const wake_at = new Date(wakeAt)
    requireTime(wake_at, at)
    if (reason === 'other' && text === '') throw fault('text', 'Say what it waits for.')
    return {
      event: 'review.held',
      set: { state: 'on_hold', wake_at },
      turn: { kind: 'held', reason, text, wake_at },
    }
  }
}

function requireTime(wakeAt: Date, now: Date) {
  if (wakeAt <= now) throw fault('wakeAt', 'Is in the past.')
  if (wakeAt.getTime() - now.getTime() > longestMs) throw fault('wakeAt', 'Is more than 30 days ahead.')
}

const fault = (path: string, message: string) =>
  new AppError('invalid_request', 'The review cannot be put on hold so.', [{ path, message }])
