import { sql } from 'kysely'
import { to as copyTo } from 'pg-copy-streams'
import { type Db, withClient } from '#server/db/connect.ts'
import { inlineParameters } from '#server/db/literal.ts'
import { AppError } from '#server/http/errors.ts'
import type { ExportKind } from '#shared/contract/exports.ts'
import { isQuoted } from './formats/csv.ts'
import type { Asked, ExportColumn, Table } from './kinds/columns.queries.ts'
import { tables } from './kinds/tables.queries.ts'

type Copying = { signal: AbortSignal; onBytes: (bytes: Buffer) => Promise<void> }

/**
 * Hands over the rows as COPY writes them, piece by piece, all as they were at one moment. Takes a connection for as long
 * as the reader needs. An abort ends the query, whatever it is at.
 */
export async function copyRows(db: Db, statement: string, { signal, onBytes }: Copying) {
  await withClient(db, async (client) => {
    signal.throwIfAborted()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const stop = () => void sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(db).catch(() => {})
    signal.addEventListener('abort', stop, { once: true })
    try {
      await client.query('begin isolation level repeatable read read only')
      await client.query(`set local timezone = 'UTC'; set local datestyle = 'ISO'; set local work_mem = '32MB'`)
      for await (const bytes of client.query(copyTo(statement))) await onBytes(bytes)
      await client.query('commit')
    } finally {
      signal.removeEventListener('abort', stop)
    }
  })
}

/** Null for kinds that PostgreSQL does not stream. */
export function toTable(db: Db, kind: ExportKind, asked: Asked): Table | null {
  const table = tables[kind]?.(db, asked)
  if (!table) return null
  return { ...table, columns: asked.isClosed ? table.columns.flatMap(atTheEnd) : table.columns }
}

function atTheEnd({ then, ...column }: ExportColumn): ExportColumn[] {
  if (then === null) return []
  return [then === undefined ? column : { ...column, value: then }]
}

/**
 * The statement for `copyRows`: rows by time and id, as CSV or as plain text.
 *
 * @throws AppError `invalid_request` for a filter that PostgreSQL cannot hold
 */
export function toCopy(db: Db, { columns, from }: Table, form: 'csv' | 'text'): string {
  const named = columns.map((column, index) => ({ ...column, as: `c${index}` }))
  const selected = named.map(({ value, as }) => sql`${value} as ${sql.id(as)}`)
  const quoted = named.filter(isQuoted).map(({ as }) => as)
  const options = form === 'csv' ? `(format csv, force_quote (${quoted.join(', ')}))` : '(format text)'
  try {
    return `copy (${inlineParameters(sql`select ${sql.join(selected)} ${from}`.compile(db))}) to stdout ${options}`
  } catch (error) {
    if (error instanceof TypeError) throw new AppError('invalid_request', error.message)
    throw error
  }
}

/** How many rows there are now: for a progress bar, not for a manifest. */
export async function countRows(db: Db, { counted }: Table): Promise<number> {
  const { rows } = await sql<{ count: number }>`${counted}`.execute(db)
  return rows[0]!.count
}
