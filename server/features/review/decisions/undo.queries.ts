import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { ReviewTable } from '#server/db/schema/reviews.ts'
import { restingState } from '../turns/turns.queries.ts'

/** On the decision of this name: it was taken back. */
export const isUndone = (decision: string): RawBuilder<boolean> =>
  sql<boolean>`exists (select from undo where undo.decision_id = ${sql.ref(`${decision}.id`)})`

/** On the later decision of this name, where it supersedes another: it was not taken back, so it does. */
export const isKept = (later: string): RawBuilder<boolean> => sql<boolean>`not ${isUndone(later)}`

/** The decision that is to be taken back; undefined when there is none. */
export function getUndoing(db: Db | Tx, decisionId: string) {
  return db
    .selectFrom('decision')
    .select(['review_id', 'account_id', 'decided_by', 'confirmed_by', 'decided_at', 'supersedes_id'])
    .where('id', '=', decisionId)
    .executeTakeFirst()
}

/** The decisions that are to be taken back together. */
export function findUndoing(tx: Tx, decisionIds: string[]) {
  return tx
    .selectFrom('decision')
    .select(['id', 'review_id', 'account_id', 'decided_by', 'confirmed_by', 'decided_at', 'supersedes_id'])
    .where(sql<boolean>`id = any(${decisionIds}::uuid[])`)
    .execute()
}

/** Ask when the review is locked: only then is the answer true for long. */
export async function isTakenBack(tx: Tx, decisionId: string): Promise<boolean> {
  const row = await tx.selectFrom('undo').select('decision_id').where('decision_id', '=', decisionId).executeTakeFirst()
  return row !== undefined
}

/** The undecided review that was opened on the same subject since; undefined when there is none. */
export function getReopened(tx: Tx, review: Pick<Selectable<ReviewTable>, 'post_id' | 'account_id'>) {
  const ofSubject = tx.selectFrom('review').select(['id', 'number', 'opened_at']).where('state', '<>', 'decided')
  const query = review.post_id
    ? ofSubject.where('post_id', '=', review.post_id)
    : ofSubject.where('post_id', 'is', null).where('account_id', '=', review.account_id)
  return query.executeTakeFirst()
}

export async function insertUndo(tx: Tx, decisionId: string, personId: string, at: Date) {
  await tx.insertInto('undo').values({ decision_id: decisionId, undone_by: personId, undone_at: at }).execute()
}

/** Opens a locked review again, as it was before it was decided; a lease may be given with it. Returns its new version. */
export async function reopenReview(tx: Tx, review: Selectable<ReviewTable>, holderId: string | null): Promise<number> {
  const { version } = await tx
    .updateTable('review')
    .set((eb) => ({
      state: restingState(review),
      holder_id: holderId,
      decision_id: null,
      outcome: null,
      exemption: null,
      decided_by: null,
      decided_at: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', review.id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

/** Lets a locked review show the decision that stands again. Returns its new version. */
export async function restoreDecision(tx: Tx, reviewId: string, decisionId: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    update review set decision_id = decision.id, outcome = decision.outcome, exemption = decision.exemption,
      decided_by = decision.decided_by, decided_at = decision.decided_at, version = review.version + 1
    from decision where review.id = ${reviewId} and decision.id = ${decisionId}
    returning review.version`.execute(tx)
  return rows[0]!.version
}
