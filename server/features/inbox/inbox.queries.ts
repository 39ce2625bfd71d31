import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { cutPage, readCursor, walk } from '#server/db/paging.ts'
import { isPostOpen } from '#server/features/review/notes/notes.queries.ts'
import { findReaders } from '#server/features/review/readers.queries.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import { inScope, isAccountInScope } from '#server/features/review/scope.queries.ts'
import type { Caller, Scope } from '#server/http/route.ts'
import type { InboxItem, InboxKind, listInbox, markInbox } from '#shared/contract/inbox.ts'
import type { NotePlace } from '#shared/contract/notes.ts'
import type { Role } from '#shared/domain/permissions.ts'

export type NewInboxItem = {
  to: { personId: string } | { role: Role }
  kind: InboxKind
  about: { on: NotePlace; id: string }
  /** Who did it, and is not told of it; null for the server itself. */
  byId: string | null
  at: Date
  noteId?: string
  /** A reason, an answer, a note to the next one. */
  text?: string | null
}

/**
 * Tells people, in the transaction of what they are told of. Whoever is disabled, may not see what it is about, or did it,
 * is not told. Their streams hear of it with the events of the same transaction, so there must be one.
 */
export async function notify(tx: Tx, items: readonly NewInboxItem[]) {
  for (const { to, about, kind, byId, at, noteId = null, text = null } of items) {
    const readers = await findReaders(tx, about, 'role' in to ? { role: to.role } : { ids: [to.personId] })
    const rows = readers
      .filter(({ id }) => id !== byId)
      .map(({ id, reviewId }) => ({
        id: newId(),
        person_id: id,
        kind,
        review_id: about.on === 'account' ? null : reviewId,
        account_id: about.on === 'account' ? about.id : null,
        note_id: noteId,
        by_id: byId,
        text,
        at,
        read_at: null,
      }))
    if (rows.length > 0) await tx.insertInto('inbox_item').values(rows).execute()
  }
}

type Told = { byId: string; at: Date; reviewIds: string[] }

/** Takes back what was told of these reviews by that act, unless it was read. */
export async function forgetTold(tx: Tx, { byId, at, reviewIds }: Told) {
  await tx
    .deleteFrom('inbox_item')
    .where(sql<boolean>`review_id = any(${reviewIds}::uuid[])`)
    .where('by_id', '=', byId)
    .where('at', '=', at)
    .where('read_at', 'is', null)
    .execute()
}

/** Whose inbox, and what there is for them. */
type Owner = Pick<Caller, 'id' | 'scope'>

/** Items of a review or an account that has left the scope are not there; they come back with it. */
const isThere = (scope: Scope) => sql<boolean>`(
  case when item.review_id is not null
    then exists (select from review where review.id = item.review_id and ${inScope(scope)})
    else exists (select from account where account.id = item.account_id and ${isAccountInScope(scope)}) end)`

const mostText = 300

type Row = {
  id: string
  kind: InboxKind
  at: Date
  read_at: Date | null
  by_id: string | null
  note_id: string | null
  said: string | null
  review_id: string | null
  number: number
  caption_excerpt: string
  language: string | null
  queue_id: string
  account_id: string
  handle: string
  platform: string
}

/** Newest first. */
export async function findInbox(
  db: Db,
  { id, scope }: Owner,
  query: z.output<typeof listInbox.query>,
): Promise<z.input<typeof listInbox.reply>> {
  const cursor = readCursor(query.cursor, 'inbox')
  const { compare, order } = walk(cursor, 'desc')
  const beyond = cursor ? sql`item.id ${sql.raw(compare)} ${cursor.id}::uuid` : sql`true`
  const { rows } = await sql<Row>`
    select item.id, item.kind, item.at, item.read_at, item.by_id, item.note_id, review.id as review_id,
      review.number, review.caption_excerpt, review.language, review.queue_id, account.id as account_id, account.handle,
      account.platform, left(coalesce(item.text,
        case when note.post_id is null or ${isPostOpen(scope, sql.ref('note.post_id'))} then note.body end), ${mostText}) as said
    from inbox_item as item
    left join review on review.id = item.review_id
    join account on account.id = coalesce(item.account_id, review.account_id)
    left join note on note.id = item.note_id
    where item.person_id = ${id} and ${isThere(scope)} and ${beyond}
      and ${query.isRead === undefined ? sql`true` : query.isRead ? sql`item.read_at is not null` : sql`item.read_at is null`}
    order by item.id ${sql.raw(order)}
    limit ${query.limit + 1}`.execute(db)
  const place = ({ id: itemId }: Row) => ({ value: 0, id: itemId })
  const { items, ...cursors } = cutPage(rows, { limit: query.limit, cursor, sort: 'inbox', place })
  const count = cursor ? null : await countItems(db, { id, scope }, query.isRead)
  return { items: items.map(toItem), ...cursors, count }
}

const toItem = (row: Row): z.input<typeof InboxItem> => ({
  id: row.id,
  kind: row.kind,
  at: row.at.toISOString(),
  isRead: row.read_at !== null,
  byId: row.by_id,
  review: row.review_id
    ? {
        id: row.review_id,
        reference: toReference(row.number),
        captionExcerpt: row.caption_excerpt,
        language: row.language,
        queueId: row.queue_id,
      }
    : null,
  account: { id: row.account_id, handle: row.handle, platform: row.platform },
  noteId: row.note_id,
  text: row.said,
})

/** More are not counted: nobody reads the figure of a thousand. */
const mostCounted = 1_000

async function countItems(db: Db, { id, scope }: Owner, isRead: boolean | undefined) {
  const which = isRead === undefined ? sql`true` : isRead ? sql`item.read_at is not null` : sql`item.read_at is null`
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from inbox_item as item where item.person_id = ${id} and ${which} and ${isThere(scope)}
      limit ${mostCounted + 1}
    ) as counted`.execute(db)
  const count = rows[0]!.count
  return { value: Math.min(count, mostCounted), exact: count <= mostCounted }
}

export const countUnread = (db: Db, owner: Owner) => countItems(db, owner, false)

/** Ids that are not this person's change nothing. */
export async function markItems(
  db: Db,
  personId: string,
  { which, isRead }: z.output<typeof markInbox.body>,
  at: Date,
) {
  await db
    .updateTable('inbox_item')
    .set({ read_at: isRead ? at : null })
    .where('person_id', '=', personId)
    .where('read_at', isRead ? 'is' : 'is not', null)
    .where((eb) => {
      if ('ids' in which) return eb('id', 'in', which.ids)
      return 'upTo' in which ? eb('id', '<=', which.upTo) : eb('review_id', '=', which.reviewId)
    })
    .execute()
}
