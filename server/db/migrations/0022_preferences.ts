import { type Kysely, sql } from 'kysely'

/** What each person chose for themselves. The organisation's choices are a row of `setting`. */
export async function up(db: Kysely<unknown>) {
  await sql`
    create table preference (
      person_id text primary key,
      value jsonb not null
    )`.execute(db)
}
