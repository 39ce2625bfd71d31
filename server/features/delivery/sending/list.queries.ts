import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { cutPage, readCursor, walk } from '#server/db/paging.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { DeliveryFilter, DeliveryRow, listDeliveries } from '#shared/contract/deliveries.ts'

type ListQuery = z.output<typeof listDeliveries.query>

const sort = 'newest'
/** Counting stops here. */
const mostCounted = 10_000

/** A page of what was sent, the newest first, cut by what the caller may see of reviews. */
export async function findDeliveries(db: Db, { limit, cursor: text, ...filter }: ListQuery, scope: Scope) {
  const cursor = readCursor(text, sort)
  const { compare, order } = walk(cursor, 'desc')
  let query = selectRows(db, filter, scope)
  if (cursor) {
    query = query.where(
      sql<boolean>`(delivery.number, delivery.id) ${sql.raw(compare)} (${cursor.value}, ${cursor.id}::uuid)`,
    )
  }
  const [rows, count] = await Promise.all([
    query
      .orderBy('delivery.number', order)
      .orderBy('delivery.id', order)
      .limit(limit + 1)
      .execute(),
    cursor ? null : countDeliveries(db, filter, scope),
  ])
  const place = (row: Row) => ({ value: row.number, id: row.id })
  const { items, ...cursors } = cutPage(rows, { limit, cursor, sort, place })
  return { items: items.map(toDeliveryRow), ...cursors, count }
}

function matching(db: Db, { state, answer, receiver }: DeliveryFilter, scope: Scope) {
  let query = db
    .selectFrom('delivery')
    .innerJoin('decision', 'decision.id', 'delivery.decision_id')
    .innerJoin('review', 'review.id', 'decision.review_id')
    .where(inScope(scope))
  if (state) query = query.where('delivery.state', 'in', state)
  if (answer) query = query.where('delivery.answer', 'in', answer)
  if (receiver) query = query.where('delivery.receiver_id', 'in', receiver)
  return query
}

async function countDeliveries(db: Db, filter: DeliveryFilter, scope: Scope) {
  const { count } = await db
    .selectFrom(
      matching(db, filter, scope)
        .select('delivery.id')
        .limit(mostCounted + 1)
        .as('counted'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return { value: Math.min(count, mostCounted), exact: count <= mostCounted }
}

function selectRows(db: Db, filter: DeliveryFilter, scope: Scope) {
  return matching(db, filter, scope)
    .innerJoin('receiver', 'receiver.id', 'delivery.receiver_id')
    .selectAll('delivery')
    .select(['receiver.name', 'review.id as review_id', 'review.number as review_number'])
    .select(['review.handle', 'review.platform', 'decision.outcome'])
    .select(canBeRetried.as('can_retry'))
}

/**
 * On `delivery`: it failed; or it was refused and nothing has been sent since about the same account, whose order would
 * be turned round. Not when a later decision stands in its place.
 */
export const canBeRetried = sql<boolean>`(
  delivery.state = 'failed' or delivery.state = 'delivered' and delivery.answer is not distinct from 'refused' and not exists (
    select from delivery as later
    where later.receiver_id = delivery.receiver_id and later.account_id = delivery.account_id
      and later.number > delivery.number and later.state <> 'cancelled'
  ) and not exists (
    select from decision as later join outbox on outbox.decision_id = later.id
    where later.supersedes_id = delivery.decision_id and outbox.state not in ('pending', 'cancelled')
  ))`

type Row = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number]
type Told = { apply: { target: string; kind: string }[]; lift: { target: string; kind: string }[] }

function toDeliveryRow(row: Row): DeliveryRow {
  const { apply, lift } = JSON.parse(row.body) as Told
  const name = ({ target, kind }: Told['apply'][number]) => `${target}.${kind}`
  return {
    id: row.id,
    receiverId: row.receiver_id,
    receiverName: row.name,
    decisionId: row.decision_id,
    reviewId: row.review_id,
    reviewReference: toReference(row.review_number),
    accountId: row.account_id,
    handle: row.handle,
    platform: row.platform,
    outcome: row.outcome,
    about: row.measure_id ? 'lapse' : 'decision',
    apply: apply.map(name),
    lift: lift.map(name),
    state: row.state,
    attempts: row.attempts,
    nextAt: row.state === 'pending' ? row.next_at.toISOString() : null,
    changedAt: row.changed_at.toISOString(),
    madeAt: row.made_at.toISOString(),
    lastError: row.last_error,
    answer: row.answer,
    answerText: row.answer_text,
    answeredAt: row.answered_at?.toISOString() ?? null,
    canRetry: row.can_retry,
  }
}
