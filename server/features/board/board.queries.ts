import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import type { Scope } from '#server/http/route.ts'
import { findPresent } from '#server/live/presence.queries.ts'
import { boardSpanMs, type getBoard } from '#shared/contract/board.ts'
import { inScope } from '../review/scope.queries.ts'

/** Counting stops here, as in the list that a figure opens. */
const most = 10_000
/** Of an hour, and of the appeals that wait, this many are looked at in all queues together. */
const mostOfAnHour = 20_000
/** A page that was not heard of for so long is closed: it speaks every twelve seconds. */
const presentMs = 30_000

type Board = z.input<typeof getBoard.reply>
type Condition = RawBuilder<boolean>
type Row = {
  id: string
  oldest_at: Date | null
} & Record<'waiting' | 'overdue' | 'due_soon' | 'on_hold' | 'escalated' | 'confirming' | 'opened', number>

/** Everything on the board in a few statements, each along partial indexes or within one hour: no history is read. */
export async function getBoardAt(db: Db, scope: Scope, now: Date): Promise<Board> {
  const from = new Date(now.getTime() - boardSpanMs)
  const [queues, opened, decided, appeals, held, present] = await Promise.all([
    findQueues(db, scope, { from, now }),
    countOpenedAndDecided(db, scope, from, now),
    countDecisions(db, scope, from, now),
    countAppeals(db, scope),
    findHands(db, scope, now),
    findPresent(db, presentMs),
  ])
  const inHand = (queueId: string) => held.reduce((sum, hand) => sum + (hand.queue_id === queueId ? hand.count : 0), 0)
  return {
    countedAt: now.toISOString(),
    queues: queues.map((row) => ({
      queueId: row.id,
      oldestAt: row.oldest_at?.toISOString() ?? null,
      waiting: toCount(row.waiting),
      overdue: toCount(row.overdue),
      dueSoon: toCount(row.due_soon),
      onHold: toCount(row.on_hold),
      escalated: toCount(row.escalated),
      confirming: toCount(row.confirming),
      opened: toCount(row.opened + (opened.byQueue.get(row.id) ?? 0), opened.isCut),
      decided: toCount(decided.byQueue.get(row.id) ?? 0, decided.isCut),
      inHand: inHand(row.id),
      appeals: toCount(appeals.byQueue.get(row.id) ?? 0, appeals.isCut),
    })),
    people: await inOrderOfNames(
      db,
      held,
      present.map(({ personId }) => personId),
    ),
  }
}

const toCount = (found: number, isCut = false) => ({ value: Math.min(found, most), exact: found <= most && !isCut })

function findQueues(db: Db, scope: Scope, { from, now }: { from: Date; now: Date }) {
  const soon = new Date(now.getTime() + boardSpanMs)
  const count = (...conditions: Condition[]) => sql`(select count(*)::int from (select from review
    where review.queue_id = queue.id and ${sql.join([inScope(scope), ...conditions], sql` and `)}
    limit ${sql.lit(most + 1)}) as found)`
  const waits: Condition = sql`review.state <> 'decided'`
  const rows = sql<Row>`select queue.id,
    (select review.opened_at from review where review.queue_id = queue.id and ${waits} and ${inScope(scope)}
      order by review.opened_at, review.id limit 1) as oldest_at,
    ${count(waits)} as waiting,
    ${count(waits, sql`review.due_at < ${now}`)} as overdue,
    ${count(waits, sql`review.due_at >= ${now}`, sql`review.due_at <= ${soon}`)} as due_soon,
    ${count(sql`review.state = 'on_hold'`)} as on_hold,
    ${count(sql`review.state = 'escalated'`)} as escalated,
    ${count(sql`review.state = 'confirming'`)} as confirming,
    ${count(waits, sql`review.opened_at >= ${from}`, sql`review.opened_at <= ${now}`)} as opened
    from queue ${scope.queues === null ? sql`` : sql`where queue.id = any(${scope.queues}::text[])`}
    order by queue.position`
  return rows.execute(db).then((result) => result.rows)
}

/** Came and went within the time. */
async function countOpenedAndDecided(db: Db, scope: Scope, from: Date, to: Date) {
  const { rows } = await sql<Group>`select queue_id, count(*)::int as count from (select review.queue_id from review
    where review.state = 'decided' and review.opened_at >= ${from} and review.opened_at <= ${to} and ${inScope(scope)}
    limit ${sql.lit(mostOfAnHour + 1)}) as found group by 1`.execute(db)
  return toGroups(rows)
}

async function countDecisions(db: Db, scope: Scope, from: Date, to: Date) {
  const { rows } = await sql<Group>`select queue_id, count(*)::int as count from (select review.queue_id from decision
    join review on review.id = decision.review_id
    where decision.decided_at >= ${from} and decision.decided_at < ${to} and ${inScope(scope)}
    limit ${sql.lit(mostOfAnHour + 1)}) as found group by 1`.execute(db)
  return toGroups(rows)
}

async function countAppeals(db: Db, scope: Scope) {
  const { rows } = await sql<Group>`select queue_id, count(*)::int as count from (select review.queue_id from appeal
    join review on review.id = appeal.review_id where appeal.state = 'waiting' and ${inScope(scope)}
    limit ${sql.lit(mostOfAnHour + 1)}) as found group by 1`.execute(db)
  return toGroups(rows)
}

type Group = { queue_id: string; count: number }

function toGroups(rows: Group[]) {
  const isCut = rows.reduce((sum, { count }) => sum + count, 0) > mostOfAnHour
  return { byQueue: new Map(rows.map(({ queue_id, count }) => [queue_id, count])), isCut }
}

type Hand = Group & { holder_id: string }

async function findHands(db: Db, scope: Scope, now: Date): Promise<Hand[]> {
  const { rows } = await sql<Hand>`select lease.holder_id, review.queue_id, count(*)::int as count
    from lease join review on review.id = lease.review_id
    where lease.expires_at > ${now} and ${inScope(scope)} group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

async function inOrderOfNames(db: Db, hands: readonly Hand[], present: readonly string[]): Promise<Board['people']> {
  const ids = [...new Set([...present, ...hands.map(({ holder_id }) => holder_id)])]
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('auth.user')
    .select('id')
    .where('id', 'in', ids)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => ({
    personId: id,
    isHere: present.includes(id),
    held: hands
      .filter(({ holder_id }) => holder_id === id)
      .map(({ queue_id, count }) => ({ queueId: queue_id, count })),
  }))
}
