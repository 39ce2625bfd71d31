import { z } from 'zod'
import { endpoint, page, several } from './endpoint.ts'
import { ReviewId } from './reviews.ts'

/** Stands for what has no clause, no language or no measure. */
export const noValue = 'none'

/** What figures are told apart by. */
export const Dimension = z.enum([
  'queue',
  'clause',
  'language',
  'platform',
  'source',
  'outcome',
  'measure',
  'accountStatus',
])
export type Dimension = z.infer<typeof Dimension>

/** Everything that can be counted, and whose rows can be asked for. */
export const FigureName = z.enum([
  'flags',
  'reviews',
  'decisions',
  /** Reviews that wait at the end of the last day; with `day`, at the end of that one. */
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
])
export type FigureName = z.infer<typeof FigureName>

/** PostgreSQL knows no year 0, and nothing was flagged before there were networks. */
const Day = z.iso.date().refine((day) => day >= '1990-01-01' && day <= '2200-12-31', 'Is no day of ours.')

const words = several(z.string().min(1).max(100), 100)

/** Values of one filter are alternatives; `none` stands for what has no clause or no language. */
export const ReportFilter = z.object({
  queue: words,
  clause: words,
  language: words,
  platform: words,
  source: words,
})
export type ReportFilter = z.infer<typeof ReportFilter>

export const ReportQuery = ReportFilter.extend({
  /** Days in the organisation's time zone, both included; at most three years. */
  from: Day,
  to: Day,
  /** The days to compare with; both or none. */
  againstFrom: Day.optional(),
  againstTo: Day.optional(),
  /** Up to this event of the log; the last one there is, when left out. */
  seq: z.coerce.number().int().min(0).optional(),
  /** IANA name; the organisation's, when left out. */
  zone: z.string().max(60).optional(),
  /** What the volumes of each day are told apart by. */
  by: Dimension.default('measure'),
})
export type ReportQuery = z.output<typeof ReportQuery>

const Count = z.number().int()

const Share = z.object({
  /** Of how many, and how many of them. */
  n: Count,
  k: Count,
  /** k of n, 0 to 1, with the 95 % Wilson interval; null where n is below 20. */
  rate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type Share = z.infer<typeof Share>

/** Milliseconds, each one that occurred (nearest rank); null where nothing was measured. */
const Spread = z.object({ n: Count, p50: Count.nullable(), p90: Count.nullable(), p99: Count.nullable() })
export type Spread = z.infer<typeof Spread>

/** The figures of one period, each under the name by which its rows are asked for. */
export const Figures = z.object({
  flags: Count,
  reviews: Count,
  decisions: Count,
  backlog: z.object({
    /** Reviews that wait at the end of the period, or at the named event if that is earlier. */
    value: Count,
    /** How long the oldest of them waits by then, in milliseconds. */
    oldestMs: Count.nullable(),
  }),
  /** First decisions that came before they were due. */
  deadlines: Share,
  /** Of these, those with a removal order. */
  orderDeadlines: Share,
  /** Decisions that were superseded with another outcome, or reversed or changed on appeal, up to the named event. */
  overturned: Share,
  /** From the opening of a review; of the first decisions of the period. */
  toLook: Spread,
  toDecision: Spread,
  toEffect: Spread,
  appealsFiled: Count,
  appealsDecided: Count,
  appealsUpheld: Count,
  appealsReversed: Count,
  appealsChanged: Count,
  /** From filing to the answer; of those answered in the period. */
  appealTime: Spread,
  /** How long posts and accounts were wrongly down; of those reversed or changed in the period. */
  wronglyDown: Spread,
  /** Originals that were shown. */
  reveals: Count,
  /** How long they were on a screen, in milliseconds. */
  shownMs: Count,
  /** Decisions on what has media. */
  items: Count,
  /** How many people saw originals; never which. */
  viewers: Count,
  /** Originals that one person saw on one day. */
  revealsPerPersonDay: Spread,
})
export type Figures = z.infer<typeof Figures>

export const ReportDay = z.object({
  day: z.iso.date(),
  flags: Count,
  reviews: Count,
  decisions: Count,
  /** At the day's end; null for days that had not begun at the named event. */
  backlog: Count.nullable(),
  oldestMs: Count.nullable(),
  deadlines: z.object({ n: Count, k: Count }),
  overturned: z.object({ n: Count, k: Count }),
  toLook: Spread,
  toDecision: Spread,
  toEffect: Spread,
  appealsFiled: Count,
  reveals: Count,
  items: Count,
})
export type ReportDay = z.infer<typeof ReportDay>

export const BreakdownRow = z.object({
  /** A queue, a clause, a language, …; `none`. */
  value: z.string(),
  /** Null where flags or reviews are not told apart by this: outcome, measure, account status. */
  flags: Count.nullable(),
  reviews: Count.nullable(),
  decisions: Count,
  overturned: Share,
  deadlines: Share,
  /** Of queues; of all else only how many were measured. */
  toDecision: Spread,
  /** The same of the period compared with. */
  against: z
    .object({
      flags: Count.nullable(),
      reviews: Count.nullable(),
      decisions: Count,
      overturned: Share,
      deadlines: Share,
      toDecision: Spread,
    })
    .nullable(),
})
export type BreakdownRow = z.infer<typeof BreakdownRow>

const Period = z.object({ from: z.iso.date(), to: z.iso.date() })

export const Report = z.object({
  /** Everything is counted from the log up to this event. Asked again with it, the answer is the same. */
  seq: Count,
  /** The last event of the log; greater than `seq` while the figures are behind, or when an earlier one was asked for. */
  headSeq: Count,
  /** Up to where figures are ready: less than the log's end only while an older log is counted for the first time. */
  readySeq: Count,
  /** SHA-256 over query, range, zone, scope, `seq` and every figure, hexadecimal. */
  hash: z.string(),
  zone: z.string(),
  period: Period,
  against: Period.nullable(),
  filter: ReportFilter,
  /** What the caller's scope leaves out of every figure. */
  scope: z.object({
    /** Only what happened in these queues is counted; null is all. */
    queues: z.array(z.string()).nullable(),
    leavesOutRestricted: z.boolean(),
  }),
  figures: Figures,
  /** Those of the period compared with. */
  figuresAgainst: Figures.nullable(),
  days: z.array(ReportDay),
  /** Volumes of each day told apart by one thing: `counts[day][value]`, in the order of `days` and `values`. */
  stack: z.object({
    by: Dimension,
    values: z.array(z.string()),
    flags: z.array(z.array(Count)).nullable(),
    reviews: z.array(z.array(Count)).nullable(),
    decisions: z.array(z.array(Count)),
  }),
  /** Most decisions first, then by value. */
  breakdowns: z.record(Dimension, z.array(BreakdownRow)),
})
export type Report = z.infer<typeof Report>

export const getReport = endpoint({
  method: 'GET',
  path: '/api/v1/reports',
  summary: 'Figures of a period, counted from the log up to one event',
  permission: 'report.read',
  query: ReportQuery,
  reply: Report,
})

/** One thing that a figure was counted from. */
export const ReportRow = z.object({
  /** The event that made it count. */
  seq: Count,
  at: z.iso.datetime(),
  kind: z.enum(['flag', 'review', 'decision', 'appeal', 'reveal']),
  /** Null where it has left the caller's scope since: then nothing else is told. */
  id: z.string().nullable(),
  review: z.object({ id: ReviewId, reference: z.string() }).nullable(),
  queue: z.string(),
  clause: z.string().nullable(),
  language: z.string().nullable(),
  platform: z.string(),
  source: z.string(),
  outcome: z.string().nullable(),
  measure: z.string().nullable(),
  accountStatus: z.string().nullable(),
  /** What was measured, for figures of time; the age, for the backlog; how long it was shown, for reveals. */
  ms: Count.nullable(),
  /** Of a share: whether it is one of the k. */
  isCounted: z.boolean(),
})
export type ReportRow = z.infer<typeof ReportRow>

export const listReportRows = endpoint({
  method: 'GET',
  path: '/api/v1/reports/rows',
  summary: 'The rows that one figure was counted from, oldest first: exactly as many as it says',
  permission: 'report.read',
  query: ReportQuery.omit({ againstFrom: true, againstTo: true, by: true }).extend({
    figure: FigureName,
    /** Of a share: only the k of the n. */
    isCounted: z.stringbool().optional(),
    /** Only what fell on this day; of the backlog, what waited at its end. */
    day: Day.optional(),
    /** Only one row of a breakdown, or one cell of a stack together with `day`. */
    by: Dimension.optional(),
    value: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  }),
  /** The count is exact and comes with the first page only. */
  reply: page(ReportRow).extend({ seq: Count }),
})
