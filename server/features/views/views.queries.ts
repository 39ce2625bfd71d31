import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { SavedViewTable } from '#server/db/schema/views.ts'
import type { Caller } from '#server/http/route.ts'
import { SavedView, type ViewId, ViewQuery } from '#shared/contract/views.ts'
import { may } from '#shared/domain/permissions.ts'

type Row = Selectable<SavedViewTable>
type Reader = Pick<Caller, 'id' | 'role'>

/** On `saved_view`: somebody's own and those that everybody has. */
const isThereFor = (personId: string) => sql<boolean>`(saved_view.is_shared or saved_view.owner_id = ${personId})`

/** Shared views are the supervisors', whoever saved them. */
const mayChange = (row: Row, { id, role }: Reader) => (row.is_shared ? may(role, 'view.share') : row.owner_id === id)

/** In the reader's order; those without a place come last, oldest first. */
export async function findViews(db: Db, reader: Reader): Promise<SavedView[]> {
  const { rows } = await sql<Row>`
    select saved_view.* from saved_view
    left join view_order on view_order.person_id = ${reader.id}
    where ${isThereFor(reader.id)}
    order by array_position(view_order.view_ids, saved_view.id) nulls last, saved_view.id`.execute(db)
  return rows.map((row) => toView(row, reader))
}

export function toView(row: Row, reader: Reader): SavedView {
  return {
    id: row.id as ViewId,
    name: row.name,
    isShared: row.is_shared,
    ownerId: row.owner_id,
    // What another version of the program kept may hold words that nobody knows any more.
    query: ViewQuery.catch(() => ViewQuery.parse({})).parse(row.query),
    columns: row.columns,
    density: SavedView.shape.density.catch(null).parse(row.density),
    isMine: mayChange(row, reader),
  }
}

/** Locked until the transaction ends; undefined when there is none that this person may change. */
export async function lockView(tx: Tx, viewId: string, reader: Reader): Promise<Row | undefined> {
  const row = await tx
    .selectFrom('saved_view')
    .selectAll()
    .where('id', '=', viewId)
    .where(isThereFor(reader.id))
    .forUpdate()
    .executeTakeFirst()
  return row && mayChange(row, reader) ? row : undefined
}

type Content = Omit<Row, 'query'> & { query: ViewQuery }

export function putView(tx: Tx, { query, ...rest }: Content): Promise<Row> {
  const row = { ...rest, query: JSON.stringify(query) }
  return tx
    .insertInto('saved_view')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function removeView(tx: Tx, viewId: string) {
  await tx.deleteFrom('saved_view').where('id', '=', viewId).execute()
}

/** How many views somebody has of their own, or all have together. Whoever saves one waits for the one before. */
export async function countViewsOf(tx: Tx, whose: { ownerId: string } | 'shared'): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`docket views ${whose === 'shared' ? '' : whose.ownerId}`}, 0))`.execute(
    tx,
  )
  const of = whose === 'shared' ? sql`is_shared` : sql`not is_shared and owner_id = ${whose.ownerId}`
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from saved_view where ${of}`.execute(tx)
  return rows[0]!.count
}

export async function putOrder(tx: Tx, personId: string, viewIds: string[]) {
  await tx
    .insertInto('view_order')
    .values({ person_id: personId, view_ids: viewIds })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ view_ids: viewIds }))
    .execute()
}
