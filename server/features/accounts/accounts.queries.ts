import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import { findDecisionsOnAccount, isStanding } from '#server/features/review/decisions/decisions.queries.ts'
import { findNotes, type NoteReader } from '#server/features/review/notes/notes.queries.ts'
import { inScope, isAccountInScope } from '#server/features/review/scope.queries.ts'
import { getWeights } from '#server/features/routing/in-force.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { AccountStanding, StatusChange } from '#shared/contract/reviews.ts'
import { factsIn, isNewAccount, priorityOf } from '#shared/domain/priority.ts'

const mostDecisions = 50

/** What a reviewer must know of the account before deciding `review`, which itself is left out. */
export async function getStanding(
  db: Db,
  accountId: string,
  review: { id: string; opened_at: Date },
  scope: Scope,
  reader?: NoteReader,
): Promise<AccountStanding> {
  const [account, history, decisions, notes] = await Promise.all([
    getAccount(db, accountId, review.id, scope),
    findStatusHistory(db, accountId, scope),
    findDecisionsOnAccount(db, accountId, { exceptReviewId: review.id, limit: mostDecisions, scope }),
    findNotes(db, { on: 'account', id: accountId }, reader),
  ])
  return {
    id: account.id,
    platform: account.platform,
    externalId: account.external_id,
    handle: account.handle,
    displayName: account.display_name,
    kind: account.kind,
    status: account.status,
    statusSince: account.status_since?.toISOString() ?? null,
    statusCause: account.shown_cause,
    createdAt: account.created_at?.toISOString() ?? null,
    firstSeenAt: account.first_seen_at.toISOString(),
    isNew: isNewAccount(account.created_at, review.opened_at),
    history,
    decisions,
    decisionCount: account.decision_count,
    openReviews: account.open_reviews,
    notes,
  }
}

/** A cause, but for the name of a review of the account that lies outside the scope. */
export function causeWithin(scope: Scope, cause: RawBuilder<unknown>, accountId: RawBuilder<unknown>) {
  if (scope.queues === null && scope.seesRestricted) return sql<string | null>`${cause}`
  return sql<string | null>`case when not exists (select from review where review.account_id = ${accountId}
    and 'DKT-' || review.number = ${cause} and not ${inScope(scope)}) then ${cause} end`
}

/** The account, and how many decisions and waiting reviews it has besides this review. */
function getAccount(db: Db, accountId: string, exceptReviewId: string, scope: Scope) {
  return db
    .selectFrom('account')
    .selectAll()
    .select(causeWithin(scope, sql.ref('account.status_cause'), sql.ref('account.id')).as('shown_cause'))
    .select((eb) => [
      eb
        .selectFrom('decision')
        .innerJoin('review', 'review.id', 'decision.review_id')
        .select((count) => count.fn.countAll<number>().as('count'))
        .where(isStanding)
        .where(inScope(scope))
        .whereRef('decision.account_id', '=', 'account.id')
        .where('decision.review_id', '<>', exceptReviewId)
        .$asScalar()
        .$notNull()
        .as('decision_count'),
      eb
        .selectFrom('review')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('review.account_id', '=', 'account.id')
        .where('review.state', '<>', 'decided')
        .where(inScope(scope))
        .where('review.id', '<>', exceptReviewId)
        .$asScalar()
        .$notNull()
        .as('open_reviews'),
    ])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
}

/** Oldest first. */
export async function findStatusHistory(db: Db, accountId: string, scope: Scope): Promise<StatusChange[]> {
  const rows = await db
    .selectFrom('account_status')
    .select(['status', 'since', 'source'])
    .select(causeWithin(scope, sql.ref('account_status.cause'), sql.ref('account_status.account_id')).as('cause'))
    .where('account_id', '=', accountId)
    .where('is_turn', '=', true)
    .orderBy('since')
    .orderBy('id')
    .execute()
  return rows.map(({ since, ...change }) => ({ ...change, since: since.toISOString() }))
}

/** One account in the scope, locked until the transaction ends. */
export function lockAccount(tx: Tx, accountId: string, scope: Scope) {
  return tx
    .selectFrom('account')
    .select('id')
    .where('id', '=', accountId)
    .where(isAccountInScope(scope))
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Locks accounts in the order of their keys, as intake does. */
export function lockAccounts(tx: Tx, accountIds: string[]) {
  return tx
    .selectFrom('account')
    .select(['id', 'status'])
    .where('id', 'in', accountIds)
    .orderBy('platform')
    .orderBy('external_id')
    .forNoKeyUpdate()
    .execute()
}

/** Adds to the history of locked accounts; the last status given of each is the one it has now. */
export async function insertStatuses(tx: Tx, statuses: Insertable<Database['account_status']>[]) {
  await tx.insertInto('account_status').values(statuses).execute()
  const latest = new Map(statuses.map((status) => [status.account_id, status]))
  for (const { account_id, status, since, cause } of latest.values()) {
    await tx
      .updateTable('account')
      .set({ status, status_since: since, status_seen_at: since, status_cause: cause })
      .where('id', '=', account_id)
      .execute()
  }
}

/** Lets the undecided reviews of these accounts show the status they have now, and reckons their priority anew. */
export async function restateReviews(tx: Tx, accountIds: string[]) {
  const reviews = await tx
    .selectFrom('review')
    .select(['id', 'account_id', 'sources', 'policy_id', 'flag_count', 'priority_terms'])
    .select(['account_created_at', 'opened_at'])
    .where('account_id', 'in', accountIds)
    .where('state', '<>', 'decided')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  if (reviews.length === 0) return
  const statuses = new Map((await lockAccounts(tx, accountIds)).map((account) => [account.id, account.status]))
  const severities = await findSeverities(tx)
  const weights = await getWeights(tx)
  const restated = reviews.map((review) => {
    const accountStatus = statuses.get(review.account_id)!
    const { priority, terms } = priorityOf(
      {
        ...factsIn(review.priority_terms),
        sources: review.sources,
        severity: (review.policy_id && severities.get(review.policy_id)) || null,
        accountStatus,
        flagCount: review.flag_count,
        isNewAccount: isNewAccount(review.account_created_at, review.opened_at),
      },
      weights,
    )
    return { id: review.id, account_status: accountStatus, priority, priority_terms: terms }
  })
  await sql`
    update review set account_status = r.account_status, priority = r.priority, priority_terms = r.priority_terms
    from json_to_recordset(${JSON.stringify(restated)}::json)
      as r(id uuid, account_status text, priority int, priority_terms jsonb)
    where review.id = r.id`.execute(tx)
}

async function findSeverities(tx: Tx) {
  const rows = await tx.selectFrom('policy').select(['id', 'severity']).execute()
  return new Map(rows.map(({ id, severity }) => [id, severity]))
}
