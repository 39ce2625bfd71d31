import { sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'

/**
 * Lets each clause show what the version says whose time has come. Answers those versions. Lists and decisions do not wait
 * for it: they read what is in force from the versions themselves.
 */
export async function noteInForce(tx: Tx, at: Date): Promise<{ id: string; version: number; isRetired: boolean }[]> {
  const { rows } = await sql<{ id: string; version: number; isRetired: boolean }>`
    with due as (
      select policy.id, (select max(version) from policy_version as each
        where each.policy_id = policy.id and each.in_force_since <= ${at}) as version, policy.current_version
      from policy
    ), locked as (
      select policy.id, due.version from policy join due on due.id = policy.id
      where due.version > due.current_version order by policy.id for no key update of policy
    )
    update policy set current_version = said.version, short_name = said.short_name, severity = said.severity,
      is_restricted = said.is_restricted, needs_purpose_test = said.needs_purpose_test
    from locked join policy_version as said on said.policy_id = locked.id and said.version = locked.version
    where policy.id = locked.id and policy.current_version < said.version
    returning policy.id, said.version, said.is_retired as "isRetired"`.execute(tx)
  return rows
}
