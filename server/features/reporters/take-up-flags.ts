import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { getWeights } from '#server/features/routing/in-force.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { TakeUp } from '#shared/contract/reporters.ts'
import { noReporter } from './mark-reporter.ts'
import { reckonAnew } from './reckon-anew.ts'
import { getReporterDetail } from './reporters.queries.ts'
import { writeRemainders } from './set-aside.queries.ts'
import { lockSetAside, reopenReviews, type SetAsideReview, takeFlagsUp } from './take-up.queries.ts'

/** Longer transactions would delay the event log. */
const reviewsPerTransaction = 200
const beforeAll = '00000000-0000-0000-0000-000000000000'

/**
 * The way back from setting aside: the flags count again, and what was closed undecided waits again, unless somebody
 * decided it or another review of the same content waits by now. Done in parts, as setting aside is.
 *
 * @throws AppError `not_found` when nothing of this reporter is in the caller's scope
 */
export async function takeUpFlags(
  { db, now }: Deps,
  caller: Caller,
  reporterId: string,
  { clientId }: { clientId: string },
): Promise<TakeUp> {
  const { scope } = caller
  if (!(await getReporterDetail(db, reporterId, { scope, now: now() }))) throw noReporter(reporterId)
  const done = { flags: 0, reviews: 0, reopened: 0, left: 0 }
  for (let after: string | undefined = beforeAll; after !== undefined; ) {
    const asked = { reporterId, scope, after, limit: reviewsPerTransaction }
    const part = await db.transaction().execute(async (tx) => {
      const reviews = await lockSetAside(tx, asked)
      const flags = await takePartUp(tx, reviews, reporterId, caller)
      return { reviews, flags }
    })
    const back = part.reviews.filter((review) => !review.is_left)
    done.flags += part.flags
    done.reviews += back.length
    done.reopened += back.filter((review) => review.is_closed).length
    done.left += part.reviews.length - back.length
    after = part.reviews.at(-1)?.id
  }
  const act = { clientId, personId: caller.id, operation: `take up flags of ${reporterId}` }
  return once(db, act, async (tx) => {
    const subject = { kind: 'reporter', id: reporterId }
    await appendEvents(tx, [{ kind: 'reporter.flags_taken_up', by: caller, subject, data: done }])
    return done
  })
}

async function takePartUp(tx: Tx, all: SetAsideReview[], reporterId: string, caller: Caller): Promise<number> {
  const reviews = all.filter((review) => !review.is_left)
  if (reviews.length === 0) return 0
  const flags = await takeFlagsUp(
    tx,
    reporterId,
    reviews.map(({ id }) => id),
  )
  const closed = reviews.filter((review) => review.is_closed)
  const weights = await getWeights(tx)
  const remainders = reviews.map((review) =>
    reckonAnew(review, { flagCount: review.flag_count + review.wanted, isTurn: review.is_closed, weights }),
  )
  await writeRemainders(tx, remainders)
  if (closed.length > 0)
    await reopenReviews(
      tx,
      closed.map(({ id }) => id),
    )
  await appendEvents(
    tx,
    reviews.map((review, index) => ({
      kind: review.is_closed ? 'review.reopened' : 'review.flags_taken_up',
      by: caller,
      subject: { kind: 'review', id: review.id, version: remainders[index]!.version },
      data: { reporterId, flags: review.wanted },
    })),
  )
  return flags
}
