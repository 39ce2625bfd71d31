import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Db, Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { Scope } from '#server/http/route.ts'
import type { Person } from '#shared/contract/team.ts'
import { Role } from '#shared/domain/permissions.ts'
import { isAmong } from '#shared/domain/routing.ts'

/** Everybody who was ever here, programs included: names stand beside old notes and decisions. */
export async function findPeople(db: Db): Promise<Person[]> {
  const rows = await db
    .selectFrom('auth.user')
    .select(['id', 'name', 'role', 'disabledAt'])
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(({ disabledAt, ...person }) => ({ ...person, isActive: disabledAt === null }))
}

/** The program a key belongs to, by the key's hash; undefined when either may not be used. */
export async function findProgramByKey(db: Db, keyHash: string) {
  return db
    .selectFrom('auth.apikey as key')
    .innerJoin('auth.user as program', 'program.id', 'key.referenceId')
    .where('key.key', '=', keyHash)
    .where('key.enabled', '=', true)
    .where((eb) => eb.or([eb('key.expiresAt', 'is', null), eb('key.expiresAt', '>', sql<Date>`now()`)]))
    .where('program.isProgram', '=', true)
    .where('program.disabledAt', 'is', null)
    .select(['program.id', 'program.name', 'program.email', 'program.role'])
    .select(['key.id as keyId', 'key.lastRequest', sql<string>`coalesce(key.metadata, '{}')`.as('metadata')])
    .executeTakeFirst()
}

/** When a key was used last; one write of several that come at once is enough. */
export async function markUsed(db: Db, keyId: string, at: Date) {
  await db
    .updateTable('auth.apikey')
    .set({ lastRequest: at })
    .where('id', '=', keyId)
    .where((eb) => eb.or([eb('lastRequest', 'is', null), eb('lastRequest', '<', new Date(at.getTime() - 59_000))]))
    .execute()
}

/** What there is for a person or a program. Whoever sees all queues takes from all, unless some are named. */
export async function getScope(db: Db | Tx, personId: string): Promise<Scope> {
  const person = await db
    .selectFrom('auth.user')
    .select(['seesAllQueues', 'seesRestricted', 'languages as reads'])
    .select([untrained.as('untrained'), optedOut.as('optedOut')])
    .select((eb) =>
      jsonArrayFrom(
        eb.selectFrom('queue_member').select(['queue_id', 'may_take']).whereRef('person_id', '=', 'auth.user.id'),
      ).as('members'),
    )
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
  const { members } = person
  const { seesRestricted } = person
  const takes = members.filter((member) => member.may_take).map((member) => member.queue_id)
  const skills = await findSkills(db, person)
  if (!person.seesAllQueues)
    return { queues: members.map((member) => member.queue_id), takes, seesRestricted, ...skills }
  return { queues: null, takes: members.length > 0 ? takes : null, seesRestricted, ...skills }
}

type Skilled = { reads: string[]; untrained: string[]; optedOut: string[] }

/** Nothing for those who leave nothing out: what they are offered is asked for without a further condition. */
async function findSkills(db: Db | Tx, { reads, untrained, optedOut }: Skilled): Promise<Pick<Scope, 'skills'>> {
  const avoids = [...untrained, ...optedOut]
  if (avoids.length + reads.length === 0) return {}
  const [clauses, languages] = await Promise.all([
    avoids.length > 0 ? findOtherClauses(db, avoids) : null,
    reads.length > 0 ? findVarieties(db, reads) : null,
  ])
  return { skills: { clauses, languages, untrained } }
}

async function findOtherClauses(db: Db | Tx, avoids: string[]): Promise<string[]> {
  const rows = await db.selectFrom('policy').select('id').where('id', 'not in', avoids).execute()
  return rows.map(({ id }) => id)
}

/** The languages of reviews that are one of these or a variety of one: one step down an index for each that there is. */
async function findVarieties(db: Db | Tx, reads: string[]): Promise<string[]> {
  const { rows } = await sql<{ value: string }>`
    with recursive found as (
      (select language as value from review where language is not null order by language limit 1)
      union all
      select (select language from review where language > found.value order by language limit 1)
      from found where found.value is not null
    )
    select value from found where value is not null`.execute(db)
  const known = reads.map((code) => code.split('-')[0]!)
  return [...reads, ...rows.map(({ value }) => value).filter((value) => isAmong(value, known))]
}

/** Of a person: clauses that need a training which they do not have, and clauses that they keep away from. */
const untrained = sql<
  string[]
>`array(select policy.id from policy where policy.kind = 'clause' and policy.needs_training
  and not array[policy.id, 'section:' || policy.section_code] && "trained")`
const optedOut = sql<string[]>`array(select policy.id from policy where policy.kind = 'clause'
  and array[policy.id, 'section:' || policy.section_code] && "optedOut")`

type NewPerson = { id?: string; name: string; email: string; role: Role; isProgram?: boolean }

/** @returns the id, or null when somebody has that e-mail already */
export async function insertPerson(tx: Tx | Db, person: NewPerson): Promise<string | null> {
  const now = new Date()
  const row = await tx
    .insertInto('auth.user')
    .values({
      id: person.id ?? newId(),
      name: person.name,
      email: person.email.toLowerCase(),
      emailVerified: false,
      createdAt: now,
      updatedAt: now,
      role: Role.parse(person.role),
      isProgram: person.isProgram ?? false,
      disabledAt: null,
      image: null,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

/** @param password its hash, by better-auth */
export async function insertPassword(tx: Tx | Db, personId: string, password: string) {
  const row = { id: newId(), accountId: personId, providerId: 'credential', userId: personId }
  await tx
    .insertInto('auth.account')
    .values({ ...row, password, updatedAt: new Date() })
    .execute()
}

export async function findPersonIdByEmail(db: Db | Tx, email: string): Promise<string | null> {
  const row = await db
    .selectFrom('auth.user')
    .select('id')
    .where('email', '=', email.trim().toLowerCase())
    .executeTakeFirst()
  return row?.id ?? null
}

/** The sessions end with it. @returns false when the person was disabled before, or there is none */
export async function disablePerson(tx: Tx | Db, personId: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('auth.user')
    .set({ disabledAt: at })
    .where('id', '=', personId)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  await tx.deleteFrom('auth.session').where('userId', '=', personId).execute()
  return numUpdatedRows > 0n
}

/** A person by e-mail, or programs by name, that are not disabled. */
export function findActive(db: Db | Tx, who: string) {
  return db
    .selectFrom('auth.user')
    .select(['id', 'email', 'name', 'role', 'isProgram'])
    .where((eb) =>
      eb.or([
        eb('email', '=', who.trim().toLowerCase()),
        eb.and([eb('isProgram', '=', true), eb('name', '=', who.trim())]),
      ]),
    )
    .where('disabledAt', 'is', null)
    .execute()
}

/** The sessions end with the old password. @param password its hash, by better-auth */
export async function replacePassword(tx: Tx, personId: string, name: string, password: string) {
  const updatedAt = new Date()
  await tx.updateTable('auth.user').set({ name, updatedAt }).where('id', '=', personId).execute()
  await tx.updateTable('auth.account').set({ password, updatedAt }).where('userId', '=', personId).execute()
  await tx.deleteFrom('auth.session').where('userId', '=', personId).execute()
}
