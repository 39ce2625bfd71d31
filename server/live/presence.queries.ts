import { sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import type { Place } from './live.queries.ts'

/** Pages of one person that count at a time: whatever says more is no person. */
const mostPages = 20
/** After so long a row is of no use to anybody, whatever it is believed for. */
const uselessMs = 120_000

export type Present = { personId: string; reviewId: string | null; place: Place | null }

/** Notes that a page is there, by the database's clock. Whoever does it sweeps up what is old. */
export async function touchPage(
  db: Db,
  { personId, pageId, reviewId }: { personId: string; pageId: string; reviewId: string | null },
): Promise<void> {
  await sql`
    with old as (
      delete from presence where ctid = any(array(
        select ctid from presence where seen_at < clock_timestamp() - make_interval(secs => ${uselessMs / 1_000})
        for update skip locked))
    )
    insert into presence (person_id, page_id, review_id, seen_at)
    select ${personId}, ${pageId}::uuid, ${reviewId}::uuid, clock_timestamp()
    where (select count(*) from presence where person_id = ${personId} and page_id <> ${pageId}::uuid) < ${mostPages}
    on conflict (person_id, page_id) do update set review_id = excluded.review_id, seen_at = excluded.seen_at
  `.execute(db)
}

/** Everybody who was seen within that time, once for each review on a screen, in a fixed order. */
export async function findPresent(db: Db, withinMs: number): Promise<Present[]> {
  const { rows } = await sql<{ person_id: string; review_id: string | null } & { [K in keyof Place]: Place[K] | null }>`
    select distinct presence.person_id, review.id as review_id, review.queue_id, review.is_restricted
    from presence left join review on review.id = presence.review_id
    where presence.seen_at > clock_timestamp() - make_interval(secs => ${withinMs / 1_000})
    order by 1, 2`.execute(db)
  return rows.map(({ person_id, review_id, queue_id, is_restricted }) => ({
    personId: person_id,
    reviewId: review_id,
    place: queue_id === null ? null : { queue_id, is_restricted: is_restricted === true },
  }))
}
