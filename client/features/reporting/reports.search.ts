import type { z } from 'zod'
import { queryOf, readSearch, type SearchOf } from '#client/ui/list/list-search.ts'
import type { Dimension, FigureName, getReport, listReportRows, Report } from '#shared/contract/reports.ts'
import { SourceKind } from '#shared/domain/words.ts'
import {
  against,
  type Comparison,
  comparisons,
  daysIn,
  isDay,
  mostDays,
  type Period,
  type Preset,
  periodOf,
  presets,
} from './range.ts'

/** What narrows a report; values of one filter stand as `queue=hate,extremism`. */
export const filterSpec = {
  queue: 'list',
  clause: 'list',
  language: 'list',
  platform: 'list',
  source: SourceKind.options,
} as const
export type FilterName = keyof typeof filterSpec
export type Filters = SearchOf<typeof filterSpec>
export const filterNames = Object.keys(filterSpec) as FilterName[]

export const volumes = ['decisions', 'reviews', 'flags'] as const
export type Volume = (typeof volumes)[number]
export const spans = ['toDecision', 'toLook', 'toEffect'] as const
export type Span = (typeof spans)[number]

/**
 * What the address of the report may say. Without days it is a preset that moves with the calendar; `seq` names the last
 * event that counts, so that the same address says the same for ever.
 */
export type ReportSearch = Filters & {
  range?: Preset
  from?: string
  to?: string
  against?: Comparison
  by?: Dimension
  of?: Volume
  time?: Span
  seq?: number
}

/*
 * As the contract names them. Said once more, since every page loads what addresses may say, and none but the report needs
 * the contract of reports.
 */
export const dimensions = [
  'queue',
  'clause',
  'language',
  'platform',
  'source',
  'outcome',
  'measure',
  'accountStatus',
] as const satisfies Dimension[]
export const figureNames = [
  'flags',
  'reviews',
  'decisions',
  'backlog',
  'deadlines',
  'orderDeadlines',
  'overturned',
  'toLook',
  'toDecision',
  'toEffect',
  'appealsFiled',
  'appealsDecided',
  'appealsUpheld',
  'appealsReversed',
  'appealsChanged',
  'appealTime',
  'wronglyDown',
  'reveals',
  'items',
] as const satisfies FigureName[]

const one = <Value extends string>(values: readonly Value[], raw: unknown) => values.find((value) => value === raw)

/** Keeps what makes sense and drops the rest, so that an old or cut link still opens a report. */
export function readReportSearch(raw: Record<string, unknown>): ReportSearch {
  const read: ReportSearch = readSearch(filterSpec, raw)
  const { from, to } = raw
  const range = one(presets, raw.range)
  if (isPeriod(from, to)) Object.assign(read, { from, to })
  else if (range && range !== '28d') read.range = range
  const comparison = one(comparisons, raw.against)
  if (comparison && comparison !== 'before') read.against = comparison
  const by = one(dimensions, raw.by)
  if (by && by !== defaultBy) read.by = by
  const of = one(volumes, raw.of)
  if (of && of !== 'decisions') read.of = of
  const time = one(spans, raw.time)
  if (time && time !== 'toDecision') read.time = time
  const seq = Number(raw.seq)
  if (raw.seq !== undefined && Number.isSafeInteger(seq) && seq >= 0) read.seq = seq
  return read
}

/** What the decisions of a day are told apart by, when nothing is said. */
export const defaultBy: Dimension = 'measure'

function isPeriod(from: unknown, to: unknown) {
  return isDay(from) && isDay(to) && from <= to && daysIn({ from, to }) <= mostDays
}

/** @param today in the organisation's zone */
export function periodIn({ from, to, range = '28d' }: ReportSearch, today: string): Period {
  return from && to ? { from, to } : periodOf(range, today)
}

export type ReportAsked = z.input<typeof getReport.query>

/** The report as the API is asked for it. */
export function askOf(search: ReportSearch, today: string): ReportAsked {
  const period = periodIn(search, today)
  const other = against(period, search.against ?? 'before')
  return {
    ...filtersOf(search),
    ...period,
    ...(other && { againstFrom: other.from, againstTo: other.to }),
    ...(search.seq !== undefined && { seq: String(search.seq) }),
    by: search.by ?? defaultBy,
  }
}

/** As the API takes them. */
export const filtersOf = (search: Filters) =>
  queryOf(
    filterSpec,
    Object.fromEntries(filterNames.flatMap((name) => (search[name] ? [[name, search[name]]] : []))),
  ) as {
    [Name in FilterName]?: string[]
  }

/** The address of the rows that one figure was counted from. */
export type RowsSearch = Filters & {
  figure: FigureName
  from: string
  to: string
  seq?: number
  day?: string
  by?: Dimension
  value?: string
  /** Of a share, only the k of the n. */
  counted?: 'yes'
}

export function readRowsSearch(raw: Record<string, unknown>): RowsSearch | null {
  const { from, to, day, value } = raw
  const figure = one(figureNames, raw.figure)
  if (!figure || !isDay(from) || !isDay(to) || from > to) return null
  const by = one(dimensions, raw.by)
  const seq = Number(raw.seq)
  return {
    ...readSearch(filterSpec, raw),
    figure,
    from,
    to,
    ...(raw.seq !== undefined && Number.isSafeInteger(seq) && seq >= 0 && { seq }),
    ...(isDay(day) && { day }),
    ...(by && value !== undefined && { by, value: String(value).slice(0, 100) }),
    ...(raw.counted === 'yes' && { counted: 'yes' as const }),
  }
}

export function rowsQueryOf(search: RowsSearch): Omit<z.input<typeof listReportRows.query>, 'cursor' | 'limit'> {
  const { figure, from, to, seq, day, by, value, counted } = search
  return {
    ...filtersOf(search),
    figure,
    from,
    to,
    ...(seq !== undefined && { seq: String(seq) }),
    ...(day && { day }),
    ...(by && value !== undefined && { by, value }),
    ...(counted && { isCounted: 'true' }),
  }
}

export type Of = Partial<Pick<RowsSearch, 'day' | 'by' | 'value' | 'counted'>> & { within?: Period }

/** Where the rows of a figure of this very report are: same days, same filters, same event. */
export function rowsOf(report: Report, figure: FigureName, { within = report.period, ...of }: Of = {}): RowsSearch {
  const filters = Object.fromEntries(
    filterNames.flatMap((name) => {
      const values = report.filter[name]
      return values && values.length > 0 ? [[name, values.join(',')]] : []
    }),
  )
  return { ...filters, figure, ...within, seq: report.seq, ...of }
}
