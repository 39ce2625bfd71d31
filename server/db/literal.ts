import type { CompiledQuery } from 'kysely'
import pg from 'pg'

/**
 * The statement with its parameters written into it, for COPY, which takes none. The text must hold no `$1` but the
 * parameters' own.
 *
 * @throws TypeError for a value that has no literal: U+0000 among them, which PostgreSQL cannot hold
 */
export function inlineParameters({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): string {
  return sql.replace(/\$(\d+)/g, (_, place) => toLiteral(parameters[Number(place) - 1]))
}

function toLiteral(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return `(${value})`
  if (typeof value === 'string' && !value.includes('\0')) return pg.escapeLiteral(value)
  if (value instanceof Date) return `${pg.escapeLiteral(value.toISOString())}::timestamptz`
  if (Array.isArray(value)) return `array[${value.map(toLiteral).join(',')}]`
  throw new TypeError(`A ${typeof value} cannot be written as a literal.`)
}
