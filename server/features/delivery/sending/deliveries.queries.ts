import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { DeliveryTable } from '#server/db/schema/deliveries.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import { canBeRetried } from './list.queries.ts'

export type NewDelivery = Pick<
  DeliveryTable,
  'id' | 'receiver_id' | 'decision_id' | 'measure_id' | 'account_id' | 'body'
>

/** In the order in which they are to be sent. Their accounts are locked, so that the order stands for each of them. */
export async function insertDeliveries(tx: Tx, deliveries: NewDelivery[], now: Date) {
  if (deliveries.length === 0) return
  const rows = deliveries.map((delivery) => ({
    ...delivery,
    state: 'pending' as const,
    next_at: now,
    made_at: now,
    changed_at: now,
  }))
  await tx.insertInto('delivery').values(rows).execute()
}

/**
 * Takes back deliveries of superseded decisions that have not arrived and are not being sent at this moment: a newer one
 * says all that is to hold.
 */
export async function cancelOvertaken(tx: Tx, decisionIds: string[], now: Date): Promise<Overtaken[]> {
  const { rows } = await sql<Overtaken>`
    with recursive earlier as (
      select supersedes_id as id from decision where id = any(${decisionIds}::uuid[]) and supersedes_id is not null
      union
      select decision.supersedes_id from earlier join decision on decision.id = earlier.id
      where decision.supersedes_id is not null
    )
    update delivery set state = 'cancelled', changed_at = ${now}
    where measure_id is null and state in ('pending', 'failed') and decision_id in (select id from earlier)
    returning id, decision_id, receiver_id, attempts`.execute(tx)
  return rows
}

export type Overtaken = Pick<LockedDelivery, 'id' | 'decision_id' | 'receiver_id' | 'attempts'>

export type Claimed = {
  id: string
  receiver_id: string
  account_id: string
  body: string
  attempts: number
  url: string
}

type Claim = { now: Date; until: Date; limit: number; busy: string[] }

/**
 * Takes deliveries that are due, the longest due first, one for each account and receiver: what comes later for the same
 * account waits until the earlier one has arrived, or was cancelled. One that is not finished by `until` counts as lost
 * and is taken again.
 *
 * @param busy receivers that have their hands full
 */
export async function claimDeliveries(db: Db | Tx, { now, until, limit, busy }: Claim): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    update delivery set state = 'sending', attempts = delivery.attempts + 1, next_at = ${until}, changed_at = ${now}
    from receiver
    where receiver.id = delivery.receiver_id and delivery.id in (
      select due.id from delivery as due
      join receiver on receiver.id = due.receiver_id and receiver.is_active
      where due.state in ('pending', 'sending') and due.next_at <= ${now}
        and due.receiver_id <> all(${busy}::uuid[])
        and not exists (
          select from delivery as ahead
          where ahead.receiver_id = due.receiver_id and ahead.account_id = due.account_id and ahead.number < due.number
            and ahead.state in ('pending', 'sending', 'failed'))
      order by due.next_at
      limit ${limit}
      for no key update of due skip locked)
    returning delivery.id, delivery.receiver_id, delivery.account_id, delivery.body, delivery.attempts, receiver.url
    `.execute(db)
  return rows
}

/** The delivery, locked until the transaction ends. Lock its account before. */
export function lockDelivery(tx: Tx, deliveryId: string) {
  return tx
    .selectFrom('delivery')
    .innerJoin('receiver', 'receiver.id', 'delivery.receiver_id')
    .selectAll('delivery')
    .select(['receiver.name as receiver_name', 'receiver.sources as receiver_sources'])
    .where('delivery.id', '=', deliveryId)
    .forNoKeyUpdate('delivery')
    .executeTakeFirst()
}
export type LockedDelivery = NonNullable<Awaited<ReturnType<typeof lockDelivery>>>

type Change = Partial<
  Pick<DeliveryTable, 'state' | 'next_at' | 'last_error' | 'answer' | 'answer_text' | 'answered_at'>
>

export async function updateDelivery(tx: Tx, deliveryId: string, change: Change & { changed_at: Date }) {
  await tx.updateTable('delivery').set(change).where('id', '=', deliveryId).execute()
}

/** A later decision stands in this one's place and has been handed to its own deliveries, or was recorded. */
export async function isOvertaken(tx: Tx, decisionId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('decision')
    .innerJoin('outbox', 'outbox.decision_id', 'decision.id')
    .select('decision.id')
    .where('decision.supersedes_id', '=', decisionId)
    .where('outbox.state', 'not in', ['pending', 'cancelled'])
    .executeTakeFirst()
  return row !== undefined
}

/** Where to begin locking; undefined when there is none in this scope. */
export function getDeliveryPlace(tx: Tx, deliveryId: string, scope: Scope) {
  return tx
    .selectFrom('delivery')
    .innerJoin('decision', 'decision.id', 'delivery.decision_id')
    .innerJoin('review', 'review.id', 'decision.review_id')
    .select('delivery.account_id')
    .where('delivery.id', '=', deliveryId)
    .where(inScope(scope))
    .executeTakeFirst()
}

export async function isRetriable(tx: Tx, deliveryId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('delivery')
    .select(canBeRetried.as('can_retry'))
    .where('id', '=', deliveryId)
    .executeTakeFirstOrThrow()
  return row.can_retry
}

/** A new round of tries, beginning now. */
export async function startAgain(tx: Tx, deliveryId: string, now: Date) {
  await tx
    .updateTable('delivery')
    .set((eb) => ({ state: 'pending' as const, attempts_before: eb.ref('attempts'), next_at: now, changed_at: now }))
    .where('id', '=', deliveryId)
    .execute()
}

/** The names of those who flagged what was decided. */
export async function findFlagSources(tx: Tx, decisionId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('decision')
    .innerJoin('flag', 'flag.review_id', 'decision.review_id')
    .select('flag.source_name')
    .distinct()
    .where('decision.id', '=', decisionId)
    .execute()
  return rows.map((row) => row.source_name)
}
