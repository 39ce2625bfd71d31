import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>) {
  // What a decision was superseded by is looked up from the other end; few decisions are.
  await sql`create index decision_supersedes on decision (supersedes_id) where supersedes_id is not null`.execute(db)
  // One measure on the post and one on the account at most: so each is a column of its decision's row.
  await sql`drop index measure_decision`.execute(db)
  await sql`create unique index measure_decision_target on measure (decision_id, target)`.execute(db)
  await sql`create index media_restricted on media (sha256) where is_restricted`.execute(db)
}
