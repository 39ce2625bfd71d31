import { type Kysely, sql } from 'kysely'

/**
 * Whose turn it is besides the lease: who is offered a review and when it wakes up, what people told each other when they
 * passed it on, whom it is not offered to again, and decisions that were taken back.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

/**
 * `lock_hand` returns once nobody else gives reviews to that person, until the transaction ends. Each of its statements
 * sees what was committed before it: the count is true after the wait.
 */
const statements = `
alter table review
  add column assignee_id text,
  add column wake_at timestamptz(3),
  add column escalated_to text,
  add column escalated_role text check (escalated_role in ('supervisor', 'admin'));

update review set escalated_role = 'supervisor' where state = 'escalated';

update review set wake_at = now() + interval '7 days' where state = 'on_hold';

create index review_assignee on review (assignee_id) where assignee_id is not null and state <> 'decided';

create index review_escalated_to on review (escalated_to) where escalated_to is not null and state <> 'decided';

create index review_wake on review (wake_at) where state = 'on_hold';

create table turn (
  id uuid primary key,
  review_id uuid not null references review,
  kind text not null check (kind in
    ('held', 'escalated', 'returned', 'handed_over', 'moved', 'skipped', 'assigned', 'taken_over')),
  by_id text not null,
  at timestamptz(3) not null,
  reason text,
  text text not null,
  to_id text,
  to_role text,
  wake_at timestamptz(3)
);

create index turn_review on turn (review_id, id desc);

create trigger turn_append_only before update or delete or truncate on turn for each statement
  execute function refuse_change();

create table skip (
  review_id uuid not null references review,
  person_id text not null,
  snapshot_id uuid not null references snapshot,
  skipped_at timestamptz(3) not null,
  primary key (review_id, person_id)
);

create table undo (
  decision_id uuid primary key references decision,
  undone_by text not null,
  undone_at timestamptz(3) not null
);

create trigger undo_append_only before update or delete or truncate on undo for each statement
  execute function refuse_change();

drop index decision_supersedes;

create index decision_supersedes on decision (supersedes_id) where supersedes_id is not null;

create function lock_hand(person text, at timestamptz, out held int, out is_assigned boolean) language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('docket hand ' || person, 0));
  select count(*) into held from lease where holder_id = person and expires_at > at;
  select exists (select from review where assignee_id = person and state <> 'decided' and state = 'open'
    and holder_id is null) into is_assigned;
end $$`
