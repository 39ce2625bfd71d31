import type { Insertable } from 'kysely'
import type { ExportTable } from '#server/db/schema/decisions.ts'
import type { Scope } from '#server/http/route.ts'
import { systemPerson } from '#shared/contract/events.ts'
import type { Export, Manifest } from '#shared/contract/exports.ts'
import { covers, type ExportRow } from './exports.queries.ts'
import type { Plan } from './plan-export.ts'

/** What is kept of a plan. */
export function toExportRow(
  { request, head, span }: Plan,
  { id, at }: { id: string; at: Date },
): Insertable<ExportTable> {
  const { kind, format, language, timeZone, reader } = request
  return {
    id,
    kind,
    format,
    filter: JSON.stringify(head.filter),
    person_id: reader.id,
    started_at: at,
    period_from: head.period.from,
    period_to: head.period.to,
    from_at: span.from,
    to_at: span.to,
    time_zone: timeZone,
    language,
    scope: JSON.stringify(reader.scope),
    ...headFacts(head),
  }
}

export const headFacts = ({ columns, leftOut, isClosed, asOf, seq }: Plan['head']) => ({
  columns: columns.map(({ name }) => name),
  left_out: leftOut,
  is_closed: isClosed,
  as_of: asOf,
  seq,
})

const personOf = ({ person_id }: ExportRow) => (person_id === systemPerson ? null : person_id)

/** @param scope the reader's: what holds more than they see is listed, but not theirs to download */
export function toExport(row: ExportRow, scope: Scope, now: Date): Export {
  const isKept = row.expires_at !== null && row.expires_at > now
  return {
    id: row.id,
    kind: row.kind,
    format: row.format,
    filter: row.filter,
    period: { from: row.period_from, to: row.period_to },
    state: row.state,
    personId: personOf(row),
    scheduleId: row.schedule_id,
    askedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    rows: row.row_count ?? row.written,
    expectedRows: row.expected,
    bytes: row.bytes,
    sha256: row.sha256,
    isClosed: row.is_closed,
    failure: row.failure,
    expiresAt: row.expires_at?.toISOString() ?? null,
    isDownloadable: row.state === 'ended' && isKept && covers(scope, row.scope),
  }
}

/** Of an export that has ended. */
export function toManifest(row: ExportRow): Manifest {
  return {
    exportId: row.id,
    file: fileName(row),
    kind: row.kind,
    format: row.format,
    filter: row.filter,
    period: {
      from: row.period_from,
      to: row.period_to,
      timeZone: row.time_zone,
      fromAt: row.from_at?.toISOString() ?? null,
      toAt: row.to_at?.toISOString() ?? null,
    },
    columns: row.columns,
    leftOut: row.left_out,
    rows: row.row_count ?? 0,
    bytes: row.bytes ?? 0,
    sha256: row.sha256 ?? '',
    rowsSha256: row.rows_sha256,
    seq: row.seq ?? 0,
    asOf: (row.as_of ?? row.started_at).toISOString(),
    isClosed: row.is_closed,
    madeBy: personOf(row),
    scheduleId: row.schedule_id,
    askedAt: row.started_at.toISOString(),
    endedAt: (row.ended_at ?? row.started_at).toISOString(),
  }
}

type Named = Pick<ExportRow, 'kind' | 'format' | 'period_from' | 'period_to' | 'started_at'>

/** Letters, digits, `-`, `_` and `.` only: `decisions_2026-06-01_2026-06-30.csv`, or with the day on which it was made. */
export function fileName({ kind, format, period_from, period_to, started_at }: Named): string {
  const day = (edge: string | null) => edge?.slice(0, 10)
  const days = [day(period_from), day(period_to)].filter((each) => each !== undefined)
  return `${[kind, ...(days.length > 0 ? days : [started_at.toISOString().slice(0, 10)])].join('_')}.${format}`
}
