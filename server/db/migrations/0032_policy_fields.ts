import { type Kysely, sql } from 'kysely'

/**
 * What a version of a clause says besides its text. Severity and the marks of `policy` stay there as those of the version
 * in force, since lists and intake read them without a join.
 */
export async function up(db: Kysely<unknown>) {
  for (const statement of statements.split(/;\n\n/)) await sql.raw(statement).execute(db)
}

const statements = `
alter table policy_version
  add column severity text not null default 'medium',
  add column examples jsonb not null default '[]',
  add column required_fields text[] not null default '{}',
  add column exemptions text[],
  add column strike_weight int not null default 0 check (strike_weight between 0 and 10),
  add column appeal_days int not null default 180 check (appeal_days between 0 and 3650);

update policy_version set severity = policy.severity from policy where policy.id = policy_version.policy_id;

update policy_version set strike_weight = case policy.severity when 'critical' then 3 when 'high' then 2 when 'medium' then 1 else 0 end
  from policy where policy.id = policy_version.policy_id and policy.kind = 'clause'`
