import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { Exposure, KindExposure } from '#shared/contract/exposure.ts'
import type { Organisation, Preferences } from '#shared/contract/preferences.ts'
import { blankOwnCare, dailyReveals, OwnCare } from '#shared/domain/exposure.ts'
import { getOrganisation, getPreferences } from '../team/preferences/preferences.queries.ts'

/** Any number, the same in all processes. */
const budgetLock = 4_771_005

/** What is counted; `policyId` is the suspected clause, whose section is the kind of harm. */
type Count = { at: Date; policyId: string | null; items?: number; reveals?: number; shownMs?: number }

/**
 * Adds to somebody's day, in the transaction of the act that is counted and after it has locked what it locks. Programs
 * look at nothing, and where the organisation counts nothing, nothing happens.
 */
export async function countExposure(
  tx: Tx,
  caller: Caller,
  { at, policyId, items = 0, reveals = 0, shownMs = 0 }: Count,
) {
  if (caller.key) return
  await sql`
    insert into exposure as day (person_id, day, kind, items, reveals, shown_ms)
    select ${caller.id}, organisation_day(${at}), coalesce((select section_code from policy where id = ${policyId}), ''),
      ${items}::int, ${reveals}::int, ${shownMs}::bigint
    where coalesce((select (value -> 'care' ->> 'isCounted')::boolean from setting where key = 'organisation'), true)
    on conflict (person_id, day, kind) do update set items = day.items + excluded.items,
      reveals = day.reveals + excluded.reveals, shown_ms = day.shown_ms + excluded.shown_ms`.execute(tx)
}

/**
 * Refuses one more original when the day's budget is used up. Of reveals at once, each waits for the one before, so that
 * none goes beyond it.
 *
 * @throws AppError `exposure_budget_reached`
 */
export async function requireBudget(tx: Tx, caller: Caller, at: Date) {
  if (caller.key) return
  const { care } = await getOrganisation(tx)
  const budget = care.isCounted ? dailyReveals((await getPreferences(tx, caller.id)).care, care) : null
  if (budget === null) return
  await sql`select pg_advisory_xact_lock(${budgetLock}, hashtext(${caller.id}))`.execute(tx)
  const { rows } = await sql<{ seen: number; added: number }>`
    select
      (select coalesce(sum(reveals), 0) from exposure where person_id = ${caller.id} and day = organisation_day(${at}))
        as seen,
      coalesce((select reveals from exposure_extra where person_id = ${caller.id} and day = organisation_day(${at})), 0)
        as added`.execute(tx)
  const { seen, added } = rows[0]!
  if (seen < budget + added) return
  throw new AppError('exposure_budget_reached', `All ${budget + added} originals of today were seen.`)
}

type Extra = { reveals: number; askedAt: string | null }
type Day = Pick<Caller, 'id'> & { at: Date }

/** One person's day so far. */
export async function getExposure(db: Db, { id, at }: Day): Promise<z.input<typeof Exposure>> {
  const [{ care }, own, { rows }] = await Promise.all([
    getOrganisation(db),
    getPreferences(db, id),
    sql<{ day: string } & Parts>`
      select organisation_day(${at})::text as day, ${partsOf(sql`${id}`, sql`organisation_day(${at})`)}`.execute(db),
  ])
  const { day, kinds, extra } = rows[0]!
  return toExposure({ day, kinds, extra }, own, care)
}

type Parts = { kinds: KindExposure[] | null; extra: Extra | null }

function partsOf(personId: ReturnType<typeof sql>, day: ReturnType<typeof sql>) {
  return sql`
    (select json_agg(json_build_object('kind', nullif(kind, ''), 'items', items, 'reveals', reveals, 'shownMs', shown_ms)
      order by kind = '', kind) from exposure where person_id = ${personId} and day = ${day}) as kinds,
    (select json_build_object('reveals', reveals, 'askedAt', asked_at) from exposure_extra
      where person_id = ${personId} and day = ${day}) as extra`
}

function toExposure(
  { day, kinds, extra }: { day: string } & Parts,
  own: Pick<Preferences, 'care'>,
  care: Organisation['care'],
): z.input<typeof Exposure> {
  const byKind = kinds ?? []
  const sum = (of: (kind: KindExposure) => number) => byKind.reduce((total, kind) => total + of(kind), 0)
  const base = care.isCounted ? dailyReveals(own.care, care) : null
  const added = extra?.reveals ?? 0
  return {
    day,
    isCounted: care.isCounted,
    budget: base === null ? null : base + added,
    added,
    askedAt: extra?.askedAt ? new Date(extra.askedAt).toISOString() : null,
    items: sum(({ items }) => items),
    reveals: sum(({ reveals }) => reveals),
    shownMs: sum(({ shownMs }) => shownMs),
    byKind,
  }
}

/** The organisation's day at a moment. */
export async function getDay(db: Db | Tx, at: Date): Promise<string> {
  const { rows } = await sql<{ day: string }>`select organisation_day(${at})::text as day`.execute(db)
  return rows[0]!.day
}

/** Everybody who may see originals and is not gone, and who saw some that day although gone, by name. */
export async function findLoad(db: Db, day: string) {
  const { care } = await getOrganisation(db)
  const { rows } = await sql<{ id: string; name: string; chosen: unknown } & Parts>`
    select person.id, person.name, (select value -> 'care' from preference where person_id = person.id) as chosen,
      ${partsOf(sql`person.id`, sql`${day}::date`)}
    from auth."user" as person
    where not person."isProgram" and (
      (person."disabledAt" is null and person.role in ('reviewer', 'supervisor'))
      or exists (select from exposure where person_id = person.id and day = ${day}::date))
    order by lower(person.name), person.id`.execute(db)
  const items = rows.map(({ id, name, chosen, ...parts }) => ({
    personId: id,
    name,
    ...toExposure({ day, ...parts }, { care: OwnCare.catch(blankOwnCare).parse(chosen) }, care),
  }))
  return { day, isCounted: care.isCounted, items }
}

/** Whether there is such a person, who may sign in. */
export async function isPerson(db: Db | Tx, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('auth.user')
    .select('id')
    .where('id', '=', id)
    .where('isProgram', '=', false)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** What was added to somebody's day, locked. */
export async function lockExtra(tx: Tx, personId: string, day: string) {
  await sql`
    insert into exposure_extra (person_id, day) values (${personId}, ${day}::date) on conflict do nothing`.execute(tx)
  const { rows } = await sql<{ reveals: number; asked_at: Date | null }>`
    select reveals, asked_at from exposure_extra where person_id = ${personId} and day = ${day}::date
    for update`.execute(tx)
  return rows[0]!
}

export async function setAsked(tx: Tx, personId: string, day: string, at: Date) {
  await sql`
    update exposure_extra set asked_at = ${at} where person_id = ${personId} and day = ${day}::date`.execute(tx)
}

/** Answers what was asked, too. */
export async function addExtra(tx: Tx, personId: string, day: string, reveals: number) {
  await sql`
    update exposure_extra set reveals = reveals + ${reveals}, asked_at = null
    where person_id = ${personId} and day = ${day}::date`.execute(tx)
}

/** Clears away what is older than the organisation keeps it. */
export async function deleteOldExposure(db: Db, at: Date): Promise<number> {
  const { care } = await getOrganisation(db)
  const { rows } = await sql<{ count: number }>`
    with gone as (delete from exposure where day < organisation_day(${at}) - ${care.keepDays}::int returning 1),
      extra as (delete from exposure_extra where day < organisation_day(${at}) - ${care.keepDays}::int returning 1)
    select count(*)::int as count from gone`.execute(db)
  return rows[0]!.count
}
