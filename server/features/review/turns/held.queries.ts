import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import type { Scope } from '#server/http/route.ts'
import type { HeldReview } from '#shared/contract/turns.ts'
import { toReference } from '../review.queries.ts'
import { inScope } from '../scope.queries.ts'

const most = 500

/** What is held at this moment, as far as the scope shows it: by person, oldest first. */
export async function findHeld(db: Db, scope: Scope, now: Date): Promise<z.input<typeof HeldReview>[]> {
  const rows = await db
    .selectFrom('lease')
    .innerJoin('review', 'review.id', 'lease.review_id')
    .select(['lease.review_id', 'lease.holder_id', 'lease.taken_at', 'lease.expires_at'])
    .select(['review.number', 'review.version', 'review.queue_id'])
    .where('lease.expires_at', '>', now)
    .where(inScope(scope))
    .orderBy('lease.holder_id')
    .orderBy('lease.taken_at')
    .orderBy('lease.review_id')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    reviewId: row.review_id,
    reference: toReference(row.number),
    version: row.version,
    queueId: row.queue_id,
    holderId: row.holder_id,
    takenAt: row.taken_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }))
}
