import { type Kysely, sql } from 'kysely'

/**
 * For the live board, whose figures are counted in indexes alone: the oldest of each queue and what came in lately without
 * a walk through other queues, what is due without a look at the rows, and the few reviews that are set apart without a
 * walk through all that wait.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
create index review_queue_opened on review (queue_id, opened_at, id, is_restricted) where state <> 'decided';

drop index review_queue_due;

create index review_queue_due on review (queue_id, due_at, id, state, is_restricted) where state <> 'decided';

create index review_apart on review (queue_id, state, is_restricted)
  where state in ('on_hold', 'escalated', 'confirming')`
