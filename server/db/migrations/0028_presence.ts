import { type Kysely, sql } from 'kysely'

/**
 * Who is at which page, by the pages' own word, and what waits for a role. The first is unlogged: it is worth nothing after a crash. Small, and written all the
 * time: the room in its pages keeps updates in place. No key leads to `review`, which must not be locked for this.
 */
export async function up(db: Kysely<unknown>) {
  await sql`
    create unlogged table presence (
      person_id text not null,
      page_id uuid not null,
      review_id uuid,
      seen_at timestamptz(3) not null default clock_timestamp(),
      primary key (person_id, page_id)
    ) with (fillfactor = 50)`.execute(db)
  await sql`
    create index review_escalated_role on review (escalated_role)
      where escalated_role is not null and state <> 'decided'`.execute(db)
}
