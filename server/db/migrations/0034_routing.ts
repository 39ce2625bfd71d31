import { type Kysely, sql } from 'kysely'

/**
 * Routing that supervisors edit: rule sets in versions with one draft, queues with targets of their own for some sources,
 * languages and an end, the weights of the priority in versions, what reviewers are trained for and keep away from, and
 * work that is left to do on reviews after a change. `review` remembers the rule that placed it.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
  await sql`
    insert into priority_weights (version, weights, change, changed_by, changed_at)
    values (1, ${JSON.stringify(firstWeights)}::jsonb, null, null, now())`.execute(db)
}

/** As the program had them before they could be changed. */
const firstWeights = {
  source: { removal_order: 32, hash_match: 24, trusted_flagger: 20, own_initiative: 12, user_report: 8, classifier: 6 },
  severity: { critical: 28, high: 20, medium: 12, unsorted: 8, low: 6, none: 0 },
  account: { limited: 8, blocked: 6, active: 4, unknown: 2, deleted: 0 },
  flags: { each: 3, most: 12 },
  reach: { each: 2, most: 10 },
  score: 5,
  newAccount: 5,
  news: 18,
}

const statements = `
alter table queue
  add column version int not null default 1,
  add column languages text[] not null default '{}',
  add column source_targets jsonb not null default '{}',
  add column retired_at timestamptz(3);

create table rule_set (
  version int primary key,
  rules jsonb not null,
  last_resort_id text not null references queue,
  change text,
  published_by text,
  published_at timestamptz(3) not null
);

create table rule_draft (
  only_row boolean primary key default true check (only_row),
  version int not null,
  based_on int not null references rule_set,
  rules jsonb not null,
  last_resort_id text not null references queue,
  changed_by text not null,
  changed_at timestamptz(3) not null
);

insert into rule_set (version, rules, last_resort_id, published_at)
select 1,
  (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', '', 'queueId', queue_id, 'when', jsonb_build_object(
      'clauses', case when policy_prefix is null then '[]'::jsonb else jsonb_build_array(policy_prefix) end,
      'sources', case when source_kind is null then '[]'::jsonb else jsonb_build_array(source_kind) end,
      'languages', '[]'::jsonb, 'platforms', '[]'::jsonb, 'accountStatuses', '[]'::jsonb,
      'reachMin', null, 'scoreMin', null)) order by position), '[]')
    from routing_rule where source_kind is not null or policy_prefix is not null),
  coalesce(
    (select queue_id from routing_rule where source_kind is null and policy_prefix is null order by position limit 1),
    (select id from queue where id = 'general'),
    (select id from queue order by position desc limit 1)),
  now();

drop table routing_rule;

create table priority_weights (
  version int primary key,
  weights jsonb not null,
  change text,
  changed_by text,
  changed_at timestamptz(3) not null
);

create trigger rule_set_append_only before update or delete or truncate on rule_set for each statement
  execute function refuse_change();

create trigger priority_weights_append_only before update or delete or truncate on priority_weights for each statement
  execute function refuse_change();

alter table review
  add column rule_set_version int,
  add column rule_id text;

create table reckoning (
  id uuid primary key,
  kind text not null check (kind in ('due', 'priority')),
  queue_id text references queue,
  asked_by text not null,
  asked_at timestamptz(3) not null,
  after_id uuid,
  looked_at int not null default 0,
  changed int not null default 0,
  done_at timestamptz(3)
);

create index reckoning_to_do on reckoning (asked_at, id) where done_at is null;

alter table auth."user"
  add column "trained" text[] not null default '{}',
  add column "optedOut" text[] not null default '{}';

alter table policy add column needs_training boolean not null default false;

create function keeps_away(opted_out text[], trained text[], clause text) returns boolean stable language sql as $$
  select exists (
    select from policy where policy.id = clause and (
      array[policy.id, 'section:' || policy.section_code] && opted_out
      or (policy.needs_training and not array[policy.id, 'section:' || policy.section_code] && trained)))
$$`
