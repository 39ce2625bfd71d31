import { type Kysely, sql } from 'kysely'

/**
 * Acts on many reviews at once, what became of each, and their undoing; turns that were put back; saved views of the list,
 * and the order in which each person has them.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
create table bulk (
  id uuid primary key,
  act text not null check (act in ('decide', 'claim', 'hold', 'escalate', 'assign', 'move')),
  asked jsonb not null,
  by_id text not null,
  at timestamptz(3) not null,
  undo_until timestamptz(3) not null,
  done int not null,
  refused int not null
);

create table bulk_item (
  bulk_id uuid not null references bulk,
  review_id uuid not null references review,
  position int not null,
  code text,
  refused_by text,
  refused_at timestamptz(3),
  version int not null,
  decision_id uuid references decision,
  turn_id uuid references turn,
  before jsonb,
  primary key (bulk_id, review_id)
);

create index bulk_item_review on bulk_item (review_id);

create table bulk_undo (
  bulk_id uuid primary key references bulk,
  undone_by text not null,
  undone_at timestamptz(3) not null,
  undone int not null,
  refused int not null
);

create table bulk_undo_item (
  bulk_id uuid not null references bulk_undo,
  review_id uuid not null,
  code text,
  refused_by text,
  refused_at timestamptz(3),
  version int not null,
  primary key (bulk_id, review_id),
  foreign key (bulk_id, review_id) references bulk_item
);

create trigger bulk_append_only before update or delete or truncate on bulk for each statement
  execute function refuse_change();

create trigger bulk_item_append_only before update or delete or truncate on bulk_item for each statement
  execute function refuse_change();

create trigger bulk_undo_append_only before update or delete or truncate on bulk_undo for each statement
  execute function refuse_change();

create trigger bulk_undo_item_append_only before update or delete or truncate on bulk_undo_item for each statement
  execute function refuse_change();

alter table turn
  add column undoes_id uuid references turn,
  drop constraint turn_kind_check,
  add constraint turn_kind_check check (kind in ('held', 'escalated', 'returned', 'handed_over', 'moved', 'skipped',
    'assigned', 'taken_over', 'put_back')),
  add constraint turn_undoes check ((kind = 'put_back') = (undoes_id is not null));

create unique index turn_undoes_once on turn (undoes_id) where undoes_id is not null;

create table saved_view (
  id uuid primary key,
  owner_id text not null,
  name text not null,
  is_shared boolean not null,
  query jsonb not null,
  columns text[],
  density text,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null
);

create index saved_view_owner on saved_view (owner_id);

create index saved_view_shared on saved_view (id) where is_shared;

create table view_order (
  person_id text primary key,
  view_ids uuid[] not null
)`
