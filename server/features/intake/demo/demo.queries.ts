import type { Db } from '#server/db/connect.ts'
import type { AccountKey } from '../subjects/accounts.queries.ts'
import type { PostKey } from '../subjects/posts.queries.ts'

/** The newest review of a post. */
export function getReviewOf(db: Db, { platform, external_id }: PostKey) {
  return db
    .selectFrom('review')
    .innerJoin('post', 'post.id', 'review.post_id')
    .select(['review.id', 'review.snapshot_id'])
    .where('post.platform', '=', platform)
    .where('post.external_id', '=', external_id)
    .orderBy('review.id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

export async function getAccountId(db: Db, { platform, external_id }: AccountKey): Promise<string> {
  const { id } = await db
    .selectFrom('account')
    .select('id')
    .where('platform', '=', platform)
    .where('external_id', '=', external_id)
    .executeTakeFirstOrThrow()
  return id
}

/** The decision that stands on a post, with the clause that it cites. */
export async function getStandingOf(db: Db, { platform, external_id }: PostKey) {
  const { id, policy_id, policy_version } = await db
    .selectFrom('review')
    .innerJoin('post', 'post.id', 'review.post_id')
    .innerJoin('decision', 'decision.id', 'review.decision_id')
    .select(['decision.id', 'decision.policy_id', 'decision.policy_version'])
    .where('post.platform', '=', platform)
    .where('post.external_id', '=', external_id)
    .orderBy('decision.decided_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { id, clause: policy_id && policy_version ? { id: policy_id, version: policy_version } : null }
}

/** The version of each clause and exemption that is in force, by id. */
export async function findVersionsInForce(db: Db): Promise<Map<string, number>> {
  const rows = await db.selectFrom('policy').select(['id', 'current_version']).execute()
  return new Map(rows.map((row) => [row.id, row.current_version]))
}

/** Of somebody who signs in. */
export async function getIdOf(db: Db, email: string): Promise<string> {
  const { id } = await db.selectFrom('auth.user').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  return id
}
