import { type Kysely, sql } from 'kysely'

/**
 * Most people see all queues and nothing restricted. What little is restricted is looked up in indexes of its own, so that
 * a list of something else need not read the review of every row. Flags are found by any effect, the rare and the common.
 */
export async function up(db: Kysely<unknown>) {
  await sql`create index review_restricted_id on review (id) where is_restricted`.execute(db)
  await sql`create index review_restricted_account on review (account_id) where is_restricted`.execute(db)
  await sql`drop index flag_rare`.execute(db)
  await sql`create index flag_effect on flag (effect, received_at desc, id desc)`.execute(db)
}
