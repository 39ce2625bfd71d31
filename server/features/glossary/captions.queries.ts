import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { Outcome } from '#shared/domain/outcomes.ts'

/** Longer captions are looked at up to here only. */
const longest = 4_000
/** Reviews read for each that may be in the scope, so that a small queue in a large house costs no more. */
const readFor = 10

export type ReadCaption = {
  reviewId: string
  number: number
  outcome: Outcome | null
  language: string | null
  caption: string
}

/** Captions of the posts whose reviews were opened last, as far as the scope reaches. */
export function findNewestCaptions(db: Db, count: number, scope: Scope) {
  return findCaptions(db, count, scope, { where: sql`true`, order: sql`review.id desc` })
}

/** Captions of the posts whose reviews were decided last. */
export function findDecidedCaptions(db: Db, count: number, scope: Scope) {
  return findCaptions(db, count, scope, { where: sql`review.state = 'decided'`, order: sql`review.decided_at desc` })
}

type Which = { where: RawBuilder<unknown>; order: RawBuilder<unknown> }

async function findCaptions(db: Db, count: number, scope: Scope, { where, order }: Which): Promise<ReadCaption[]> {
  const { rows } = await sql<ReadCaption>`
    select review.id as "reviewId", review.number, review.outcome, snapshot.language,
      left(snapshot.caption, ${longest}) as caption
    from (select * from review where ${where} order by ${order} limit ${count * readFor}) as review
    join snapshot on snapshot.id = review.snapshot_id
    where review.post_id is not null and ${inScope(scope)}
    order by ${order} limit ${count}`.execute(db)
  return rows
}
