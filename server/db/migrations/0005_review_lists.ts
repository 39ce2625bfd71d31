import { type Kysely, sql } from 'kysely'

/**
 * What is mine is found by the lease. Without an index on `holder_id` a claim or a release rewrites no index of `review`
 * (a heap-only update).
 */
export async function up(db: Kysely<unknown>) {
  await sql`drop index review_holder`.execute(db)
  await sql`create index lease_holder on lease (holder_id)`.execute(db)
}
