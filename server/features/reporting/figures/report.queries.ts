import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import type { Caller } from '#server/http/route.ts'
import type { BreakdownRow, Report, ReportDay, ReportQuery } from '#shared/contract/reports.ts'
import { fault, readAsked, readDays } from './asked.queries.ts'
import { type Counted, countPeriod, toFigures } from './count-period.ts'
import { noSpread, toShare } from './decision-tally.ts'
import { dimensions, placeDimensions, type Volume } from './volume.ts'

/**
 * The figures of a period, counted from the log up to one event, within somebody's scope.
 *
 * @throws AppError `invalid_request`
 */
export async function findReport(
  { db }: { db: Db },
  query: ReportQuery,
  { scope }: Pick<Caller, 'scope'>,
): Promise<z.input<typeof Report>> {
  const { from, to, againstFrom, againstTo, by } = query
  if ((againstFrom === undefined) !== (againstTo === undefined)) {
    throw fault('againstTo', 'A period to compare with has a first and a last day.')
  }
  const asked = await readAsked(db, query, scope)
  const against = againstFrom && againstTo ? { from: againstFrom, to: againstTo } : null
  const [now, before] = await Promise.all([
    countPeriod(db, asked, asked.days, by),
    against && countPeriod(db, asked, readDays(against, asked.zone), by),
  ])
  const { seq, headSeq, readySeq, zone, filter, queues, seesRestricted } = asked
  const said = {
    seq,
    zone,
    period: { from, to },
    against,
    filter,
    scope: { queues, leavesOutRestricted: !seesRestricted },
    figures: toFigures(now),
    figuresAgainst: before && toFigures(before),
    days: toDays(now),
    stack: { by, ...toStack(now, by) },
    breakdowns: toBreakdowns(now, before),
  }
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex')
  return { ...said, headSeq, readySeq, hash }
}

function toDays({ days, flags, waits, decisions, reveals, appeals, backlog, times }: Counted): ReportDay[] {
  return days.names.map((day, index) => ({
    day,
    flags: flags.perDay[index]!,
    reviews: waits.volume.perDay[index]!,
    decisions: decisions.volume.perDay[index]!,
    backlog: backlog[index]?.value ?? null,
    oldestMs: backlog[index]?.oldestMs ?? null,
    deadlines: { n: decisions.first.perDay[index]!, k: decisions.first.perDay[index]! - decisions.late.perDay[index]! },
    overturned: { n: decisions.volume.perDay[index]!, k: decisions.overturned.perDay[index]! },
    toLook: times.toLook.perDay[index] ?? noSpread,
    toDecision: times.toDecision.perDay[index] ?? noSpread,
    toEffect: times.toEffect.perDay[index] ?? noSpread,
    appealsFiled: appeals.filedOn[index]!,
    reveals: reveals.volume.perDay[index]!,
    items: decisions.items[index]!,
  }))
}

const byCount = (count: (value: string) => number) => (a: string, b: string) =>
  count(b) - count(a) || (a < b ? -1 : a > b ? 1 : 0)

function toStack({ days, flags, waits, decisions }: Counted, by: ReportQuery['by']) {
  const isPlace = (placeDimensions as readonly string[]).includes(by)
  const volumes = isPlace ? [decisions.volume, flags, waits.volume] : [decisions.volume]
  const total = (value: string) =>
    volumes.reduce((sum, { stack }) => sum + (stack.get(value)?.reduce((all, n) => all + n, 0) ?? 0), 0)
  const values = [...new Set(volumes.flatMap(({ stack }) => [...stack.keys()]))].toSorted(byCount(total))
  const table = ({ stack }: Volume) => days.names.map((_, day) => values.map((value) => stack.get(value)?.[day] ?? 0))
  return {
    values,
    flags: isPlace ? table(flags) : null,
    reviews: isPlace ? table(waits.volume) : null,
    decisions: table(decisions.volume),
  }
}

function toBreakdowns(now: Counted, before: Counted | null) {
  const entries = dimensions.map((name, dimension) => {
    const wordsOf = ({ flags, waits, decisions }: Counted) =>
      [flags, waits.volume, decisions.volume].flatMap(({ perWord }) => [...(perWord[dimension]?.keys() ?? [])])
    const values = new Set([...wordsOf(now), ...(before ? wordsOf(before) : [])])
    const rows = [...values].map(
      (value): BreakdownRow => ({
        value,
        ...toCells(now, dimension, value),
        against: before && toCells(before, dimension, value),
      }),
    )
    const count = new Map(rows.map((row) => [row.value, row.decisions]))
    const order = byCount((value) => count.get(value)!)
    return [name, rows.toSorted((a, b) => order(a.value, b.value))]
  })
  return Object.fromEntries(entries) as z.input<typeof Report>['breakdowns']
}

function toCells({ flags, waits, decisions, times }: Counted, dimension: number, value: string) {
  const hasPlace = dimension < placeDimensions.length
  const count = (volume: Volume) => volume.perWord[dimension]?.get(value) ?? 0
  const made = count(decisions.volume)
  const first = count(decisions.first)
  return {
    flags: hasPlace ? count(flags) : null,
    reviews: hasPlace ? count(waits.volume) : null,
    decisions: made,
    overturned: toShare(count(decisions.overturned), made),
    deadlines: toShare(first - count(decisions.late), first),
    toDecision: (dimension === 0 && times.byQueue.get(value)) || { ...noSpread, n: first },
  }
}
