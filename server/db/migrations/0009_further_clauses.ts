import { type Kysely, sql } from 'kysely'

/** Few decisions cite more than one clause: counting those reads nothing else. */
export async function up(db: Kysely<unknown>) {
  await sql`create index decision_further on decision (id) where further_clauses <> '[]'`.execute(db)
}
