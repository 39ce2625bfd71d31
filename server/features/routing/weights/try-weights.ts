import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { Weights, WeightsTrial } from '#shared/contract/routing.ts'
import { weigh } from '../reckoning/reckon-waiting.ts'
import { findWeighed } from '../reckoning/reckoning.queries.ts'
import { requireWhole } from '../require-whole.ts'

const mostLooked = 2_000
const mostShown = 12

/** What other weights would make of the reviews that stand first now. */
export async function tryWeights({ db }: Deps, caller: Caller, weights: Weights): Promise<WeightsTrial> {
  requireWhole(caller)
  const { seesRestricted } = caller.scope
  const found = await findWeighed(db, { limit: mostLooked, seesRestricted })
  const rows = found.slice(0, mostLooked).map((row, index) => ({
    id: row.id,
    number: row.number,
    before: row.priority,
    placeBefore: index + 1,
    priority: weigh(row, weights).priority,
  }))
  const order = rows.toSorted((a, b) => b.priority - a.priority || (a.id < b.id ? 1 : -1))
  return {
    looked: { value: rows.length, exact: found.length <= mostLooked },
    higher: rows.filter((row) => row.priority > row.before).length,
    lower: rows.filter((row) => row.priority < row.before).length,
    first: order.slice(0, mostShown).map(({ id, number, ...row }, index) => ({
      ...row,
      reviewId: id as ReviewId,
      reference: `DKT-${number}`,
      place: index + 1,
    })),
  }
}
