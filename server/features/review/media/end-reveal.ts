import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { countExposure } from '#server/features/wellbeing/exposure.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { lockReview } from '../review.queries.ts'
import { everything } from '../scope.queries.ts'
import { closeReveal, lockReveal } from './reveals.queries.ts'

/** Records that an original is hidden again. It ends once: a second end changes nothing. */
export function endReveal({ db, now }: Deps, caller: Caller, revealId: string, shownMs: number) {
  return db.transaction().execute(async (tx) => {
    const reveal = await lockReveal(tx, revealId, caller.id)
    if (!reveal) throw new AppError('not_found', `No reveal ${revealId} of yours.`)
    if (reveal.ended_at) return {}
    const review = await lockReview(tx, reveal.review_id, everything)
    const [from, endedAt] = [reveal.granted_at, now()]
    await closeReveal(tx, revealId, { endedAt, shownMs })
    // Not longer than there was time for; the day is the one on which it began.
    const seenMs = Math.min(shownMs, Math.max(0, endedAt.getTime() - from.getTime()))
    await countExposure(tx, caller, { at: from, policyId: review!.policy_id, shownMs: seenMs })
    const subject = { kind: 'review', id: reveal.review_id, version: review!.version }
    const data = { revealId, mediaSha256: reveal.media_sha256, shownMs }
    await appendEvents(tx, [{ kind: 'media.hidden', by: caller, subject, data }])
    return {}
  })
}
