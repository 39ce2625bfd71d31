import { type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import type { ReviewFilter } from '#shared/contract/review-filter.ts'
import { type ReviewState, undecided } from '#shared/domain/words.ts'
import { inScope, type Reader } from './scope.queries.ts'

export type Filter = z.output<typeof ReviewFilter>

/** Decided reviews and those that wait have indexes of their own, so a query is on one side or asks each. */
export type Side = 'undecided' | 'decided'

type Reviews = SelectQueryBuilder<Database, 'review', object>

/** Without a state, the reviews that wait. */
export function sidesOf({ state }: Pick<Filter, 'state'>): Side[] {
  const sides: Side[] = []
  if (!state || state.some((each) => each !== 'decided')) sides.push('undecided')
  if (state?.includes('decided')) sides.push('decided')
  return sides
}

/**
 * The reviews of one side under the filters, before anything is selected: what the list, the counts, the exports and
 * "take the next" have in common. The literal condition on `state` lets PostgreSQL use that side's indexes.
 *
 * @param reader whose reviews `mine` asks for, and outside whose scope there are none
 */
export function findMatching(db: Db | Tx, filter: Filter, side: Side, reader: Reader): Reviews {
  let query: Reviews = db.selectFrom('review').where(inScope(reader.scope))
  query =
    side === 'decided' ? query.where(sql<boolean>`state = 'decided'`) : query.where(sql<boolean>`state <> 'decided'`)
  const states = filter.state?.filter((state) => state !== 'decided') ?? []
  if (side === 'undecided' && isPart(states)) query = query.where(isOneOf('state', states))
  if (filter.mine) query = query.where(side === 'decided' ? decidedBy(reader.id) : heldBy(reader.id))
  if (filter.queue) query = query.where(isOneOf('queue_id', filter.queue))
  if (filter.policy) query = query.where(isOneOfPolicies(filter.policy))
  if (filter.language) query = query.where(isOneOf('language', filter.language))
  if (filter.platform) query = query.where(isOneOf('platform', filter.platform))
  if (filter.accountStatus) query = query.where(isOneOf('account_status', filter.accountStatus))
  return query
}

const isPart = (states: ReviewState[]) => states.length > 0 && undecided.some((state) => !states.includes(state))

/** One value is compared with `=`, so that an index that begins with the column keeps its order. */
function isOneOf(column: string, values: readonly string[]) {
  if (values.length === 1) return sql<boolean>`${sql.ref(column)} = ${values[0]}`
  return sql<boolean>`${sql.ref(column)} = any(${values}::text[])`
}

/** `unsorted` stands for the reviews without a suspected clause. */
function isOneOfPolicies(values: readonly string[]) {
  const policies = values.filter((value) => value !== 'unsorted')
  if (policies.length === values.length) return isOneOf('policy_id', policies)
  if (policies.length === 0) return sql<boolean>`policy_id is null`
  return sql<boolean>`(policy_id is null or ${isOneOf('policy_id', policies)})`
}

const decidedBy = (personId: string) => sql<boolean>`decided_by = ${personId}`

/** By the lease: `holder_id` has no index, so that a claim rewrites none of the list's. */
const heldBy = (personId: string) =>
  sql<boolean>`review.id in (select review_id from lease where holder_id = ${personId})`
