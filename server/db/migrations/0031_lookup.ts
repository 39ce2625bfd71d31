import { type Kysely, sql } from 'kysely'

/** What people paste: a post by its id at its platform alone, and posts and accounts by their addresses. */
export async function up(db: Kysely<unknown>) {
  await sql`create index post_external_id on post using hash (external_id)`.execute(db)
  await sql`create index post_url on post using hash (url)`.execute(db)
  await sql`create index account_url on account using hash (url)`.execute(db)
}
