import { type Kysely, sql } from 'kysely'

/**
 * Where a review was seen before it was moved to another queue or marked restricted. The live stream tells those who may
 * not see it any more that it is gone, and nobody else. By `xid` a row is found from the events of its transaction.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
create table scope_exit (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  review_id uuid not null,
  queue_id text not null,
  is_restricted boolean not null,
  left_at timestamptz(3) not null default clock_timestamp()
);

create index scope_exit_xid on scope_exit (xid);

create index scope_exit_left on scope_exit (left_at);

create function keep_scope_exit() returns trigger language plpgsql as $$
begin
  insert into scope_exit (review_id, queue_id, is_restricted) values (old.id, old.queue_id, old.is_restricted);
  return null;
end $$;

create trigger review_scope_exit after update of queue_id, is_restricted on review for each row
  when (old.queue_id <> new.queue_id or (new.is_restricted and not old.is_restricted))
  execute function keep_scope_exit()`
