import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'

/** On `person` and `review`: somebody who is let in and sees that review. */
const isThereFor: RawBuilder<boolean> = sql`(person."disabledAt" is null and not person."isProgram"
  and (person."seesRestricted" or not review.is_restricted)
  and (person."seesAllQueues" or exists (
    select from queue_member as seen where seen.person_id = person.id and seen.queue_id = review.queue_id)))`

/**
 * On `person` and `review`: somebody who may work on that review, and does not keep away from its clause. Whoever sees all
 * takes from all, unless some are named.
 */
export const isAbleToTake: RawBuilder<boolean> = sql`(${isThereFor} and person.role in ('reviewer', 'supervisor')
  and (exists (select from queue_member as taken
      where taken.person_id = person.id and taken.queue_id = review.queue_id and taken.may_take)
    or (person."seesAllQueues" and not exists (select from queue_member as named where named.person_id = person.id)))
  and not keeps_away(person."optedOut", person."trained", review.policy_id))`

/** On `person` and `review`: somebody who may answer when that review is handed up to them. */
export const isAbleToAnswer: RawBuilder<boolean> = sql`(${isThereFor} and person.role in ('reviewer', 'supervisor', 'admin'))`

export async function isAble(tx: Tx, personId: string, reviewId: string, to: 'take' | 'answer'): Promise<boolean> {
  const { rows } = await sql`
    select from auth."user" as person join review on review.id = ${reviewId}::uuid
    where person.id = ${personId} and ${to === 'take' ? isAbleToTake : isAbleToAnswer}`.execute(tx)
  return rows.length > 0
}

/** @throws AppError `cannot_take` when that person could do nothing with the review */
export async function requireAble(tx: Tx, personId: string, reviewId: string, to: 'take' | 'answer') {
  if (!(await isAble(tx, personId, reviewId, to)))
    throw new AppError('cannot_take', `${personId} cannot ${to} review ${reviewId}.`)
}
