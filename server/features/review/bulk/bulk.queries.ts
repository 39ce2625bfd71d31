import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { columnsAndRows } from '#server/db/rows.ts'
import type { BulkItemTable, BulkTable } from '#server/db/schema/bulk.ts'
import type { Scope } from '#server/http/route.ts'
import type { Before, BulkAct, BulkItem } from '#shared/contract/bulk.ts'
import type { ErrorCode } from '#shared/contract/errors.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { toReference } from '../review.queries.ts'
import { inScope } from '../scope.queries.ts'

type NewBulk = Omit<BulkTable, 'asked'> & { asked: BulkAct }
type NewItem = Omit<BulkItemTable, 'bulk_id' | 'before' | 'position'> & { before: Before | null }

const itemColumns = {
  bulk_id: 'uuid',
  review_id: 'uuid',
  position: 'int',
  code: 'text',
  refused_by: 'text',
  refused_at: 'timestamptz',
  version: 'int',
  decision_id: 'uuid',
  turn_id: 'uuid',
  before: 'jsonb',
} as const

export async function insertBulk(tx: Tx, bulk: NewBulk, items: NewItem[]) {
  await tx
    .insertInto('bulk')
    .values({ ...bulk, asked: JSON.stringify(bulk.asked) })
    .execute()
  const rows = items.map((item, position) => ({ ...item, bulk_id: bulk.id, position }))
  await sql`insert into bulk_item ${columnsAndRows(rows, itemColumns)}`.execute(tx)
}

const undoneColumns = {
  bulk_id: 'uuid',
  review_id: 'uuid',
  code: 'text',
  refused_by: 'text',
  refused_at: 'timestamptz',
  version: 'int',
} as const

type Undone = { bulk_id: string; undone_by: string; undone_at: Date; undone: number; refused: number }

export async function insertBulkUndo(
  tx: Tx,
  undo: Undone,
  items: Pick<NewItem, 'review_id' | 'code' | 'refused_by' | 'refused_at' | 'version'>[],
) {
  await tx.insertInto('bulk_undo').values(undo).execute()
  const rows = items.map((item) => ({ ...item, bulk_id: undo.bulk_id }))
  await sql`insert into bulk_undo_item ${columnsAndRows(rows, undoneColumns)}`.execute(tx)
}

export function getBulkRow(db: Db | Tx, bulkId: string) {
  return db.selectFrom('bulk').selectAll().where('id', '=', bulkId).executeTakeFirst()
}

export function getBulkUndo(db: Db | Tx, bulkId: string) {
  return db.selectFrom('bulk_undo').selectAll().where('bulk_id', '=', bulkId).executeTakeFirst()
}

/** What was done by it, in the order in which it was. */
export function findDone(tx: Tx, bulkId: string) {
  return tx
    .selectFrom('bulk_item')
    .select(['review_id', 'version', 'decision_id', 'turn_id', 'before'])
    .where('bulk_id', '=', bulkId)
    .where('code', 'is', null)
    .orderBy('position')
    .execute()
}

type ItemRow = Pick<BulkItemTable, 'review_id' | 'code' | 'refused_by' | 'refused_at' | 'version'> & {
  number: number
  by_name: string | null
}

const toItem = (row: ItemRow): BulkItem => ({
  reviewId: row.review_id as ReviewId,
  reference: toReference(row.number),
  version: row.version,
  code: row.code as ErrorCode | null,
  byId: row.refused_by,
  byName: row.by_name,
  at: row.refused_at?.toISOString() ?? null,
})

/** What became of each that is in scope, in the order in which it was done; of its undoing, where that is asked for. */
export async function findItems(db: Db, bulkId: string, of: 'bulk' | 'undo', scope: Scope): Promise<BulkItem[]> {
  const table = sql.table(of === 'bulk' ? 'bulk_item' : 'bulk_undo_item')
  const { rows } = await sql<ItemRow>`
    select item.review_id, item.code, item.refused_by, item.refused_at, item.version, review.number,
      person.name as by_name
    from ${table} as item join bulk_item using (bulk_id, review_id)
    join review on review.id = item.review_id
    left join auth."user" as person on person.id = item.refused_by
    where item.bulk_id = ${bulkId} and ${inScope(scope)}
    order by bulk_item.position`.execute(db)
  return rows.map(toItem)
}
