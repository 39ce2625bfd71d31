import {
  type BreakdownRow,
  Dimension,
  type Figures,
  type Report,
  type ReportDay,
  type Share,
  type Spread,
} from '#shared/contract/reports.ts'
import { fewest, wilson } from '#shared/domain/intervals.ts'

export function shareOf(k: number, n: number): Share {
  const interval = n < fewest ? null : wilson(k, n)
  return { n, k, rate: interval && k / n, low: interval?.low ?? null, high: interval?.high ?? null }
}

const minute = 60_000
export const spreadOf = (n: number, p50: number | null, p90 = p50 && p50 * 3, p99 = p50 && p50 * 5): Spread => ({
  n,
  p50: p50 && p50 * minute,
  p90: p90 && p90 * minute,
  p99: p99 && p99 * minute,
})

export const buildFigures = (overrides: Partial<Figures> = {}): Figures => ({
  flags: 1_200,
  reviews: 900,
  decisions: 840,
  backlog: { value: 214, oldestMs: 76 * 3_600_000 },
  deadlines: shareOf(821, 840),
  orderDeadlines: shareOf(12, 12),
  overturned: shareOf(26, 840),
  toLook: spreadOf(840, 12),
  toDecision: spreadOf(840, 38),
  toEffect: spreadOf(840, 39),
  appealsFiled: 9,
  appealsDecided: 7,
  appealsUpheld: 5,
  appealsReversed: 1,
  appealsChanged: 1,
  appealTime: spreadOf(7, 600),
  wronglyDown: spreadOf(2, 1_400),
  reveals: 310,
  shownMs: 3_600_000,
  items: 620,
  viewers: 5,
  revealsPerPersonDay: { n: 20, p50: 14, p90: 40, p99: 61 },
  ...overrides,
})

export const buildReportDay = (day: string, overrides: Partial<ReportDay> = {}): ReportDay => ({
  day,
  flags: 12,
  reviews: 9,
  decisions: 8,
  backlog: 214,
  oldestMs: 86_400_000,
  deadlines: { n: 8, k: 8 },
  overturned: { n: 8, k: 0 },
  toLook: spreadOf(8, 12),
  toDecision: spreadOf(8, 38),
  toEffect: spreadOf(8, 39),
  appealsFiled: 0,
  reveals: 3,
  items: 6,
  ...overrides,
})

export const buildBreakdownRow = (value: string, overrides: Partial<BreakdownRow> = {}): BreakdownRow => ({
  value,
  flags: 40,
  reviews: 30,
  decisions: 30,
  overturned: shareOf(1, 30),
  deadlines: shareOf(29, 30),
  toDecision: spreadOf(30, 36),
  against: null,
  ...overrides,
})

/** Two days in June, told apart by measure. */
export function buildReport(overrides: Partial<Report> = {}): Report {
  const nothing = Object.fromEntries(
    Dimension.options.map((dimension) => [dimension, []]),
  ) as unknown as Report['breakdowns']
  return {
    seq: 4_711,
    headSeq: 4_711,
    readySeq: 4_711,
    hash: `${'7c1e09b4'.padEnd(60, '0')}04fa`,
    zone: 'UTC',
    period: { from: '2026-06-01', to: '2026-06-02' },
    against: null,
    filter: {},
    scope: { queues: null, leavesOutRestricted: false },
    figures: buildFigures(),
    figuresAgainst: null,
    days: [buildReportDay('2026-06-01'), buildReportDay('2026-06-02')],
    stack: {
      by: 'measure',
      values: ['remove', 'none'],
      flags: null,
      reviews: null,
      decisions: [
        [3, 5],
        [0, 8],
      ],
    },
    breakdowns: nothing,
    ...overrides,
  }
}
