import { sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import { mostCounted, toCount } from '#server/db/ranges.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { AccountMoment } from '#shared/contract/accounts.ts'
import type { AppealOutcome } from '#shared/domain/appeals.ts'

/** When decisions on an account were appealed, and when that was answered; the newest first. */
export async function findAppealMoments(
  db: Db,
  accountId: string,
  scope: Scope,
  limit: number,
): Promise<AccountMoment[]> {
  const { rows } = await sql<{ id: string; number: number; at: Date; outcome: AppealOutcome | null }>`
    select appeal.id, appeal.number, moment.at, moment.outcome
    from appeal join review on review.id = appeal.review_id
    cross join lateral (values (appeal.filed_at, null), (appeal.decided_at, appeal.outcome)) as moment (at, outcome)
    where appeal.account_id = ${accountId}::uuid and moment.at is not null and ${inScope(scope)}
    order by moment.at desc limit ${limit}`.execute(db)
  return rows.map(({ id, number, at, outcome }) => ({
    kind: 'appeal',
    at: at.toISOString(),
    appealId: id,
    reference: `APL-${number}`,
    outcome,
  }))
}

/** Appeals against decisions on an account or its posts. */
export async function countAppealsOf(db: Db, accountId: string, scope: Scope) {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from appeal join review on review.id = appeal.review_id
      where appeal.account_id = ${accountId}::uuid and ${inScope(scope)} limit ${mostCounted + 1}
    ) as counted`.execute(db)
  return toCount(rows[0]!.count)
}
