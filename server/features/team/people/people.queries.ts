import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { rowsOf } from '#server/db/rows.ts'
import { AppError } from '#server/http/errors.ts'
import type { OpenInvitation, QueueAccess, TeamMember } from '#shared/contract/people.ts'
import type { Role } from '#shared/domain/permissions.ts'

type Row = {
  id: string
  name: string
  email: string
  role: Role
  version: number
  seesAllQueues: boolean
  seesRestricted: boolean
  languages: string[]
  trained: string[]
  optedOut: string[]
  disabledAt: Date | null
  createdAt: Date
  members: { queueId: string; mayTake: boolean }[] | null
  seen_at: Date | null
  sessions: number
  held: number
}

const members = sql`(
  select jsonb_agg(jsonb_build_object('queueId', queue_id, 'mayTake', may_take) order by queue_id)
  from queue_member where person_id = person.id)`

/** People, programs left out, by name; those who were shut out stand last. */
export async function findTeam(db: Db, now: Date): Promise<TeamMember[]> {
  return (await selectMembers(db, now, sql`true`)).map(toTeamMember)
}

/** @throws AppError `not_found` */
export async function getTeamMember(db: Db | Tx, personId: string, now: Date): Promise<TeamMember> {
  const [row] = await selectMembers(db, now, sql`person.id = ${personId}`)
  if (!row) throw new AppError('not_found', `Nobody has the id ${personId}.`)
  return toTeamMember(row)
}

async function selectMembers(db: Db | Tx, now: Date, which: ReturnType<typeof sql>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select person.id, person.name, person.email, person.role, person.version, person."seesAllQueues",
      person."seesRestricted", person.languages, person."trained", person."optedOut", person."disabledAt", person."createdAt", ${members} as members,
      session.seen_at, coalesce(session.sessions, 0) as sessions,
      (select count(*) from lease where holder_id = person.id and expires_at > ${now}) as held
    from auth."user" as person
    left join lateral (
      select max("updatedAt") as seen_at, count(*) as sessions from auth.session
      where "userId" = person.id and "expiresAt" > ${now}
    ) as session on true
    where not person."isProgram" and ${which}
    order by person."disabledAt" is not null, lower(person.name), person.id`.execute(db)
  return rows
}

function toTeamMember(row: Row): TeamMember {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    version: row.version,
    access: { seesAll: row.seesAllQueues, queues: row.members ?? [] },
    languages: row.languages,
    trained: row.trained,
    optedOut: row.optedOut,
    seesRestricted: row.seesRestricted,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    joinedAt: row.createdAt.toISOString(),
    lastSeenAt: row.seen_at?.toISOString() ?? null,
    sessionCount: row.sessions,
    heldCount: row.held,
  }
}

/** Those whose links still work, newest first. Links for a new password are not among them. */
export async function findOpenInvitations(db: Db, now: Date): Promise<OpenInvitation[]> {
  const rows = await db
    .selectFrom('invitation')
    .selectAll()
    .where('kind', '=', 'join')
    .where('role', 'is not', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name ?? '',
    email: row.email ?? '',
    role: row.role!,
    access: row.access?.access ?? { seesAll: true, queues: [] },
    languages: row.access?.languages ?? [],
    invitedById: row.invited_by,
    invitedAt: row.made_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }))
}

/** Who may do what, locked until the transaction ends; `members` as they are then. Undefined for programs too. */
export async function lockPerson(tx: Tx, personId: string) {
  const person = await tx
    .selectFrom('auth.user')
    .select(['id', 'email', 'name', 'role', 'version', 'seesAllQueues', 'seesRestricted', 'languages', 'disabledAt'])
    .select(['trained', 'optedOut'])
    .where('id', '=', personId)
    .where('isProgram', '=', false)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!person) return undefined
  const rows = await tx
    .selectFrom('queue_member')
    .select(['queue_id', 'may_take'])
    .where('person_id', '=', personId)
    .orderBy('queue_id')
    .execute()
  const queues = rows.map(({ queue_id, may_take }) => ({ queueId: queue_id, mayTake: may_take }))
  const access: QueueAccess = { seesAll: person.seesAllQueues, queues }
  return { ...person, access }
}
export type LockedPerson = NonNullable<Awaited<ReturnType<typeof lockPerson>>>

type Change = { role?: Role; seesRestricted?: boolean; languages?: string[]; disabledAt?: Date | null }

/** Writes what changed of a locked person. @returns the new version */
export async function updatePerson(tx: Tx, personId: string, change: Change): Promise<number> {
  const { version } = await tx
    .updateTable('auth.user')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('id', '=', personId)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

/** Puts the queues of a person or a program in the place of those before. */
export async function putAccess(tx: Tx, personId: string, { seesAll, queues }: QueueAccess) {
  await tx.updateTable('auth.user').set({ seesAllQueues: seesAll }).where('id', '=', personId).execute()
  await tx.deleteFrom('queue_member').where('person_id', '=', personId).execute()
  const rows = queues.map(({ queueId, mayTake }) => ({ person_id: personId, queue_id: queueId, may_take: mayTake }))
  if (rows.length === 0) return
  await sql`
    insert into queue_member (person_id, queue_id, may_take)
    select person_id, queue_id, may_take
    from ${rowsOf(rows, { person_id: 'text', queue_id: 'text', may_take: 'boolean' })} as r`.execute(tx)
}

/** Those of these queues that there are not. */
export async function findUnknownQueues(tx: Tx, queueIds: string[]): Promise<string[]> {
  if (queueIds.length === 0) return []
  const rows = await tx.selectFrom('queue').select('id').where('id', 'in', queueIds).execute()
  const known = new Set(rows.map(({ id }) => id))
  return queueIds.filter((id) => !known.has(id))
}
