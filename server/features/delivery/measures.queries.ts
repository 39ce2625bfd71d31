import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import { everything, inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { MeasureInForce } from '#shared/contract/decisions.ts'

/**
 * What holds now on an account and on its posts, as far as the scope shows it: it took effect, and has neither lapsed nor
 * been lifted. Those on the account come first, each the newest first.
 */
export async function findMeasuresInForce(
  db: Db | Tx,
  accountId: string,
  { scope = everything, limit = 1_000 }: { scope?: Scope; limit?: number } = {},
): Promise<MeasureInForce[]> {
  const rows = await db
    .selectFrom('decision')
    .innerJoin('measure', 'measure.decision_id', 'decision.id')
    .innerJoin('review', 'review.id', 'decision.review_id')
    .select(['measure.id', 'measure.target', 'measure.kind', 'measure.restriction', 'measure.ends_at'])
    .select(['decision.id as decision_id', 'decision.territory', 'decision.policy_id', 'decision.policy_version'])
    .select(['review.id as review_id', 'review.number', 'review.post_id'])
    .select(sql<Date>`measure.began_at`.as('began_at'))
    .where('decision.account_id', '=', accountId)
    .where('measure.began_at', 'is not', null)
    .where('measure.ended_at', 'is', null)
    .where(inScope(scope))
    .orderBy('measure.target')
    .orderBy('measure.began_at', 'desc')
    .orderBy('measure.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    target: row.target,
    kind: row.kind,
    by: row.restriction,
    postId: row.target === 'post' ? row.post_id : null,
    decisionId: row.decision_id,
    reviewId: row.review_id,
    reviewReference: toReference(row.number),
    clause: row.policy_id && row.policy_version ? { id: row.policy_id, version: row.policy_version } : null,
    territory: row.territory,
    beganAt: row.began_at.toISOString(),
    endsAt: row.ends_at?.toISOString() ?? null,
  }))
}
