import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import type { Database } from '#server/db/schema.ts'
import { toReference } from '#server/features/review/review.queries.ts'
import type { Reader } from '#server/features/review/scope.queries.ts'
import { AppError } from '#server/http/errors.ts'
import { type LogEvent, type listEvents, systemPerson } from '#shared/contract/events.ts'
import { isEventInScope } from './event-scope.queries.ts'

type EventQuery = z.output<typeof listEvents.query>
type Filter = Omit<EventQuery, 'limit' | 'cursor'> & { reader: Reader }

/**
 * A page of the log, newest first, paged both ways by `seq`. Events that have no number yet are not part of it, nor are
 * those whose subject the reader does not see: their numbers are left out.
 */
export async function findEvents(db: Db, { limit, cursor: text, ...query }: EventQuery, reader: Reader) {
  const cursor = readCursor(text)
  const filter = { ...query, reader }
  const [rows, head, first] = await Promise.all([
    findRows(db, filter, cursor, limit + 1),
    findHead(db),
    cursor ? null : findFirstPageFacts(db, filter),
  ])
  const hasMore = rows.length > limit
  const page = rows.slice(0, limit)
  if (cursor?.isBack) page.reverse()
  const references = await findReferences(db, page)
  const items = page.map((row) => toLogEvent(row, references))
  const [newest, oldest] = [items[0], items.at(-1)]
  const hasOlder = cursor?.isBack ? newest !== undefined : hasMore
  const hasNewer = cursor?.isBack ? hasMore : cursor !== null
  return {
    items,
    nextCursor: hasOlder && oldest ? writeCursor({ isBack: false, seq: oldest.seq }) : null,
    previousCursor: hasNewer && newest ? writeCursor({ isBack: true, seq: newest.seq }) : null,
    count: first?.count ?? null,
    facets: first?.facets ?? null,
    head,
  }
}

function findRows(db: Db, filter: Filter, cursor: Cursor | null, limit: number) {
  let query = findMatchingEvents(db, filter).innerJoin('event', 'event.id', 'event_seq.event_id').selectAll('event')
  if (cursor) query = query.where('event_seq.seq', cursor.isBack ? '>' : '<', cursor.seq)
  return query
    .select('event_seq.seq')
    .orderBy('event_seq.seq', cursor?.isBack ? 'asc' : 'desc')
    .limit(limit)
    .execute()
}

export function findMatchingEvents(db: Db, { person, kind, subjectKind, subjectId, from, to, seq, reader }: Filter) {
  let query = db.selectFrom('event_seq').where(isEventInScope(reader))
  if (person) query = query.where(byPerson(person))
  if (kind) query = query.where(isOneOf('kind', kind))
  if (subjectKind) query = query.where(isOneOf('subject_kind', subjectKind))
  if (subjectId) query = query.where('event_seq.subject_id', '=', subjectId)
  if (from) query = query.where('event_seq.at', '>=', new Date(from))
  if (seq) query = query.where('event_seq.seq', '=', seq)
  if (to) query = query.where('event_seq.at', '<', new Date(to))
  return query
}

function byPerson(persons: string[]) {
  const people = persons.filter((person) => person !== systemPerson)
  const isSystem = sql<boolean>`event_seq.person_id is null`
  if (people.length === 0) return isSystem
  const isPerson = isOneOf('person_id', people)
  return people.length < persons.length ? sql<boolean>`(${isSystem} or ${isPerson})` : isPerson
}

/** One value is compared with `=`, so that an index that begins with the column keeps the order of `seq`. */
function isOneOf(column: 'person_id' | 'kind' | 'subject_kind', values: string[]) {
  const name = sql.ref(`event_seq.${column}`)
  return values.length === 1 ? sql<boolean>`${name} = ${values[0]}` : sql<boolean>`${name} = any(${values}::text[])`
}

async function findHead(db: Db): Promise<number> {
  const { last_seq } = await db.selectFrom('sealer').select('last_seq').executeTakeFirstOrThrow()
  return last_seq
}

/** Counting stops at 10,000. */
const mostCounted = 10_000

async function findFirstPageFacts(db: Db, filter: Filter) {
  const counted = findMatchingEvents(db, filter)
    .select('event_seq.seq')
    .limit(mostCounted + 1)
    .as('counted')
  const [{ value }, kinds, subjectKinds] = await Promise.all([
    db
      .selectFrom(counted)
      .select((eb) => eb.fn.countAll<number>().as('value'))
      .executeTakeFirstOrThrow(),
    findDistinct(db, 'kind'),
    findDistinct(db, 'subject_kind'),
  ])
  return {
    count: { value: Math.min(value, mostCounted), exact: value <= mostCounted },
    facets: { kinds, subjectKinds },
  }
}

/** The few values of an indexed column: one step down the index for each. */
async function findDistinct(db: Db, name: 'kind' | 'subject_kind'): Promise<string[]> {
  const column = sql.ref(name)
  const { rows } = await sql<{ value: string }>`
    with recursive found as (
      (select ${column} as value from event_seq order by ${column} limit 1)
      union all
      select (select ${column} from event_seq where ${column} > found.value order by ${column} limit 1)
      from found where found.value is not null
    )
    select value from found where value is not null`.execute(db)
  return rows.map(({ value }) => value)
}

type EventRow = Selectable<Database['event']> & { seq: number }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What people call the reviews among the subjects. */
async function findReferences(db: Db, rows: EventRow[]): Promise<Map<string, string>> {
  const ids = rows
    .filter((row) => row.subject_kind === 'review' && uuid.test(row.subject_id))
    .map((row) => row.subject_id)
  if (ids.length === 0) return new Map()
  const reviews = await db.selectFrom('review').select(['id', 'number']).where('id', 'in', ids).execute()
  return new Map(reviews.map(({ id, number }) => [id, toReference(number)]))
}

function toLogEvent(row: EventRow, references: Map<string, string>): LogEvent {
  return {
    seq: row.seq,
    id: String(row.id),
    at: row.at.toISOString(),
    kind: row.kind,
    personId: row.person_id,
    keyId: row.key_id,
    subject: {
      kind: row.subject_kind,
      id: row.subject_id,
      version: row.subject_version,
      reference: references.get(row.subject_id) ?? null,
    },
    data: row.data,
  }
}

/** The event a page stands next to, and on which side of it. */
type Cursor = { isBack: boolean; seq: number }

const writeCursor = ({ isBack, seq }: Cursor) => Buffer.from(`${isBack ? '>' : '<'}${seq}`).toString('base64url')

function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null
  const [, side, seq] = /^([<>])(\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (!seq)
    throw new AppError('invalid_request', 'The cursor is not one of ours.', [
      { path: 'cursor', message: 'Unknown cursor.' },
    ])
  return { isBack: side === '>', seq: Number(seq) }
}
