import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { answerThreat as answerEndpoint, raiseThreat as raiseEndpoint } from '#shared/contract/safety.ts'
import { lockReview } from '../review.queries.ts'
import { closeThreat, getReviewOfThreat, getThreat, insertThreat } from './threats.queries.ts'

type Raised = z.output<typeof raiseEndpoint.body>

/** Puts a review before the eyes of those in charge. It needs no lease: life comes before turns. */
export function raiseThreat({ db, now }: Deps, caller: Caller, reviewId: string, { clientId, line }: Raised) {
  return once(db, { clientId, personId: caller.id, operation: `threat ${reviewId}` }, async (tx) => {
    const review = await lockReview(tx, reviewId, caller.scope)
    if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
    const id = newId()
    await insertThreat(tx, { id, review_id: reviewId, line, raised_by: caller.id, raised_at: now() })
    const subject = { kind: 'review', id: reviewId, version: review.version }
    const data = { threatId: id, lineSha256: hash(line) }
    await appendEvents(tx, [{ kind: 'review.threat_raised', by: caller, subject, data }])
    return (await getThreat(tx, id, caller.scope))!
  })
}

type Answer = z.output<typeof answerEndpoint.body>

/**
 * Writes down who was told, and so takes it off everybody's lists.
 *
 * @throws AppError `not_found`, `already_answered`
 */
export function answerThreat({ db, now }: Deps, caller: Caller, threatId: string, { clientId, told, toldAt }: Answer) {
  return once(db, { clientId, personId: caller.id, operation: `answer threat ${threatId}` }, async (tx) => {
    const report = await getReviewOfThreat(tx, threatId)
    const review = report && (await lockReview(tx, report.review_id, caller.scope))
    if (!review) throw new AppError('not_found', `No threat ${threatId}.`)
    const closing = { told, told_at: toldAt ? new Date(toldAt) : null, closed_by: caller.id, closed_at: now() }
    if (!(await closeThreat(tx, threatId, review.id, closing))) {
      throw new AppError('already_answered', `Threat ${threatId} was answered.`)
    }
    const subject = { kind: 'review', id: review.id, version: review.version }
    const data = { threatId, toldAt: closing.told_at?.toISOString() ?? null, toldSha256: hash(told) }
    await appendEvents(tx, [{ kind: 'review.threat_answered', by: caller, subject, data }])
    return (await getThreat(tx, threatId, caller.scope))!
  })
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
