import { type Kysely, sql } from 'kysely'

/**
 * Counts read an index alone only where the table is known to hold nothing dead. What waits is a small, busy part of a
 * large table: vacuumed by its share of changes it would have its turn once in a blue moon.
 */
export async function up(db: Kysely<unknown>) {
  await sql`alter table review set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.02,
    autovacuum_analyze_scale_factor = 0.02)`.execute(db)
}
