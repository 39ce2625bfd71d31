import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Caller } from '#server/http/route.ts'
import { Dimension, FigureName, type Report, ReportQuery } from '#shared/contract/reports.ts'
import { useTestApi } from '#test/support/api.ts'
import { aHistory, writeHistory } from '#test/support/history.ts'
import { readRaw, recount, replay } from '#test/support/recount.ts'
import { buildChunk, findStale } from './chunks.queries.ts'
import { addDays } from './days.ts'
import { getProgress } from './fill.queries.ts'
import { fillBatch, rebuildFacts } from './fill-facts.ts'
import { findReport } from './report.queries.ts'
import { findReportRows } from './rows.queries.ts'

const t = useTestApi()

/** Each with days on which its clocks were changed, or a day was left out. */
const zones = [
  ['Europe/Berlin', '2025-10-21'],
  ['America/New_York', '2026-03-03'],
  ['Australia/Lord_Howe', '2026-03-30'],
  ['America/Havana', '2025-10-27'],
  ['Pacific/Apia', '2011-12-25'],
  ['Asia/Kathmandu', '2025-12-25'],
] as const

const narrowings: Partial<Record<'clause' | 'language' | 'platform' | 'source', string[]>>[] = [
  {},
  { clause: ['none'] },
  { language: ['ru', 'kk'], platform: ['vk'] },
  { source: ['removal_order', 'classifier'] },
]

const seeing = (seesRestricted: boolean): Pick<Caller, 'scope'> => ({
  scope: { queues: null, takes: null, seesRestricted },
})

async function fillAll(limit: number) {
  while ((await fillBatch(t.db, { limit, waits: true })) > 0);
}

async function buildAll() {
  for (const stale of await findStale(t.db, 10_000)) await buildChunk(t.db, stale)
}

/** Shares without their intervals, which are tested by themselves. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each) => {
    if (!each || typeof each !== 'object' || !('low' in each)) return each
    expect(each.rate).toBe(each.n < 20 ? null : each.k / each.n)
    return { n: each.n, k: each.k }
  })

const countOf = (figures: Report['figures'], name: FigureName): number => {
  const figure = figures[name]
  if (typeof figure === 'number') return figure
  return 'value' in figure ? figure.value : figure.n
}

describe('a report', () => {
  it('says what a recount of the raw log says, at any event of it', { timeout: 30_000 }, async () => {
    const kept: { query: ReportQuery; caller: Pick<Caller, 'scope'>; said: string }[] = []
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          steps: aHistory,
          zone: fc.constantFrom(...zones),
          skip: fc.nat(6),
          length: fc.integer({ min: 1, max: 12 }),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
          narrow: fc.constantFrom(...narrowings),
          by: fc.constantFrom(...Dimension.options),
          seesRestricted: fc.boolean(),
          batch: fc.integer({ min: 1, max: 60 }),
        }),
        async ({ steps, zone: [zone, start], skip, length, share, narrow, by, seesRestricted, batch }) => {
          const first = (await getProgress(t.db)).head
          const { queues } = await writeHistory(t, steps, new Date(`${start}T00:00:00Z`))
          await fillAll(batch)
          const { head } = await getProgress(t.db)
          const from = addDays(start, skip)
          const filter = { ...narrow, queue: queues }
          const base = { from, to: addDays(from, length - 1), zone, by, ...filter }
          const caller = seeing(seesRestricted)
          const raw = await readRaw(t.db)
          for (const seq of [head, first + Math.round(share * (head - first))]) {
            const query = ReportQuery.parse({ ...base, seq: String(seq) })
            const report = await findReport(t, query, caller)
            const counted = recount(replay(raw, seq), { ...base, filter, seesRestricted })
            expect(report.seq).toBe(seq)
            expect(plain(report.figures)).toEqual(counted.figures)
            expect(plain(report.days)).toEqual(counted.days)
            for (const [dimension, rows] of Object.entries(report.breakdowns)) {
              for (const { value, against: _, ...cells } of rows) {
                const { onDay: __, ...expected } = counted.cell(dimension, value)
                if (dimension !== 'queue') Object.assign(expected.toDecision, { p50: null, p90: null, p99: null })
                expect(plain(cells)).toEqual(expected)
              }
              expect(rows.reduce((sum, row) => sum + row.decisions, 0)).toBe(report.figures.decisions)
            }
            const stacked = report.days.map(({ day }) =>
              report.stack.values.map((value) => counted.cell(by, value).onDay(day)),
            )
            expect(report.stack.decisions).toEqual(stacked)

            const asked = { from: base.from, to: base.to, zone, seq, limit: 200, cursor: undefined, ...filter }
            for (const figure of FigureName.options) {
              const { items, count } = await findReportRows(t, { ...asked, figure }, caller)
              const expected = countOf(report.figures, figure)
              expect({ figure, rows: items.length, count: count?.value }).toEqual({
                figure,
                rows: expected,
                count: expected,
              })
              const value = report.figures[figure]
              if (typeof value === 'object' && 'k' in value) {
                expect(items.filter((row) => row.isCounted)).toHaveLength(value.k)
              }
            }
            kept.push({ query, caller, said: JSON.stringify(report, without) })
          }
        },
      ),
      { numRuns: 4, endOnFailure: true },
    )
    const again = async () => {
      for (const { query, caller, said } of kept) {
        expect(JSON.stringify(await findReport(t, query, caller), without)).toBe(said)
      }
    }
    // Later events changed nothing; neither do bytes, nor reading the whole log anew.
    await again()
    await buildAll()
    await again()
    await rebuildFacts(t.db)
    await again()
  })
})

/** How far the log goes meanwhile is no figure. */
const without = (key: string, value: unknown) => (key === 'headSeq' || key === 'readySeq' ? undefined : value)
