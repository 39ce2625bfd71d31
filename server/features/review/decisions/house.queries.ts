import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { toOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { Organisation } from '#shared/contract/preferences.ts'
import { countsAfter, strikesOf } from '#shared/domain/strikes.ts'
import { inScope } from '../scope.queries.ts'
import { isStanding } from './decisions.queries.ts'

/** More than these are not looked at: every ladder ends long before. */
const mostStrikes = 1_000

type Strike = { policyId: string; version: number; weight: number; decidedAt: string }

/** What holds for everybody, and the violations that stand against an account, as far as there are any for the reader. */
export type House = { organisation: Organisation; violations: Strike[] }

/** In one statement, for those who decide. */
export async function getHouse(db: Db | Tx, accountId: string, scope: Scope): Promise<House> {
  const { rows } = await sql<{ organisation: object | null; violations: Strike[] | null }>`
    select (select value from setting where key = 'organisation') as organisation,
      (select json_agg(strike) from (
        select decision.policy_id as "policyId", decision.policy_version as version, said.strike_weight as weight,
          decision.decided_at as "decidedAt"
        from decision
        join review on review.id = decision.review_id
        join policy_version as said on said.policy_id = decision.policy_id and said.version = decision.policy_version
        where decision.account_id = ${accountId} and decision.outcome = 'violation' and said.strike_weight > 0
          and ${isStanding} and ${inScope(scope)}
        order by decision.decided_at desc, decision.id desc
        limit ${mostStrikes}
      ) as strike) as violations`.execute(db)
  const { organisation, violations } = rows[0]!
  return { organisation: toOrganisation(organisation ?? undefined), violations: violations ?? [] }
}

/** What counts against the account at that time. */
export function countStrikes({ organisation, violations }: House, at: Date): number {
  const standing = violations.map(({ weight, decidedAt }) => ({
    outcome: 'violation',
    weight,
    decidedAt: new Date(decidedAt),
    isStanding: true,
  }))
  return strikesOf(standing, organisation.strikeLadder, at)
}

const mostNamed = 10

/** The same as the desk shows it. */
export async function findStrikes(db: Db, accountId: string, scope: Scope, at: Date) {
  const house = await getHouse(db, accountId, scope)
  const after = countsAfter(at, house.organisation.strikeLadder)
  const newest = house.violations
    .map((strike) => ({ ...strike, decidedAt: new Date(strike.decidedAt) }))
    .filter(({ decidedAt }) => decidedAt > after)
    .slice(0, mostNamed)
    .map(({ policyId: id, version, weight, decidedAt }) => ({
      clause: { id, version },
      weight,
      decidedAt: decidedAt.toISOString(),
    }))
  return { total: countStrikes(house, at), newest }
}
