import type { Db } from '#server/db/connect.ts'
import type { Reader } from '#server/features/review/scope.queries.ts'
import { AppError, parseInput } from '#server/http/errors.ts'
import type { Scope } from '#server/http/route.ts'
import { type ExportFormat, type ExportKind, exportFilters, type Period } from '#shared/contract/exports.ts'
import type { Language } from '#shared/contract/preferences.ts'
import { toTable } from './copy-rows.queries.ts'
import type { Head } from './formats/format.ts'
import type { Span, Table } from './kinds/columns.queries.ts'
import { reportColumns, toReportQuery } from './kinds/report-rows.ts'
import { findSeq, toSpan } from './period.queries.ts'

export type ExportRequest = {
  kind: ExportKind
  format: ExportFormat
  filter: Record<string, unknown>
  period: Period
  language: Language
  /** The organisation's. */
  timeZone: string
  /** Who asks, and what there is for them. */
  reader: Reader
  showsReporters: boolean
}

/** `table` is null for what PostgreSQL does not stream: a report. */
export type Plan = { request: ExportRequest; head: Head; span: Span; table: Table | null }

/** So long after the end of a period nothing of it changes any more: decisions can be undone for ten minutes at most. */
export const settleMs = 900_000

/** Filters by what never changes: under these alone the rows of a period that has ended stay the same. */
const lasting: Record<ExportKind, readonly string[]> = {
  reviews: ['platform', 'account', 'subject', 'id'],
  decisions: ['platform', 'account', 'subject', 'id', 'outcome', 'exemption', 'clause', 'measure', 'decidedBy', 'mine'],
  accounts: ['platform'],
  flags: ['source', 'sourceName', 'reporter', 'effect', 'policy', 'account'],
  appeals: [],
  events: ['person', 'kind', 'subjectKind', 'subjectId', 'seq'],
  report: ['queue', 'clause', 'language', 'platform', 'source', 'seq'],
}

/**
 * What will be written, and what the file says of itself.
 *
 * @throws AppError `invalid_request` for a filter that the kind does not have, or a period that ends before it begins
 */
export async function planExport(db: Db, request: ExportRequest, now: Date): Promise<Plan> {
  const { kind, period, language, timeZone, reader, showsReporters } = request
  const filter = readFilter(kind, request.filter)
  if (kind === 'flags' && filter.reporter && !showsReporters) throw new AppError('forbidden', 'Reporters are masked.')
  if (kind === 'report') toReportQuery({ period, filter, timeZone })
  const span = await toSpan(db, period, timeZone)
  const isClosed = isClosedPeriod(span, now) && hasLastingRows(kind, filter, reader.scope)
  const table = toTable(db, kind, { filter, span, isClosed, reader, showsReporters })
  const head: Head = {
    kind,
    columns: table?.columns.map((column) => ({ name: column.name, kind: column.kind })) ?? reportColumns,
    language,
    period: { from: period.from ?? null, to: period.to ?? null },
    timeZone,
    filter,
    asOf: isClosed && span.to ? span.to : now,
    isClosed,
    seq:
      typeof filter.seq === 'number' && kind === 'report' ? filter.seq : await findSeq(db, isClosed ? span.to : null),
    leftOut: leftOutOf(request, isClosed),
  }
  return { request, head, span, table }
}

/** Only what narrows: an order does not. */
export function readFilter(kind: ExportKind, filter: unknown): Record<string, unknown> {
  const { sort: _, ...rest } = parseInput(exportFilters[kind], filter) as Record<string, unknown>
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
}

const isClosedPeriod = ({ to }: Span, now: Date) => to !== null && to.getTime() + settleMs <= now.getTime()

function hasLastingRows(kind: ExportKind, filter: Record<string, unknown>, { queues }: Scope): boolean {
  return queues === null && Object.keys(filter).every((name) => lasting[kind].includes(name))
}

function leftOutOf({ kind, reader: { scope }, showsReporters }: ExportRequest, isClosed: boolean): string[] {
  const codes: string[] = []
  if (!scope.seesRestricted) codes.push('restricted')
  if (scope.queues !== null) codes.push('other_queues')
  if (kind === 'flags' && !showsReporters) codes.push('reporters')
  if (isClosed && !['events', 'report'].includes(kind)) codes.push('changeable')
  return codes
}
