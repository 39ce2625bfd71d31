import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { renewLeases as endpoint, ReviewId } from '#shared/contract/reviews.ts'
import { renewLease } from './renew-lease.ts'

type Renewed = z.input<typeof endpoint.reply>['items'][number]
type Code = NonNullable<Renewed['refusal']>['code']

const codes: readonly string[] = ['not_found', 'already_decided', 'lease_lost', 'held_by_other'] satisfies Code[]

/** Keeps what is mine of these, one after the other: what became of one says nothing of the next. */
export async function renewLeases(
  deps: Deps,
  caller: Caller,
  { reviewIds, seconds }: z.output<typeof endpoint.body>,
): Promise<{ items: Renewed[] }> {
  const leaseMs = Math.min(deps.settings.leaseMs, (seconds ?? Number.POSITIVE_INFINITY) * 1_000)
  const items: Renewed[] = []
  for (const reviewId of new Set(reviewIds)) items.push(await renewOne(deps, caller, reviewId, leaseMs))
  return { items }
}

async function renewOne(deps: Deps, caller: Caller, reviewId: ReviewId, leaseMs: number): Promise<Renewed> {
  try {
    const { lease } = await renewLease({ ...deps, settings: { ...deps.settings, leaseMs } }, caller, reviewId)
    return { reviewId, lease, refusal: null }
  } catch (err) {
    if (!(err instanceof AppError) || !codes.includes(err.code)) throw err
    return { reviewId, lease: null, refusal: { code: err.code as Code, conflict: err.conflict ?? null } }
  }
}
