import { type Kysely, sql } from 'kysely'

/**
 * Everything a list can be filtered by, in one small index for each side: any combination is counted without touching the
 * table, and one with few hits is found without walking through a whole order.
 */
export async function up(db: Kysely<unknown>) {
  await sql`create index review_waiting_filters on review (queue_id, policy_id, language, platform, account_status, state)
    where state <> 'decided'`.execute(db)
  await sql`create index review_decided_filters on review (queue_id, policy_id, language, platform, account_status)
    where state = 'decided'`.execute(db)
}
