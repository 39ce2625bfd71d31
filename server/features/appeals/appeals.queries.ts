import { type Insertable, type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import type { AppealTable } from '#server/db/schema/appeals.ts'
import { isKept, isUndone } from '#server/features/review/decisions/undo.queries.ts'
import { inScope } from '#server/features/review/scope.queries.ts'
import type { Scope } from '#server/http/route.ts'
import type { AppealAbout } from '#shared/contract/appeals.ts'
import { defaultAppealDays } from '#shared/domain/appeals.ts'

export type AppealRecord = Selectable<AppealTable>

export const toAppealReference = (number: number) => `APL-${number}`

/** The appeal in a scope, locked until the transaction ends; undefined when there is none. */
export function lockAppeal(tx: Tx, appealId: string, scope: Scope): Promise<AppealRecord | undefined> {
  return tx
    .selectFrom('appeal')
    .innerJoin('review', 'review.id', 'appeal.review_id')
    .selectAll('appeal')
    .where('appeal.id', '=', appealId)
    .where(inScope(scope))
    .forNoKeyUpdate('appeal')
    .executeTakeFirst()
}

/** What an appeal has to know of what it is against. */
export type Appealed = {
  id: string
  review_id: string
  account_id: string
  policy_id: string | null
  policy_version: number | null
  decided_at: Date
  appeal_days: number
  is_undone: boolean
}

/**
 * The decision that is named, or else the newest that stands: on the post; on the account alone, or with a measure on it.
 * Undefined where there is none.
 */
export async function findAppealed(tx: Tx, about: z.output<typeof AppealAbout>): Promise<Appealed | undefined> {
  const { rows } = await sql<Appealed>`
    select decision.id, decision.review_id, decision.account_id, decision.policy_id, decision.policy_version,
      decision.decided_at, coalesce(policy_version.appeal_days, ${defaultAppealDays}) as appeal_days,
      ${isUndone('decision')} as is_undone
    from decision
    left join policy_version on policy_version.policy_id = decision.policy_id
      and policy_version.version = decision.policy_version
    where ${isAbout(about)}
    order by decision.decided_at desc, decision.id desc limit 1`.execute(tx)
  return rows[0]
}

const stands = sql<boolean>`(not ${isUndone('decision')} and not exists (
  select from decision as later where later.supersedes_id = decision.id and ${isKept('later')}))`

function isAbout(about: z.output<typeof AppealAbout>) {
  if ('decisionId' in about) return sql<boolean>`decision.id = ${about.decisionId}`
  if ('post' in about) {
    return sql<boolean>`decision.review_id in (select review.id from post join review on review.post_id = post.id
      where post.platform = ${about.platform} and post.external_id = ${about.post}) and ${stands}`
  }
  return sql<boolean>`decision.account_id = (select id from account
      where platform = ${about.platform} and external_id = ${about.account}) and ${stands}
    and (exists (select from measure where measure.decision_id = decision.id and measure.target = 'account')
      or exists (select from review where review.id = decision.review_id and review.post_id is null))`
}

/** The one that this source filed under this name. */
export function findSent(tx: Tx, source: { name: string; externalId: string }): Promise<{ id: string } | undefined> {
  return tx
    .selectFrom('appeal')
    .select('id')
    .where('source_name', '=', source.name)
    .where('external_id', '=', source.externalId)
    .executeTakeFirst()
}

/** @returns false when another appeal against the same decision waits, or the same one came at the same moment */
export async function insertAppeal(tx: Tx, appeal: Insertable<AppealTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('appeal')
    .values(appeal)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

type Course = Partial<
  Pick<
    AppealRecord,
    | 'state'
    | 'holder_id'
    | 'held_until'
    | 'outcome'
    | 'rationale'
    | 'decided_by'
    | 'decided_at'
    | 'new_decision_id'
    | 'wrongly_down_ms'
    | 'withdrawn_reason'
  > & { message: string | null }
>

export async function updateAppeal(tx: Tx, appealId: string, course: Course) {
  await tx.updateTable('appeal').set(course).where('id', '=', appealId).execute()
}

/**
 * Everybody who decided or confirmed this decision, or one that it stands in the place of, or an appeal against one of
 * them: they do not hear another.
 */
export async function findDeciders(db: Db | Tx, decisionId: string): Promise<string[]> {
  const { rows } = await sql<{ person: string }>`${decidersOf(sql`${decisionId}::uuid`)} order by person`.execute(db)
  return rows.map(({ person }) => person)
}

/** A query of one column, `person`. */
export const decidersOf = (decisionId: ReturnType<typeof sql>) => sql`
  with recursive earlier as (
    select decision.* from decision where decision.id = ${decisionId}
    union all
    select decision.* from earlier join decision on decision.id = earlier.supersedes_id
  )
  select decided_by as person from earlier where decided_by is not null
  union select confirmed_by from earlier where confirmed_by is not null
  union select appeal.decided_by from earlier join appeal on appeal.decision_id = earlier.id
    where appeal.decided_by is not null`
