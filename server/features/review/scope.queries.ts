import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller, Scope } from '#server/http/route.ts'

/** Who reads: whose reviews `mine` are, and which there are for them. */
export type Reader = Pick<Caller, 'id' | 'scope'>

/** Of the command line and of the server's own work. */
export const everything: Scope = { queues: null, takes: null, seesRestricted: true }

const always = sql<boolean>`true`

/** The condition on `review` under which a review exists for somebody. Everything that shows one goes through it. */
export function inScope({ queues, seesRestricted }: Scope): RawBuilder<boolean> {
  if (seesRestricted) return inQueues(queues)
  return sql<boolean>`(not review.is_restricted and ${inQueues(queues)})`
}

/** Without regard to what is restricted: for those who show a restricted review as such and nothing of it. */
export function inQueues(queues: Scope['queues']): RawBuilder<boolean> {
  if (queues === null) return always
  if (queues.length === 1) return sql<boolean>`review.queue_id = ${queues[0]}`
  return sql<boolean>`review.queue_id = any(${queues}::text[])`
}

/** On `account`: some review in the scope speaks of it; one that none speaks of is seen by those who see all queues. */
export function isAccountInScope(scope: Scope): RawBuilder<boolean> {
  const shown = sql<boolean>`exists (select from review where review.account_id = account.id and ${inScope(scope)})`
  if (scope.queues !== null) return shown
  return sql<boolean>`(${shown} or not exists (select from review where review.account_id = account.id))`
}

/**
 * On `review`: what is offered to somebody who asks for the next one, by their languages, training and opt-outs; null when
 * everything is. A review of which nobody knows the language or the clause is offered to everybody.
 */
export function suits({ skills }: Scope): RawBuilder<boolean> | null {
  if (!skills) return null
  // What is offered is named, not what is left out: so the indexes know the way where little is offered of much.
  const isOneOf = (column: 'policy_id' | 'language', values: readonly string[] | null) =>
    values === null
      ? always
      : sql<boolean>`(${sql.ref(`review.${column}`)} is null or ${sql.ref(`review.${column}`)} = any(${values}::text[]))`
  return sql<boolean>`(${isOneOf('policy_id', skills.clauses)} and ${isOneOf('language', skills.languages)})`
}

export const mayTake = ({ takes }: Scope, queueId: string) => takes === null || takes.includes(queueId)

/** @throws AppError `not_found`, also when it lies outside the scope */
export async function requireReview(db: Db | Tx, reviewId: string, scope: Scope) {
  const row = await db
    .selectFrom('review')
    .select('id')
    .where('id', '=', reviewId)
    .where(inScope(scope))
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', `No review ${reviewId}.`)
}
