import { type Kysely, sql } from 'kysely'

/** What people looked at, counted a day, and what somebody may see beyond a day's budget. */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
create table exposure (
  person_id text not null,
  day date not null,
  kind text not null,
  items int not null default 0,
  reveals int not null default 0,
  shown_ms bigint not null default 0,
  primary key (person_id, day, kind)
) with (fillfactor = 80);

create index exposure_day on exposure (day);

create table exposure_extra (
  person_id text not null,
  day date not null,
  reveals int not null default 0,
  asked_at timestamptz(3),
  primary key (person_id, day)
);

-- The organisation's day. A zone that this server does not know is UTC: a decision must not fail over it.
create function organisation_day(at timestamptz) returns date language plpgsql stable as $$
declare
  zone text := coalesce((select value ->> 'timeZone' from setting where key = 'organisation'), 'UTC');
begin
  if zone ~ '^[+-]' then return (at at time zone zone::interval)::date; end if;
  return (at at time zone zone)::date;
exception when others then
  return (at at time zone 'UTC')::date;
end $$`
