import { type Kysely, sql } from 'kysely'

/**
 * Lists of decisions, accounts, flags and reporters: each filter has an index that ends in the order of its list, so that
 * a page is one range of it. A flag may have been set aside, and one of a muted reporter belongs to no review.
 */
export async function up(db: Kysely<unknown>) {
  for (const part of [decisions, accounts, flags, reporters]) {
    for (const statement of part.split(/;\n\n/)) await sql.raw(statement).execute(db)
  }
}

/** What stands beside a decision is listed in the order of the decisions, and so keeps their time. */
const decisions = `
create index decision_person on decision (decided_by, decided_at desc, id desc);

create index decision_outcome on decision (outcome, decided_at desc, id desc);

drop index decision_account;

create index decision_account on decision (account_id, decided_at desc, id desc);

drop index decision_policy;

create index decision_policy on decision (policy_id, decided_at desc, id desc);

drop index decision_exemption;

create index decision_exemption on decision (exemption, decided_at desc, id desc) where exemption is not null;

create index decision_further_clauses on decision using gin (further_clauses jsonb_path_ops) where further_clauses <> '[]';

alter table measure add column decided_at timestamptz(3);

update measure set decided_at = decision.decided_at from decision where decision.id = measure.decision_id;

alter table outbox add column decided_at timestamptz(3);

update outbox set decided_at = decision.decided_at from decision where decision.id = outbox.decision_id;

create function take_decided_at() returns trigger language plpgsql as $$
begin
  new.decided_at := (select decided_at from decision where id = new.decision_id);
  return new;
end $$;

create trigger measure_decided_at before insert on measure for each row when (new.decided_at is null)
  execute function take_decided_at();

create trigger outbox_decided_at before insert on outbox for each row when (new.decided_at is null)
  execute function take_decided_at();

create index measure_kind on measure (kind, decided_at desc, decision_id desc);

create index outbox_state on outbox (state, decided_at desc, decision_id desc)`

/** Names are searched from their beginning, whatever the case; `C` compares them by code point. */
const accounts = `
create index account_seen on account (first_seen_at desc, id desc);

create index account_status_seen on account (status, first_seen_at desc, id desc);

create index account_platform_seen on account (platform, status, first_seen_at desc, id desc);

create index account_opened on account (created_at) where created_at is not null;

create index account_handle on account ((lower(handle) collate "C"), id);

create index account_display_name on account ((lower(display_name) collate "C"), id) where display_name is not null;

create index account_external_id on account ((lower(external_id) collate "C"), id)`

const flags = `
alter table flag
  add column set_aside_at timestamptz(3),
  add column set_aside_by text,
  alter column review_id drop not null,
  drop constraint flag_effect_check,
  add constraint flag_effect_check check (effect in ('opened', 'joined', 'recorded', 'muted')),
  add constraint flag_review_check check ((review_id is null) = (effect = 'muted'));

create index flag_received on flag (received_at desc, id desc);

create index flag_source on flag (source_kind, source_name, received_at desc, id desc);

create index flag_policy on flag (policy_id, received_at desc, id desc);

create index flag_reporter on flag (reporter_id, received_at desc, id desc) where reporter_id is not null;

create index flag_rare on flag (effect, received_at desc, id desc) where effect in ('recorded', 'muted');

create index flag_muted on flag (account_id, received_at desc, id desc) where review_id is null;

create index flag_set_aside on flag (received_at desc, id desc) where set_aside_at is not null`

const reporters = `
alter table reporter
  add column trusted_weight int check (trusted_weight between 1 and 12),
  add column muted_at timestamptz(3),
  add column muted_by text,
  add column muted_until timestamptz(3);

create index reporter_source on reporter (source_name, id desc);

create index reporter_trusted on reporter (id desc) where trusted_weight is not null;

create index reporter_muted on reporter (id desc) where muted_at is not null;

create index reporter_name on reporter ((lower(name) collate "C"), id) where name is not null;

create index reporter_external_id on reporter ((lower(external_id) collate "C"), id)`
