import { type Kysely, sql } from 'kysely'

/**
 * The orders of what waits carry the state at their end: whoever takes the next open review passes over those that wait
 * for somebody else inside the index, without reading their rows.
 */
export async function up(db: Kysely<unknown>) {
  const orders = {
    review_priority: 'priority desc, id desc',
    review_due: 'due_at, id',
    review_opened: 'opened_at, id',
    review_flags: 'flag_count desc, id desc',
    review_queue_priority: 'queue_id, priority desc, id desc',
    review_queue_due: 'queue_id, due_at, id',
  }
  for (const [name, columns] of Object.entries(orders)) {
    await sql`drop index ${sql.id(name)}`.execute(db)
    await sql`create index ${sql.id(name)} on review (${sql.raw(columns)}, state) where state <> 'decided'`.execute(db)
  }
}
