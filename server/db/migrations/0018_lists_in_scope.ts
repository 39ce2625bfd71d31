import { type Kysely, sql } from 'kysely'

/**
 * Most people see all queues and nothing restricted. What little is restricted is looked up in indexes of its own, so that
 * a list of something else need not read the review of every row.
 */
export async function up(db: Kysely<unknown>) {
  await sql`create index review_restricted_id on review (id) where is_restricted`.execute(db)
  await sql`create index review_restricted_account on review (account_id) where is_restricted`.execute(db)
}
