import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { mostCounted, toCount } from '#server/db/ranges.ts'
import { countAppealsOf } from '#server/features/appeals/account.queries.ts'
import { findMeasuresInForce } from '#server/features/delivery/measures.queries.ts'
import { findNotes } from '#server/features/review/notes/notes.queries.ts'
import { inScope, isAccountInScope } from '#server/features/review/scope.queries.ts'
import { AppError } from '#server/http/errors.ts'
import type { Scope } from '#server/http/route.ts'
import type { AccountDetail } from '#shared/contract/accounts.ts'
import { findAccountRows } from './account-list.queries.ts'
import { causeWithin, findStatusHistory } from './accounts.queries.ts'

/** `personId`: for whom it is read, where what is new to them is told. */
type Context = { scope: Scope; now: Date; personId?: string }

const mostMeasures = 50

/**
 * All that the head of an account's page shows.
 *
 * @throws AppError `not_found`, also when it lies outside the scope
 */
export async function getAccountDetail(
  db: Db,
  accountId: string,
  context: Context,
): Promise<z.input<typeof AccountDetail>> {
  const { url, status_cause } = await requireAccount(db, accountId, context.scope)
  const [[row], history, notes, measures, removed, nextReviewId, appeals] = await Promise.all([
    findAccountRows(db, [accountId], context),
    findStatusHistory(db, accountId, context.scope),
    findNotes(db, { on: 'account', id: accountId }, context.personId ? { personId: context.personId } : undefined),
    findMeasuresInForce(db, accountId, { scope: context.scope, limit: mostMeasures }),
    countRemoved(db, accountId, context.scope),
    findNextReview(db, accountId, context.scope),
    countAppealsOf(db, accountId, context.scope),
  ])
  return { ...row!, url, statusCause: status_cause, history, notes, measures, removed, nextReviewId, appeals }
}

/** @throws AppError `not_found`, also when it lies outside the scope */
export async function requireAccount(db: Db, accountId: string, scope: Scope) {
  const row = await db
    .selectFrom('account')
    .select(['url', 'created_at', 'first_seen_at'])
    .select(causeWithin(scope, sql.ref('account.status_cause'), sql.ref('account.id')).as('status_cause'))
    .where('id', '=', accountId)
    .where(isAccountInScope(scope))
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', `No account ${accountId}.`)
  return row
}

/** Posts that are removed as of now. */
async function countRemoved(db: Db, accountId: string, scope: Scope) {
  const { rows } = await sql<{ count: number }>`
    select count(distinct post_id)::int as count from (
      select review.post_id from decision
      join measure on measure.decision_id = decision.id and measure.kind = 'remove'
      join review on review.id = decision.review_id
      where decision.account_id = ${accountId}::uuid and measure.began_at is not null and measure.ended_at is null
        and ${inScope(scope)}
      limit ${mostCounted + 1}
    ) as removed`.execute(db)
  return toCount(rows[0]!.count)
}

async function findNextReview(db: Db, accountId: string, scope: Scope): Promise<string | null> {
  const row = await db
    .selectFrom('review')
    .select('id')
    .where('account_id', '=', accountId)
    .where('state', '<>', 'decided')
    .where(inScope(scope))
    .orderBy('priority', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}
