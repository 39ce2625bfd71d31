import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { sectionToken } from '#shared/domain/routing.ts'

export async function findTraining(db: Db | Tx): Promise<string[]> {
  const rows = await db
    .selectFrom('policy')
    .select('id')
    .where('needs_training', '=', true)
    .orderBy('position')
    .execute()
  return rows.map(({ id }) => id)
}

export async function putTraining(tx: Tx, clauses: string[]) {
  await sql`
    update policy set needs_training = id = any(${clauses}::text[])
    where needs_training <> (id = any(${clauses}::text[]))`.execute(tx)
}

/** Clauses, and sections by their token. */
export async function findClauseTokens(db: Db | Tx): Promise<Set<string>> {
  const rows = await db.selectFrom('policy').select(['id', 'section_code']).where('kind', '=', 'clause').execute()
  return new Set(rows.flatMap(({ id, section_code }) => [id, sectionToken(section_code)]))
}

export async function getSkills(db: Db | Tx, personId: string) {
  return db
    .selectFrom('auth.user')
    .select(['trained', 'optedOut', 'version'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow()
}

/** @returns the new version */
export async function putSkills(
  tx: Tx,
  personId: string,
  skills: { trained?: string[]; optedOut?: string[] },
): Promise<number> {
  const { version } = await tx
    .updateTable('auth.user')
    .set((eb) => ({ ...skills, version: eb('version', '+', 1) }))
    .where('id', '=', personId)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}
