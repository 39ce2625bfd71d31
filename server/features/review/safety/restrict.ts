import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { withdrawLeases } from '../lease/lease.queries.ts'
import { lockReview } from '../review.queries.ts'
import {
  findFilesWithLateReviews,
  findLeasesOfUnseeing,
  followMarks,
  isShownIn,
  lockDecidedUnderRestricted,
  lockReviewsShowing,
  markMedia,
  markReview,
} from './restrictions.queries.ts'

type Mark = { clientId: string; isRestricted: boolean }

/**
 * Marks one review. Whoever may not see what is restricted loses it: what they hold goes back.
 *
 * @throws AppError `not_found`, also for a mark that the caller does not see
 */
export function restrictReview({ db }: Deps, caller: Caller, reviewId: string, { clientId, isRestricted }: Mark) {
  const operation = `restrict review ${reviewId} ${isRestricted}`
  return once(db, { clientId, personId: caller.id, operation }, async (tx) => {
    const review = await lockReview(tx, reviewId, caller.scope)
    if (!review) throw new AppError('not_found', `No review ${reviewId}.`)
    const isNew = await markReview(tx, reviewId, isRestricted)
    if (isNew) {
      const kind = isRestricted ? 'review.marked_restricted' : 'review.unmarked_restricted'
      const subject = { kind: 'review', id: reviewId, version: review.version }
      await appendEvents(tx, [{ kind, by: caller, subject }])
      await follow(tx, [review], caller)
    }
    return answer(isRestricted, caller)
  })
}

/**
 * Marks one file, and with it every review that shows it, those outside the caller's sight included.
 *
 * @throws AppError `not_found`, also when no review that the caller sees shows it
 */
export function restrictMedia({ db }: Deps, caller: Caller, sha256: string, { clientId, isRestricted }: Mark) {
  const operation = `restrict media ${sha256} ${isRestricted}`
  return once(db, { clientId, personId: caller.id, operation }, async (tx) => {
    const reviews = await lockReviewsShowing(tx, sha256)
    if (!(await isShownIn(tx, sha256, caller.scope))) throw new AppError('not_found', `No media ${sha256}.`)
    const isNew = await markMedia(tx, sha256, isRestricted)
    if (isNew) {
      const kind = isRestricted ? 'media.restricted' : 'media.unrestricted'
      await appendEvents(tx, [{ kind, by: caller, subject: { kind: 'media', id: sha256 } }])
      await follow(tx, reviews, caller)
    }
    return answer(isRestricted, caller)
  })
}

const answer = (isRestricted: boolean, { scope }: Caller) => ({
  isRestricted,
  isVisible: !isRestricted || scope.seesRestricted,
})

/**
 * Lets reviews follow that could not at once: those taken in while somebody marked a file that they show, as neither saw
 * the other, and those decided under a restricted clause, which whoever decided them may undo before. To be called again
 * and again, in any process.
 *
 * @returns how many there were
 */
export async function restrictLateReviews({
  db,
  now,
  settings,
}: Pick<Deps, 'db' | 'now' | 'settings'>): Promise<number> {
  const at = now().getTime()
  let count = await db.transaction().execute(async (tx) => {
    const span = { from: new Date(at - lateMs), to: new Date(at - settings.undoMs) }
    return follow(tx, await lockDecidedUnderRestricted(tx, span), null)
  })
  for (const sha256 of await findFilesWithLateReviews(db, new Date(at - lateMs))) {
    count += await db.transaction().execute(async (tx) => follow(tx, await lockReviewsShowing(tx, sha256), null))
  }
  return count
}

/** Longer than anything takes to be taken in. */
const lateMs = 300_000

/** Lets locked reviews follow what restricts them, and takes them from those who may not see them by now. */
async function follow(tx: Tx, reviews: Parameters<typeof followMarks>[1], by: Caller | null): Promise<number> {
  const changed = await followMarks(tx, reviews)
  await appendEvents(
    tx,
    changed.map(({ id, version, is_restricted }) => ({
      kind: is_restricted ? 'review.restricted' : 'review.unrestricted',
      by,
      subject: { kind: 'review', id, version },
    })),
  )
  const hidden = changed.filter(({ is_restricted }) => is_restricted).map(({ id }) => id)
  await withdrawLeases(tx, await findLeasesOfUnseeing(tx, hidden), { by, cause: 'restricted' })
  return changed.length
}
