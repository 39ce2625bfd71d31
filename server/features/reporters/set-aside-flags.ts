import type { Db, Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { getWeights } from '#server/features/routing/in-force.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { SetAside } from '#shared/contract/reporters.ts'
import { noReporter } from './mark-reporter.ts'
import { reckonAnew } from './reckon-anew.ts'
import { getReporterDetail } from './reporters.queries.ts'
import {
  closeReviews,
  countWanted,
  lockWanted,
  setFlagsAside,
  type Wanted,
  type WantedReview,
  writeRemainders,
} from './set-aside.queries.ts'

/** Longer transactions would delay the event log. */
const reviewsPerTransaction = 200

const nothing = { flags: 0, reviews: 0, closed: 0, flaggedByOthers: 0, inHand: 0, critical: 0 }
type Sums = typeof nothing

/** @throws AppError `not_found` when nothing of this reporter is in the caller's scope */
export async function previewSetAside({ db, now }: Deps, caller: Caller, reporterId: string): Promise<SetAside> {
  const upTo = now()
  await requireReporter(db, reporterId, caller, upTo)
  const tallies = await countWanted(db, { reporterId, upTo, scope: caller.scope })
  const of = (why: (typeof tallies)[number]['why']) => tallies.find((tally) => tally.why === why)?.reviews ?? 0
  const sum = (what: 'flags' | 'reviews') => tallies.reduce((total, tally) => total + tally[what], 0)
  return {
    upTo: upTo.toISOString(),
    flags: sum('flags'),
    reviews: sum('reviews'),
    closed: of('closed'),
    flaggedByOthers: of('others'),
    inHand: of('inHand'),
    critical: of('critical'),
  }
}

/**
 * Sets this reporter's flags on reviews that wait aside: they stay on record and count no more. Nothing is decided. Done
 * in parts; when it breaks off, the same act sent again does the rest.
 *
 * @throws AppError `not_found` when nothing of this reporter is in the caller's scope
 */
export async function setAsideFlags(
  { db, now }: Deps,
  caller: Caller,
  reporterId: string,
  { clientId, upTo }: { clientId: string; upTo: string },
): Promise<SetAside> {
  await requireReporter(db, reporterId, caller, now())
  // What comes in while this is at work was in nobody's preview.
  const until = Math.min(Date.parse(upTo), now().getTime())
  const wanted: Wanted = { reporterId, upTo: new Date(until), scope: caller.scope }
  const done = { ...nothing }
  for (;;) {
    const part = await db.transaction().execute((tx) => setPartAside(tx, wanted, caller, now()))
    if (part.reviews === 0) break
    for (const key of Object.keys(done) as (keyof Sums)[]) done[key] += part[key]
  }
  const act = { clientId, personId: caller.id, operation: `set aside flags of ${reporterId}` }
  return once(db, act, async (tx) => {
    const subject = { kind: 'reporter', id: reporterId }
    await appendEvents(tx, [{ kind: 'reporter.flags_set_aside', by: caller, subject, data: { upTo, ...done } }])
    return { upTo, ...done }
  })
}

async function requireReporter(db: Db, reporterId: string, { scope }: Caller, now: Date) {
  if (!(await getReporterDetail(db, reporterId, { scope, now }))) throw noReporter(reporterId)
}

async function setPartAside(tx: Tx, wanted: Wanted, caller: Caller, at: Date): Promise<Sums> {
  const reviews = await lockWanted(tx, wanted, reviewsPerTransaction)
  if (reviews.length === 0) return nothing
  const ids = reviews.map(({ id }) => id)
  const flags = await setFlagsAside(tx, wanted, ids, { id: caller.id, at })
  const closing = reviews.filter((review) => review.sources === null && review.kept_because === null)
  const weights = await getWeights(tx)
  const remainders = reviews.map((review) =>
    reckonAnew(review, {
      flagCount: Math.max(0, review.flag_count - review.wanted),
      isTurn: closing.includes(review),
      weights,
    }),
  )
  await writeRemainders(tx, remainders)
  if (closing.length > 0)
    await closeReviews(
      tx,
      closing.map(({ id }) => id),
      at,
    )
  await appendEvents(
    tx,
    reviews.map((review, index) => ({
      kind: closing.includes(review) ? 'review.closed_undecided' : 'review.flags_set_aside',
      by: caller,
      subject: { kind: 'review', id: review.id, version: remainders[index]!.version },
      data: { reporterId: wanted.reporterId, flags: review.wanted },
    })),
  )
  const kept = (why: WantedReview['kept_because']) =>
    reviews.filter((review) => review.sources === null && review.kept_because === why).length
  return {
    flags,
    reviews: reviews.length,
    closed: closing.length,
    flaggedByOthers: reviews.filter((review) => review.sources !== null).length,
    inHand: kept('inHand'),
    critical: kept('critical'),
  }
}
