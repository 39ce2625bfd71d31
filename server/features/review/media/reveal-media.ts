import { createHash, randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { countExposure, requireBudget } from '#server/features/wellbeing/exposure.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { revealMedia as endpoint } from '#shared/contract/reviews.ts'
import { lockReview } from '../review.queries.ts'
import { getShownMedia, insertReveal, replaceGrant } from './reveals.queries.ts'

type Input = z.output<typeof endpoint.body>

/**
 * Lets one person see one original once, within the day's budget. The event is there before the first byte; the grant is kept as a hash only, so a
 * repeat of the request gets another grant of the same reveal, which counts once.
 *
 * @throws AppError `exposure_budget_reached`
 */
export async function revealMedia(deps: Deps, caller: Caller, reviewId: string, { clientId, sha256, variant }: Input) {
  const { db, now, settings } = deps
  const grant = randomBytes(32).toString('base64url')
  let isRepeat = true
  const act = { clientId, personId: caller.id, operation: `reveal ${reviewId} ${sha256} ${variant}` }
  const reveal = await once(db, act, async (tx) => {
    isRepeat = false
    const review = await lockReview(tx, reviewId, caller.scope)
    const media = review && (await getShownMedia(tx, sha256, caller.scope, reviewId))
    if (!media) throw new AppError('not_found', `Review ${reviewId} shows no media ${sha256}.`)
    if (media.is_restricted && !caller.scope.seesRestricted)
      throw new AppError('forbidden', `Media ${sha256} is restricted.`)
    const [id, grantedAt] = [newId(), now()]
    await requireBudget(tx, caller, grantedAt)
    await countExposure(tx, caller, { at: grantedAt, policyId: review.policy_id, reveals: 1 })
    const expiresAt = new Date(grantedAt.getTime() + settings.grantMs)
    await insertReveal(tx, {
      id,
      review_id: reviewId,
      media_sha256: sha256,
      variant,
      person_id: caller.id,
      grant_sha256: hashGrant(grant),
      granted_at: grantedAt,
      expires_at: expiresAt,
    })
    const subject = { kind: 'review', id: reviewId, version: review.version }
    const data = { revealId: id, mediaSha256: sha256, variant }
    await appendEvents(tx, [{ kind: 'media.revealed', by: caller, subject, data }])
    return { revealId: id, expiresAt: expiresAt.toISOString() }
  })
  if (isRepeat) await replaceGrant(db, reveal.revealId, hashGrant(grant))
  return { ...reveal, url: `/api/v1/media/${sha256}/${variant}?grant=${grant}` }
}

export const hashGrant = (grant: string) => createHash('sha256').update(grant).digest('hex')
