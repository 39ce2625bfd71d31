import type { Insertable, Selectable } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import type { CannedReason } from '#shared/contract/reasons.ts'

type Row = Selectable<Database['canned_reason']>

/** In their newest versions, by name; those that are withdrawn stand last. */
export async function findReasons(db: Db | Tx): Promise<CannedReason[]> {
  const rows = await db.selectFrom('canned_reason').selectAll().orderBy('version', 'desc').execute()
  return [...Map.groupBy(rows, (row) => row.reason_id).values()]
    .map(toReason)
    .sort((a, b) => Number(a.isWithdrawn) - Number(b.isWithdrawn) || (a.name < b.name ? -1 : 1))
}

/** All versions of the reason that this is a version of, newest first; none when there is no such version. */
export async function findVersions(tx: Tx, id: string): Promise<Row[]> {
  const row = await tx.selectFrom('canned_reason').select('reason_id').where('id', '=', id).executeTakeFirst()
  if (!row) return []
  return tx
    .selectFrom('canned_reason')
    .selectAll()
    .where('reason_id', '=', row.reason_id)
    .orderBy('version', 'desc')
    .execute()
}

/** @param rows all versions of one, newest first */
export function toReason(rows: Row[]): CannedReason {
  const [current, ...earlier] = rows.map(toVersion)
  return { ...current!, reasonId: rows[0]!.reason_id, earlier }
}

const toVersion = (row: Row) => ({
  id: row.id,
  version: row.version,
  policyId: row.policy_id,
  uses: row.uses,
  name: row.name,
  texts: row.texts,
  isWithdrawn: row.is_withdrawn,
  writtenById: row.written_by,
  writtenAt: row.written_at.toISOString(),
})

/** @returns false when somebody wrote that version first */
export async function insertReason(tx: Tx, reason: Insertable<Database['canned_reason']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('canned_reason')
    .values(reason)
    .onConflict((conflict) => conflict.columns(['reason_id', 'version']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export function findPolicy(tx: Tx, policyId: string) {
  return tx.selectFrom('policy').select('id').where('id', '=', policyId).executeTakeFirst()
}
