import { createHash } from 'node:crypto'
import type pg from 'pg'

/** Statements a connection keeps prepared at most, and the longest of them in characters: bulk inserts differ each time. */
const most = 300
const longest = 6_000

/**
 * Stands in statements that are planned anew with the values of each request, since those decide which way is short: the
 * lists' filters and searches, which are also too many to keep.
 */
export const plannedAnew = '/* planned anew */'

const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  if (text.length > longest || text.includes(plannedAnew)) return undefined
  const known = names.get(text)
  if (known) return known
  if (names.size >= most) return undefined
  const name = createHash('sha256').update(text).digest('base64url')
  names.set(text, name)
  return name
}

type Query = (this: pg.Client, text: unknown, values?: unknown, ...rest: unknown[]) => unknown

/**
 * Lets PostgreSQL keep the plans of the statements that come again and again: a decision is fifteen small ones, and
 * planning each anew took as long as running it. Whoever asks with a text and values gets a named statement.
 */
export function prepareStatements(client: pg.Client) {
  const query = client.query as Query
  client.query = function (this: pg.Client, text: unknown, values?: unknown, ...rest: unknown[]) {
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined
    if (!name) return query.call(this, text, values, ...rest)
    return query.call(this, { name, text, values }, ...rest)
  } as typeof client.query
}
