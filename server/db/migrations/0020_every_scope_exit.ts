import { type Kysely, sql } from 'kysely'

/**
 * On every update, not only on those that name the columns: a mark restricts a review by another trigger, which the list
 * of columns does not see. The condition costs next to nothing.
 */
export async function up(db: Kysely<unknown>) {
  await sql`drop trigger review_scope_exit on review`.execute(db)
  await sql`create trigger review_scope_exit after update on review for each row
    when (old.queue_id <> new.queue_id or (new.is_restricted and not old.is_restricted))
    execute function keep_scope_exit()`.execute(db)
}
