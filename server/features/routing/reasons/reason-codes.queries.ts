import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { ReasonMapping, UnsortedCode } from '#shared/contract/routing.ts'

/** By code, then source. */
export async function findMappings(db: Db | Tx): Promise<ReasonMapping[]> {
  const rows = await db.selectFrom('reason_mapping').selectAll().orderBy('code').orderBy('source_name').execute()
  return rows.map((row) => ({ sourceName: row.source_name, code: row.code, policyId: row.policy_id }))
}

/** Codes of the newest flags that stand for no clause by now; the most used first. */
export async function findUnsorted(
  db: Db,
  { looked, most }: { looked: number; most: number },
): Promise<UnsortedCode[]> {
  const { rows } = await sql<{ source_name: string; code: string; flags: number; latest_at: Date }>`
    select source_name, reason_code as code, count(*)::int as flags, max(received_at) as latest_at
    from (select source_name, reason_code, policy_id, received_at from flag order by id desc limit ${looked}) as newest
    where policy_id is null and not exists (select from reason_mapping as known
      where known.code = newest.reason_code and known.source_name in ('', newest.source_name))
    group by 1, 2 order by flags desc, code, source_name limit ${most}`.execute(db)
  return rows.map(({ source_name, latest_at, ...row }) => ({
    ...row,
    sourceName: source_name,
    latestAt: latest_at.toISOString(),
  }))
}

type Key = { source_name: string; code: string }

export function lockMapping(tx: Tx, { source_name, code }: Key) {
  return tx
    .selectFrom('reason_mapping')
    .selectAll()
    .where('source_name', '=', source_name)
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst()
}

export async function putMapping(tx: Tx, mapping: Key & { policy_id: string }) {
  await tx
    .insertInto('reason_mapping')
    .values(mapping)
    .onConflict((conflict) => conflict.columns(['code', 'source_name']).doUpdateSet({ policy_id: mapping.policy_id }))
    .execute()
}

export async function deleteMapping(tx: Tx, { source_name, code }: Key) {
  await tx.deleteFrom('reason_mapping').where('source_name', '=', source_name).where('code', '=', code).execute()
}

export async function isClause(tx: Tx, policyId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('policy')
    .select('id')
    .where('id', '=', policyId)
    .where('kind', '=', 'clause')
    .executeTakeFirst()
  return row !== undefined
}
