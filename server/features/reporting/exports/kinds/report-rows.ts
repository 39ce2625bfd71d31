import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { AppError, parseInput } from '#server/http/errors.ts'
import { type Report, ReportQuery } from '#shared/contract/reports.ts'
import { findReport } from '../../figures/report.queries.ts'
import type { Cell, Column, Head } from '../formats/format.ts'
import type { ExportRequest } from '../plan-export.ts'

/** One line for each number of the report. */
export const reportColumns: Column[] = [
  { name: 'part', kind: 'text' },
  { name: 'day', kind: 'text' },
  { name: 'told apart by', kind: 'text' },
  { name: 'value', kind: 'text' },
  { name: 'figure', kind: 'text' },
  { name: 'measure', kind: 'text' },
  { name: 'number', kind: 'number' },
]

type Asked = Pick<ExportRequest, 'period' | 'filter' | 'timeZone'>

/** @throws AppError `invalid_request` without whole days */
export function toReportQuery({ period, filter, timeZone }: Asked, seq?: number): ReportQuery {
  return parseInput(ReportQuery, { ...filter, from: period.from, to: period.to, zone: timeZone, seq })
}

/**
 * The numbers of the report up to the event that the file names.
 *
 * @throws AppError `not_ready` while the log has not been counted so far
 */
export async function findReportLines(db: Db, request: ExportRequest, { seq }: Head): Promise<Cell[][]> {
  const report = await findReport({ db }, toReportQuery(request, seq), request.reader)
  if (report.seq !== seq) throw new AppError('not_ready', 'The log is still being counted. Try again.')
  return linesOf(report)
}

type Place = { part: string; day?: string; by?: string; value?: string }

function linesOf({ hash, figures, days, stack, breakdowns }: z.input<typeof Report>): Cell[][] {
  const parts = Object.entries(breakdowns).flatMap(([by, rows]) =>
    rows.flatMap(({ value, against: _, ...cells }) => numbersOf({ part: 'breakdown', by, value }, cells)),
  )
  const stacked = (['flags', 'reviews', 'decisions'] as const).flatMap((figure) =>
    (stack[figure] ?? []).flatMap((counts, index) =>
      counts.map((count, at) => {
        const place = { part: 'day by value', day: days[index]!.day, by: stack.by, value: stack.values[at]! }
        return line(place, figure, 'count', count)
      }),
    ),
  )
  return [
    line({ part: 'report', value: hash }, 'hash', 'SHA-256', null),
    ...numbersOf({ part: 'period' }, figures),
    ...days.flatMap(({ day, ...numbers }) => numbersOf({ part: 'day', day }, numbers)),
    ...stacked,
    ...parts,
  ]
}

/** A figure is a number, or an object of a few. */
function numbersOf(place: Place, figures: object): Cell[][] {
  return Object.entries(figures).flatMap(([figure, value]) => {
    if (value === null || typeof value !== 'object') return [line(place, figure, 'count', value)]
    return Object.entries(value).map(([measure, number]) => line(place, figure, measure, number as number | null))
  })
}

const line = ({ part, day, by, value }: Place, figure: string, measure: string, number: number | null): Cell[] => [
  part,
  day ?? null,
  by ?? null,
  value ?? null,
  figure,
  measure,
  number === null ? null : String(number),
]
