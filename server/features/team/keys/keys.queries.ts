import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { ApiKey } from '#shared/contract/keys.ts'
import type { Role } from '#shared/domain/permissions.ts'
import type { SourceKind } from '#shared/domain/words.ts'

type Row = {
  id: string
  name: string | null
  start: string | null
  programId: string
  role: Role
  metadata: { sourceNames?: string[]; sourceKinds?: SourceKind[]; madeById?: string }
  seesAllQueues: boolean
  members: { queueId: string; mayTake: boolean }[] | null
  createdAt: Date
  lastRequest: Date | null
  disabledAt: Date | null
}

/** Newest first, those that work before those that were revoked; of one key only, if named. */
export async function findKeys(db: Db | Tx, keyId?: string): Promise<ApiKey[]> {
  const one = keyId === undefined ? sql`true` : sql`key.id = ${keyId}`
  const { rows } = await sql<Row>`
    select key.id, key.name, key.start, program.id as "programId", program.role,
      coalesce(key.metadata, '{}')::jsonb as metadata, program."seesAllQueues", key."createdAt", key."lastRequest",
      coalesce(program."disabledAt", case when not key.enabled then key."updatedAt" end) as "disabledAt",
      (select jsonb_agg(jsonb_build_object('queueId', queue_id, 'mayTake', may_take) order by queue_id)
        from queue_member where person_id = program.id) as members
    from auth.apikey as key
    join auth."user" as program on program.id = key."referenceId" and program."isProgram"
    where ${one}
    order by (program."disabledAt" is not null or not key.enabled), key."createdAt" desc, key.id`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    name: row.name ?? '',
    start: row.start,
    programId: row.programId,
    role: row.role,
    sourceNames: row.metadata.sourceNames ?? [],
    sourceKinds: row.metadata.sourceKinds ?? [],
    access: { seesAll: row.seesAllQueues, queues: row.members ?? [] },
    madeAt: row.createdAt.toISOString(),
    madeById: row.metadata.madeById ?? null,
    lastUsedAt: row.lastRequest?.toISOString() ?? null,
    revokedAt: row.disabledAt?.toISOString() ?? null,
  }))
}

/** Moves the secret of a key that was just made onto an earlier one, which loses its own. */
export async function moveSecret(db: Db, { from, to }: { from: string; to: string }) {
  await db.transaction().execute(async (tx) => {
    const fresh = await tx
      .deleteFrom('auth.apikey')
      .where('id', '=', from)
      .returning(['key', 'start'])
      .executeTakeFirstOrThrow()
    await tx.updateTable('auth.apikey').set(fresh).where('id', '=', to).where('enabled', '=', true).execute()
  })
}

/** A key that belongs to nobody, since what it was made for was refused. */
export async function deleteKey(db: Db, keyId: string) {
  await db.deleteFrom('auth.apikey').where('id', '=', keyId).execute()
}

/** The program of a key, locked; undefined when there is none. */
export function lockProgramOf(tx: Tx, keyId: string) {
  return tx
    .selectFrom('auth.apikey as key')
    .innerJoin('auth.user as program', 'program.id', 'key.referenceId')
    .select(['program.id', 'program.disabledAt', 'key.enabled'])
    .where('key.id', '=', keyId)
    .where('program.isProgram', '=', true)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export async function turnOff(tx: Tx, keyId: string, at: Date) {
  await tx.updateTable('auth.apikey').set({ enabled: false, updatedAt: at }).where('id', '=', keyId).execute()
}
