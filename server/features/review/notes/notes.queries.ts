import type { Selectable } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import type { Note } from '#shared/contract/notes.ts'

type Row = Selectable<Database['note']>
export type NoteSubject = { on: Note['on']; id: string }

const columns = { review: 'review_id', account: 'account_id' } as const

/** Newest first. A note that was superseded stands under the one that took its place. */
export async function findNotes(db: Db | Tx, { on, id }: NoteSubject): Promise<Note[]> {
  const rows = await db
    .selectFrom('note')
    .selectAll()
    .where(columns[on], '=', id)
    .orderBy('written_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const superseded = new Set(rows.map((row) => row.supersedes_id))
  return rows
    .filter((row) => !superseded.has(row.id))
    .map((row) => ({ ...toWording(row), on, earlier: findEarlier(row, byId) }))
}

function findEarlier(row: Row, byId: Map<string, Row>): Note['earlier'] {
  const earlier = row.supersedes_id ? byId.get(row.supersedes_id) : undefined
  return earlier ? [toWording(earlier), ...findEarlier(earlier, byId)] : []
}

const toWording = (row: Row) => ({
  id: row.id,
  body: row.body,
  authorId: row.author_id,
  writtenAt: row.written_at.toISOString(),
})

type NewNote = Pick<Row, 'id' | 'body' | 'author_id' | 'written_at' | 'supersedes_id'>

export async function insertNote(tx: Tx, { on, id }: NoteSubject, note: NewNote) {
  await tx
    .insertInto('note')
    .values({ ...note, [columns[on]]: id })
    .execute()
}
