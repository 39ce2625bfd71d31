import type { Db, Tx } from '#server/db/connect.ts'
import type { Weights, WeightsVersion } from '#shared/contract/routing.ts'

/** Newest first. */
export async function findWeightsVersions(db: Db | Tx): Promise<WeightsVersion[]> {
  const rows = await db.selectFrom('priority_weights').selectAll().orderBy('version', 'desc').limit(50).execute()
  return rows.map((row) => ({
    version: row.version,
    weights: row.weights,
    change: row.change,
    changedById: row.changed_by,
    changedAt: row.changed_at.toISOString(),
  }))
}

export async function insertWeights(
  tx: Tx,
  { weights, version, change, by, at }: { weights: Weights; version: number; change: string; by: string; at: Date },
) {
  await tx
    .insertInto('priority_weights')
    .values({ version, weights: JSON.stringify(weights), change, changed_by: by, changed_at: at })
    .execute()
}
