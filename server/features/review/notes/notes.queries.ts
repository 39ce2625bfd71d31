import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import { AppError } from '#server/http/errors.ts'
import type { Scope } from '#server/http/route.ts'
import type { Note, NoteAnswer } from '#shared/contract/notes.ts'
import type { Subject } from '../readers.queries.ts'
import { inScope, isAccountInScope } from '../scope.queries.ts'

export type NoteRow = Selectable<Database['note']>
export type NoteSubject = Subject

const columns = { review: 'review_id', account: 'account_id', post: 'post_id' } as const

/** Where some review of a post is restricted, what is written on the post is for those alone who see such. */
export function isPostOpen({ seesRestricted }: Scope, postId: RawBuilder<unknown>): RawBuilder<boolean> {
  if (seesRestricted) return sql<boolean>`true`
  return sql<boolean>`not exists (select from review where review.post_id = ${postId} and review.is_restricted)`
}

/** The post in the scope, locked until the transaction ends. */
export function lockPost(tx: Tx, postId: string, scope: Scope) {
  return tx
    .selectFrom('post')
    .select('id')
    .where('id', '=', postId)
    .where(sql<boolean>`exists (select from review where review.post_id = post.id and ${inScope(scope)})`)
    .where(isPostOpen(scope, sql.ref('post.id')))
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** @throws AppError `not_found`, also when it lies outside the scope */
export async function requireSubject(db: Db | Tx, { on, id }: Subject, scope: Scope) {
  const isThere = {
    review: sql`exists (select from review where review.id = ${id}::uuid and ${inScope(scope)})`,
    account: sql`exists (select from account where account.id = ${id}::uuid and ${isAccountInScope(scope)})`,
    post: sql`exists (select from review where review.post_id = ${id}::uuid and ${inScope(scope)})
      and ${isPostOpen(scope, sql`${id}::uuid`)}`,
  }[on]
  const { rows } = await sql`select where ${isThere}`.execute(db)
  if (rows.length === 0) throw new AppError('not_found', `No ${on} ${id}.`)
}

/** For whom notes are read: what is new to them is told. */
export type NoteReader = { personId: string }

/** The notes on a post that the reader may see: none while any review of it is restricted and the reader sees none such. */
export async function findPostNotes(db: Db | Tx, postId: string, scope: Scope, reader?: NoteReader): Promise<Note[]> {
  const notes = await findNotes(db, { on: 'post', id: postId }, reader)
  if (notes.length === 0 || scope.seesRestricted) return notes
  const { rows } = await sql`select where ${isPostOpen(scope, sql`${postId}::uuid`)}`.execute(db)
  return rows.length > 0 ? notes : []
}

/** The pinned one first, then the newest. A note that was superseded stands under the one that took its place. */
export async function findNotes(db: Db | Tx, subject: Subject, reader?: NoteReader): Promise<Note[]> {
  const rows = await selectRows(db, subject)
    .select((eb) => [
      eb.selectFrom('note_pin').select('note_id').where('subject_id', '=', subject.id).as('pinned_id'),
      eb
        .selectFrom('note_look')
        .select('looked_at')
        .where('person_id', '=', reader?.personId ?? '')
        .where('subject_id', '=', subject.id)
        .as('looked_at'),
    ])
    .execute()
  const [first] = rows
  if (!first) return []
  const { pinned_id, looked_at } = first
  const isNew = (row: NoteRow) =>
    reader !== undefined && row.author_id !== reader.personId && (!looked_at || row.written_at > looked_at)
  return toThreads(rows, subject, isNew)
    .map(({ note, rootId }) => ({ ...note, isPinned: rootId === pinned_id }))
    .sort((a, b) => Number(b.isPinned) - Number(a.isPinned))
}

/** All wordings of all notes on a subject, newest first. */
export const findRows = (db: Db | Tx, subject: Subject): Promise<NoteRow[]> => selectRows(db, subject).execute()

function selectRows(db: Db | Tx, { on, id }: Subject) {
  return db
    .selectFrom('note')
    .selectAll('note')
    .where(columns[on], '=', id)
    .orderBy('written_at', 'desc')
    .orderBy('id', 'desc')
}

/** @param rows newest first */
export function toThreads(
  rows: NoteRow[],
  { on }: Pick<Subject, 'on'>,
  isNew: (row: NoteRow) => boolean = () => false,
) {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const superseded = new Set(rows.map((row) => row.supersedes_id))
  const current = rows.filter((row) => !superseded.has(row.id))
  const toAnswer = (row: NoteRow): NoteAnswer => {
    const earlier = earlierOf(row, byId).map(toWording)
    return { ...toWording(row), on, earlier, isNew: isNew(row) }
  }
  const answers = Map.groupBy(
    current.filter((row) => row.answers_id !== null),
    (row) => row.answers_id,
  )
  return current
    .filter((row) => row.answers_id === null)
    .map((row) => {
      const rootId = rootOf(row, byId).id
      const under = answers.get(rootId) ?? []
      const inOrder = under.sort((a, b) => startOf(a, byId) - startOf(b, byId) || (a.id < b.id ? -1 : 1))
      const note: Note = { ...toAnswer(row), answers: inOrder.map(toAnswer) }
      return { note, rootId }
    })
}

const startOf = (row: NoteRow, byId: Map<string, NoteRow>) => rootOf(row, byId).written_at.getTime()

function earlierOf(row: NoteRow, byId: Map<string, NoteRow>): NoteRow[] {
  const found: NoteRow[] = []
  for (let at = row; at.supersedes_id; ) {
    const earlier = byId.get(at.supersedes_id)
    if (!earlier) break
    found.push(earlier)
    at = earlier
  }
  return found
}

/** The first wording: what the whole note is known by, however often it was worded anew. */
export function rootOf(row: NoteRow, byId: Map<string, NoteRow>): NoteRow {
  return earlierOf(row, byId).at(-1) ?? row
}

const toWording = (row: NoteRow) => ({
  id: row.id,
  body: row.body,
  authorId: row.author_id,
  writtenAt: row.written_at.toISOString(),
})

type NewNote = Pick<NoteRow, 'id' | 'body' | 'author_id' | 'written_at' | 'supersedes_id' | 'answers_id' | 'mentions'>

export async function insertNote(tx: Tx, { on, id }: Subject, note: NewNote) {
  await tx
    .insertInto('note')
    .values({ ...note, [columns[on]]: id })
    .execute()
}

/** One pin for each subject; null takes it away. */
export async function putPin(tx: Tx, subjectId: string, pin: { noteId: string; by: string; at: Date } | null) {
  if (!pin) {
    await tx.deleteFrom('note_pin').where('subject_id', '=', subjectId).execute()
    return
  }
  const row = { note_id: pin.noteId, pinned_by: pin.by, pinned_at: pin.at }
  await tx
    .insertInto('note_pin')
    .values({ subject_id: subjectId, ...row })
    .onConflict((conflict) => conflict.column('subject_id').doUpdateSet(row))
    .execute()
}

/** From now on only what is written later is new to this person. */
export async function putLooks(tx: Db | Tx, personId: string, subjectIds: readonly string[], at: Date) {
  const rows = [...new Set(subjectIds)].sort().map((subject_id) => ({ person_id: personId, subject_id, looked_at: at }))
  await tx
    .insertInto('note_look')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['person_id', 'subject_id']).doUpdateSet({ looked_at: at }))
    .execute()
}
