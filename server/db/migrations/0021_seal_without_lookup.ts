import { type Kysely, sql } from 'kysely'

/**
 * Looking up each event that gets its number took a quarter of the sealing. Only `seal_events()` may give numbers, it reads
 * the events it numbers in the same statement, and no event can be deleted: the reference could not fail.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table event_seq drop constraint event_seq_event_id_fkey`.execute(db)
}
