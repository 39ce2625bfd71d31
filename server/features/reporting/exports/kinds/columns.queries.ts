import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/db/connect.ts'
import type { Reader } from '#server/features/review/scope.queries.ts'
import type { ColumnKind } from '../formats/format.ts'

/** From the first moment to the one after the last. */
export type Span = { from: Date | null; to: Date | null }

export type Asked = {
  filter: Record<string, unknown>
  span: Span
  /**
   * The rows are to be as they were when the period ended, so that the same export gives the same bytes for ever. What
   * nobody can know any more is left out.
   */
  isClosed: boolean
  /** In whose scope the rows stand. */
  reader: Reader
  /** Whether the reader may know who flagged. */
  showsReporters: boolean
}

/**
 * A column of an export: its name in the first line, how its values are written, and where they come from; at the end of a
 * closed period `then` instead, or nothing where that is null.
 */
export type ExportColumn = { name: string; kind: ColumnKind; value: Value; then?: Value | null }
type Value = RawBuilder<unknown>

/** What is exported of a kind. The names of columns are read by programs of others: they are added to, never changed. */
export type Table = {
  columns: ExportColumn[]
  from: RawBuilder<unknown> /** Fewer than these never. */
  counted: RawBuilder<unknown>
}

export type Kind = (db: Db, asked: Asked) => Table

const column =
  (kind: ColumnKind) =>
  (name: string, value: Value, then?: Value | null): ExportColumn => ({
    name,
    kind,
    value,
    ...(then !== undefined && { then }),
  })

export const text = column('text')
export const link = column('link')
export const json = column('json')
export const time = column('time')
export const int = column('int')
export const number = column('number')
export const flag = column('flag')

/** `true` or `false`, in every format. */
export const truth = (condition: Value) => sql`case when ${condition} then 'true' else 'false' end`

export function within(column: string, { from, to }: Span): RawBuilder<boolean>[] {
  const name = sql.ref(column)
  return [...(from ? [sql<boolean>`${name} >= ${from}`] : []), ...(to ? [sql<boolean>`${name} < ${to}`] : [])]
}

export const isOneOf = (column: string, values: readonly string[] | undefined): RawBuilder<boolean>[] =>
  values ? [sql<boolean>`${sql.ref(column)} = any(${values}::text[])`] : []

export const all = (conditions: RawBuilder<boolean>[]) =>
  conditions.length > 0 ? sql<boolean>`${sql.join(conditions, sql` and `)}` : sql<boolean>`true`

/** Of child abuse material nothing that leads to it leaves the house; to those who may see it, that there was a decision. */
export const unlessRestricted = (value: Value) => sql`case when not restriction.applies then ${value} end`

/** By the clause, or by media that the post showed. */
export const restriction = (clause: Value) => sql`
  left join (
    select distinct post_media.snapshot_id from media join post_media on media.sha256 in (post_media.sha256, post_media.fetched_sha256)
    where media.is_restricted
  ) as shown on shown.snapshot_id = review.snapshot_id
  cross join lateral (select coalesce(${clause}, false) or shown.snapshot_id is not null as applies) as restriction`
