import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { ReviewTable, TurnTable } from '#server/db/schema/reviews.ts'
import type { HoldReason, TurnFacts } from '#shared/contract/turns.ts'

export type Passed = Updateable<
  Pick<
    ReviewTable,
    | 'state'
    | 'holder_id'
    | 'queue_id'
    | 'due_at'
    | 'assignee_id'
    | 'wake_at'
    | 'escalated_to'
    | 'escalated_role'
    | 'rule_set_version'
    | 'rule_id'
  >
>

/** Changes a locked review and takes it from whoever holds it. Returns its new version. */
export async function passOn(tx: Tx, reviewId: string, change: Passed): Promise<number> {
  const { version } = await tx
    .with('freed', (query) => query.deleteFrom('lease').where('review_id', '=', reviewId))
    .updateTable('review')
    .set((eb) => ({ ...change, holder_id: null, version: eb('version', '+', 1) }))
    .where('id', '=', reviewId)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

/** The same, and says nothing of leases. */
export async function changeInHand(tx: Tx, reviewId: string, change: Passed): Promise<number> {
  const { version } = await tx
    .updateTable('review')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('id', '=', reviewId)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

export type NewTurn = Pick<TurnTable, 'kind' | 'text'> &
  Partial<Pick<TurnTable, 'reason' | 'to_id' | 'to_role' | 'wake_at' | 'undoes_id'>>

/** @returns its id */
export async function insertTurn(
  tx: Tx,
  turn: NewTurn & Pick<Insertable<TurnTable>, 'review_id' | 'by_id' | 'at'>,
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('turn')
    .values({ reason: null, to_id: null, to_role: null, wake_at: null, undoes_id: null, ...turn, id })
    .execute()
  return id
}

/** Where a review goes when it wakes up, or when its decision is taken back: an unanswered escalation lasts. */
export const restingState = ({
  escalated_to,
  escalated_role,
}: Pick<Selectable<ReviewTable>, 'escalated_to' | 'escalated_role'>) =>
  escalated_to || escalated_role ? ('escalated' as const) : ('open' as const)

type Waiting = Pick<
  Selectable<ReviewTable>,
  'id' | 'state' | 'assignee_id' | 'wake_at' | 'escalated_to' | 'escalated_role'
>

/** What people told each other of a review as it stands now. */
export async function findTurnFacts(db: Db, review: Waiting): Promise<z.input<typeof TurnFacts>> {
  const [turns, { skips }] = await Promise.all([
    findLatestTurns(db, review.id),
    db
      .selectFrom('skip')
      .select((eb) => eb.fn.countAll<number>().as('skips'))
      .where('review_id', '=', review.id)
      .executeTakeFirstOrThrow(),
  ])
  const latest = (...kinds: TurnTable['kind'][]) => turns.find(({ kind, text }) => kinds.includes(kind) && text !== '')
  const held = review.state === 'on_hold' ? turns.find(({ kind }) => kind === 'held') : undefined
  const isEscalated = review.state !== 'decided' && restingState(review) === 'escalated'
  const escalated = isEscalated ? turns.find(({ kind }) => kind === 'escalated') : undefined
  const told = latest('returned', 'handed_over', 'moved', 'assigned', 'taken_over')
  return {
    hold:
      held && review.wake_at
        ? {
            reason: held.reason as HoldReason,
            text: held.text || null,
            wakeAt: review.wake_at.toISOString(),
            byId: held.by_id,
            at: held.at.toISOString(),
          }
        : null,
    escalation: escalated
      ? {
          toId: review.escalated_to,
          toRole: review.escalated_role,
          reason: escalated.text,
          byId: escalated.by_id,
          at: escalated.at.toISOString(),
        }
      : null,
    handover: told ? { text: told.text, byId: told.by_id, at: told.at.toISOString() } : null,
    assigneeId: review.assignee_id,
    skipCount: skips,
  }
}

/** The newest of each kind that was not put back, newest first. */
async function findLatestTurns(db: Db, reviewId: string): Promise<Selectable<TurnTable>[]> {
  const { rows } = await sql<Selectable<TurnTable>>`
    select * from (
      select distinct on (kind) * from turn where review_id = ${reviewId} and kind <> 'put_back'
        and not exists (select from turn as back where back.undoes_id = turn.id)
      order by kind, id desc
    ) as latest
    order by id desc`.execute(db)
  return rows
}

/** The newest act of these kinds on a review; undefined when there was none. */
export function getLatestTurn(db: Db | Tx, reviewId: string, kinds: TurnTable['kind'][]) {
  return db
    .selectFrom('turn')
    .selectAll()
    .where('review_id', '=', reviewId)
    .where('kind', 'in', kinds)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Not offered to that person again while it shows what it shows now. */
export async function putSkip(
  tx: Tx,
  skip: { review_id: string; person_id: string; snapshot_id: string; skipped_at: Date },
) {
  await tx
    .insertInto('skip')
    .values(skip)
    .onConflict((conflict) =>
      conflict
        .columns(['review_id', 'person_id'])
        .doUpdateSet({ snapshot_id: skip.snapshot_id, skipped_at: skip.skipped_at }),
    )
    .execute()
}

/** Offers it to that person again. */
export async function deleteSkip(tx: Tx, reviewId: string, personId: string) {
  await tx.deleteFrom('skip').where('review_id', '=', reviewId).where('person_id', '=', personId).execute()
}

/**
 * The target of a queue in milliseconds; undefined when there is no such queue, or it was retired. It is not retired
 * until the transaction ends.
 */
export async function findTarget(tx: Tx, queueId: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('queue')
    .select('target_ms')
    .where('id', '=', queueId)
    .where('retired_at', 'is', null)
    .forKeyShare()
    .executeTakeFirst()
  return row?.target_ms
}
