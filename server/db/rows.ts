import { type RawBuilder, sql } from 'kysely'
import { type BinaryType, binaryArray } from './binary-array.ts'

type ColumnType =
  | 'uuid'
  | 'text'
  | 'int'
  | 'bigint'
  | 'real'
  | 'boolean'
  | 'timestamptz'
  | 'jsonb'
  | 'tsvector'
  /** A list of words without commas, quotes or braces. */
  | 'word[]'
/** Columns by name, as PostgreSQL reads them. Properties of a row that are not among them are left out. */
export type Columns<Row> = { [Name in keyof Row & string]?: ColumnType }

/**
 * Rows as a table in SQL, in their order: `from ${rowsOf(rows, columns)} as r`. Each column travels as one array, so that
 * the statement stays the same however many rows there are, and is read faster than JSON.
 */
export function rowsOf<Row extends object>(rows: readonly Row[], columns: Columns<Row>): RawBuilder<unknown> {
  return sql`(${select(rows, columns)})`
}

/** What to insert, with its column names: `insert into t ${columnsAndRows(rows, columns)}`; may be followed by an order. */
export function columnsAndRows<Row extends object>(rows: readonly Row[], columns: Columns<Row>): RawBuilder<unknown> {
  return sql`(${namesOf(columns)}) ${select(rows, columns)}`
}

function select<Row extends object>(rows: readonly Row[], columns: Columns<Row>) {
  const named = Object.entries(columns) as [keyof Row & string, ColumnType][]
  const arrays = named.map(([name, type]) => {
    const values = rows.map((row) => encode(row[name], type))
    const element = elementOf(type)
    return sql`${binaryArray(values, element)}::${sql.raw(`${element}[]`)}`
  })
  const typed = named.map(([name, type]) =>
    elementOf(type) === type ? sql.ref(name) : sql`${sql.ref(name)}::${sql.raw(castOf(type))} as ${sql.ref(name)}`,
  )
  return sql`select ${sql.join(typed)} from unnest(${sql.join(arrays)}) as r (${namesOf(columns)})`
}

function namesOf(columns: object) {
  return sql.join(Object.keys(columns).map((name) => sql.ref(name)))
}

/** What has no binary form here travels as text and is read on arrival. A list inside a list would be a further dimension. */
function elementOf(type: ColumnType): BinaryType {
  return type === 'word[]' || type === 'tsvector' ? 'text' : type
}

const castOf = (type: ColumnType) => (type === 'word[]' ? 'text[]' : type)

function encode(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return null
  if (type === 'jsonb') return JSON.stringify(value)
  return type === 'word[]' ? `{${(value as string[]).join(',')}}` : value
}
