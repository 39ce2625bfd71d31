import { z } from 'zod'
import { AppError } from '#server/http/errors.ts'

/**
 * Where a page begins, and which way it goes. `from` and `upto` are `after` and `before` with the row itself: they lead
 * back from a page that turned out empty.
 */
const Cursor = z.object({
  direction: z.enum(['after', 'from', 'before', 'upto']),
  sort: z.string().max(20),
  /** What the row is sorted by: a number, or the milliseconds of a time. */
  value: z.number().int(),
  id: z.uuid(),
  /** The whole list is short: it is gathered and sorted rather than looked for along an index. */
  isShort: z.boolean().optional(),
})
export type Cursor = z.infer<typeof Cursor>

export type Place = Pick<Cursor, 'value' | 'id'>

/** What PostgreSQL can hold of it: an int, or a time from the year 1 to the year 9999. */
const ranges = { number: [-2_147_483_648, 2_147_483_647], time: [-62_135_596_800_000, 253_402_300_799_999] } as const
export type ValueKind = keyof typeof ranges

/** @throws AppError `invalid_request` when it is not one of ours, or of a list in another order */
export function readCursor(text: string | undefined, sort: string, kind: ValueKind = 'number'): Cursor | null {
  if (text === undefined) return null
  const [least, most] = ranges[kind]
  const parsed = Cursor.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
  if (!parsed.success) throw refuse('Is not a cursor of this list.')
  if (parsed.data.sort !== sort) throw refuse('Belongs to another order of this list.')
  if (parsed.data.value < least || parsed.data.value > most) throw refuse('Points outside this list.')
  return parsed.data
}

export const isBackward = ({ direction }: Cursor) => direction === 'before' || direction === 'upto'

/** The comparison of `(value, id)` with the cursor that a row of the page meets, and the order to read rows in. */
export function walk(cursor: Cursor | null, order: 'asc' | 'desc') {
  const ascending = (order === 'asc') !== (cursor !== null && isBackward(cursor))
  const orEqual = cursor?.direction === 'from' || cursor?.direction === 'upto'
  const compare = `${ascending ? '>' : '<'}${orEqual ? '=' : ''}` as const
  return { compare, order: ascending ? ('asc' as const) : ('desc' as const) }
}

type PageCut<Row> = {
  limit: number
  cursor: Cursor | null
  sort: string
  place: (row: Row) => Place
  isShort?: boolean
}

/**
 * @param rows in the order they were read, one more than `limit` when there are further ones
 * @param place what a cursor keeps of a row
 */
export function cutPage<Row>(rows: Row[], { limit, cursor, sort, place, isShort }: PageCut<Row>) {
  const goesBack = cursor !== null && isBackward(cursor)
  const hasMore = rows.length > limit
  const items = rows.slice(0, limit)
  if (goesBack) items.reverse()
  const [first, last] = [items[0], items.at(-1)]
  const toCursor = (direction: Cursor['direction'], at: Place) =>
    writeCursor({ direction, sort, ...at, ...(isShort && { isShort }) })
  if (first === undefined || last === undefined) {
    return {
      items,
      nextCursor: goesBack ? toCursor('from', placeOf(cursor)) : null,
      previousCursor: cursor && !goesBack ? toCursor('upto', placeOf(cursor)) : null,
    }
  }
  const hasNext = goesBack || hasMore
  const hasPrevious = goesBack ? hasMore : cursor !== null
  return {
    items,
    nextCursor: hasNext ? toCursor('after', place(last)) : null,
    previousCursor: hasPrevious ? toCursor('before', place(first)) : null,
  }
}

const placeOf = ({ value, id }: Cursor): Place => ({ value, id })

const writeCursor = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')

const refuse = (message: string) =>
  new AppError('invalid_request', 'The cursor does not fit.', [{ path: 'cursor', message }])

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
