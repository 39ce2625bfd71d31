import { type Kysely, sql } from 'kysely'

/**
 * For the live board: the oldest of each queue and what came in lately without a walk through other queues, and the few
 * reviews that are set apart without a walk through all that wait.
 */
export async function up(db: Kysely<unknown>) {
  await sql`create index review_queue_opened on review (queue_id, opened_at, id, is_restricted)
    where state <> 'decided'`.execute(db)
  await sql`create index review_apart on review (queue_id, state, is_restricted)
    where state in ('on_hold', 'escalated', 'confirming')`.execute(db)
}
