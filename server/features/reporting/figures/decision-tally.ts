import type { Share, Spread } from '#shared/contract/reports.ts'
import { fewest, wilson } from '#shared/domain/intervals.ts'
import { bit, type Columns } from './columns.ts'
import { type Grouping, spreadsOf } from './ranks.ts'
import { createVolume, createWords, dimensions, type Look, type Plan, type Words } from './volume.ts'

export const toShare = (k: number, n: number): Share => {
  const interval = n < fewest ? null : wilson(k, n)
  return { n, k, rate: interval && k / n, low: interval?.low ?? null, high: interval?.high ?? null }
}

export const noSpread: Spread = { n: 0, p50: null, p90: null, p99: null }

/** First decisions of one block, as far as they are counted. */
type Part = { rows: number; day: Int32Array; codes: Uint16Array[]; times: Float64Array[] }

type Pair = { n: number; k: number }
const emptyPairs = (length: number): Pair[] => Array.from({ length }, () => ({ n: 0, k: 0 }))

/** What is counted of decisions. */
export function tallyDecisions(plan: Plan) {
  const days = plan.days.names.length
  const volume = createVolume(plan, dimensions.length)
  const words: Words[] = dimensions.map(() => createWords())
  const [overturned, deadlines] = [emptyPairs(days), emptyPairs(days)]
  const orders = { n: 0, k: 0 }
  const items = new Uint32Array(days)
  /** By dimension, by word. */
  const overturnedOf: number[][] = dimensions.map(() => [])
  const inTimeOf: number[][] = dimensions.map(() => [])
  const parts: Part[] = []

  function take(columns: Columns, look: Look) {
    volume.add(columns, look)
    const { rows, quarters, bits, times } = columns
    const global = columns.words.map(({ known }, dimension) =>
      Uint16Array.from(known, (name) => words[dimension]!.codeOf(name)),
    )
    const part: Part = {
      rows: 0,
      day: new Int32Array(rows),
      codes: global.map(() => new Uint16Array(rows)),
      times: times.map(() => new Float64Array(rows)),
    }
    for (let row = 0; row < rows; row += 1) {
      if (look.wanted !== null && look.wanted[row] === 0) continue
      const day = look.dayOf[quarters[row]!]!
      if (day < 0 || day >= days) continue
      const marks = bits[row]!
      overturned[day]!.n += 1
      if (marks & bit.media) items[day]! += 1
      if (marks & bit.overturned) {
        overturned[day]!.k += 1
        bump(overturnedOf, columns, global, row)
      }
      if (!(marks & bit.first)) continue
      const isInTime = (marks & bit.inTime) !== 0
      deadlines[day]!.n += 1
      if (marks & bit.order) orders.n += 1
      if (isInTime) {
        deadlines[day]!.k += 1
        if (marks & bit.order) orders.k += 1
        bump(inTimeOf, columns, global, row)
      }
      const place = part.rows
      part.day[place] = day
      for (let dimension = 0; dimension < global.length; dimension += 1) {
        part.codes[dimension]![place] = global[dimension]![columns.words[dimension]!.codes[row]!]!
      }
      for (let time = 0; time < times.length; time += 1) part.times[time]![place] = times[time]![row]!
      part.rows += 1
    }
    parts.push(part)
  }

  function times() {
    const day = join(parts, (part) => part.day, Int32Array)
    const [look, decision, effect] = [0, 1, 2].map((time) => join(parts, (part) => part.times[time]!, Float64Array))
    const codes = dimensions.map((_, dimension) => join(parts, (part) => part.codes[dimension]!, Uint16Array))
    const groupings = codes.map((of, dimension) => ({ codes: of, groups: words[dimension]!.names.length }))
    const [toDecision, ...byWord] = spreads(decision!, day, days, groupings)
    const [toLook] = spreads(look!, day, days, [])
    const [toEffect] = spreads(effect!, day, days, [])
    return { toLook: toLook!, toDecision: toDecision!, toEffect: toEffect!, byWord: byWord as Spread[][] }
  }

  return { volume, words, overturned, deadlines, orders, items, overturnedOf, inTimeOf, take, times }
}
export type DecisionTally = ReturnType<typeof tallyDecisions>

function bump(counts: number[][], { words }: Columns, global: Uint16Array[], row: number) {
  for (let dimension = 0; dimension < global.length; dimension += 1) {
    const code = global[dimension]![words[dimension]!.codes[row]!]!
    counts[dimension]![code] = (counts[dimension]![code] ?? 0) + 1
  }
}

type Numbers = Int32Array | Uint16Array | Float64Array

function join<N extends Numbers>(parts: Part[], of: (part: Part) => N, make: new (length: number) => N): N {
  const whole = new make(parts.reduce((sum, { rows }) => sum + rows, 0))
  let at = 0
  for (const part of parts) {
    whole.set(of(part).subarray(0, part.rows), at)
    at += part.rows
  }
  return whole
}

/** All days together, day by day, and by each grouping: of those that have the time. Stored one greater, 0 being none. */
function spreads(stored: Float64Array, day: Int32Array, days: number, groupings: Grouping[]) {
  const rows: number[] | null = stored.includes(0) ? [] : null
  if (rows) for (let row = 0; row < stored.length; row += 1) if (stored[row] !== 0) rows.push(row)
  const pick = <N extends ArrayLike<number>>(values: N): ArrayLike<number> =>
    rows ? rows.map((row) => values[row]!) : values
  const values = Float64Array.from(pick(stored), (value) => value - 1)
  const all = { codes: new Uint8Array(values.length), groups: 1 }
  const [[total = noSpread] = [], perDay = [], ...byWord] = spreadsOf(values, [
    all,
    { codes: pick(day), groups: days },
    ...groupings.map(({ codes, groups }) => ({ codes: pick(codes), groups })),
  ])
  return [{ total, perDay }, ...byWord] as const
}
