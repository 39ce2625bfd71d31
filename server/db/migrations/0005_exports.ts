import { type Kysely, sql } from 'kysely'

/** What a decision was superseded by is looked up from the other end; few decisions are. */
export async function up(db: Kysely<unknown>) {
  await sql`create index decision_supersedes on decision (supersedes_id) where supersedes_id is not null`.execute(db)
}
