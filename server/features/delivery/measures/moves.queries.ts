import { sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'
import type { AccountMeasure, PostMeasure } from '#shared/domain/outcomes.ts'
import type { Interval, Stated } from './account-hold.ts'

export type MeasureRow = {
  id: string
  decision_id: string
  target: 'post' | 'account'
  kind: PostMeasure | AccountMeasure
  restriction: string | null
  ends_at: string | null
  began_at: string | null
}

/** What decisions begin and end when they take effect. */
export type Effect = {
  decision_id: string
  account_id: string
  post_id: string | null
  number: number
  /** Its measures that have neither begun nor ended. */
  begins: MeasureRow[]
  /** Measures of the decisions it supersedes, however far back, that have not ended; begun or not. */
  ends: MeasureRow[]
}

/**
 * In the order in which they were taken. Read it after the accounts are locked: nothing else begins or ends their
 * measures then.
 */
export async function findEffects(tx: Tx, decisionIds: string[]): Promise<Effect[]> {
  const { rows } = await sql<Effect>`
    with recursive earlier as (
      select id, supersedes_id as earlier_id from decision
      where id = any(${decisionIds}::uuid[]) and supersedes_id is not null
      union all
      select earlier.id, decision.supersedes_id from earlier
      join decision on decision.id = earlier.earlier_id and decision.supersedes_id is not null
    )
    select decision.id as decision_id, decision.account_id, review.post_id, review.number,
      (select coalesce(json_agg(to_json(measure) order by measure.target), '[]') from measure
        where measure.decision_id = decision.id and began_at is null and ended_at is null) as begins,
      (select coalesce(json_agg(to_json(measure) order by measure.target), '[]') from earlier
        join measure on measure.decision_id = earlier.earlier_id
        where earlier.id = decision.id and ended_at is null) as ends
    from decision join review on review.id = decision.review_id
    where decision.id = any(${decisionIds}::uuid[])
    order by decision.decided_at, decision.id`.execute(tx)
  return rows
}

export type AccountHold = { id: string; account_id: string; kind: AccountMeasure }

/** The measures on accounts that are in force. */
export async function findAccountHolds(tx: Tx, accountIds: string[]): Promise<AccountHold[]> {
  const { rows } = await sql<AccountHold>`
    select measure.id, decision.account_id, measure.kind
    from decision join measure on measure.decision_id = decision.id and measure.target = 'account'
    where decision.account_id = any(${accountIds}::uuid[]) and measure.began_at is not null and measure.ended_at is null
    `.execute(tx)
  return rows
}

/** When measures that change its status held the account, and what others than us have stated of it. */
export async function findHoldHistory(tx: Tx, accountId: string): Promise<{ held: Interval[]; stated: Stated[] }> {
  const held = await sql<Interval>`
    select measure.began_at as "from", measure.ended_at as "to"
    from decision join measure on measure.decision_id = decision.id and measure.target = 'account'
    where decision.account_id = ${accountId} and measure.began_at is not null and measure.kind <> 'warn'`.execute(tx)
  const stated = await tx
    .selectFrom('account_status')
    .select(['status', 'since'])
    .where('account_id', '=', accountId)
    .where('source', '<>', 'docket')
    .orderBy('since')
    .orderBy('id')
    .execute()
  return { held: held.rows, stated }
}

export async function beginMeasures(tx: Tx, measureIds: string[], now: Date) {
  if (measureIds.length === 0) return
  await sql`update measure set began_at = ${now} where id = any(${measureIds}::uuid[])`.execute(tx)
}

export type EndedAs = 'superseded' | 'lapsed' | 'already_deleted'

export async function endMeasures(tx: Tx, measureIds: string[], endedAs: EndedAs, now: Date) {
  if (measureIds.length === 0) return
  await sql`update measure set ended_at = ${now}, ended_as = ${endedAs} where id = any(${measureIds}::uuid[])`.execute(
    tx,
  )
}

export type Lapse = Pick<Effect, 'decision_id' | 'account_id' | 'post_id' | 'number'> & { measure: MeasureRow }

/** Accounts on which, or on whose posts, a measure in force has come to its end. Looks only. */
export async function findLapsing(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ account_id: string }>`
    select distinct decision.account_id from (
      select decision_id from measure
      where ends_at <= ${now} and began_at is not null and ended_at is null
      order by ends_at limit ${limit}
    ) as due join decision on decision.id = due.decision_id`.execute(tx)
  return rows.map((row) => row.account_id)
}

/** The first end first. Read it after the accounts are locked: another process may have let them lapse meanwhile. */
export async function findLapses(tx: Tx, accountIds: string[], now: Date): Promise<Lapse[]> {
  const { rows } = await sql<Lapse>`
    select decision.id as decision_id, decision.account_id, review.post_id, review.number, to_json(measure) as measure
    from decision
    join measure on measure.decision_id = decision.id
    join review on review.id = decision.review_id
    where decision.account_id = any(${accountIds}::uuid[])
      and measure.ends_at <= ${now} and measure.began_at is not null and measure.ended_at is null
    order by measure.ends_at, measure.id`.execute(tx)
  return rows
}
