import type { Share, Spread } from '#shared/contract/reports.ts'
import { fewest, wilson } from '#shared/domain/intervals.ts'
import { bit, type Columns } from './columns.ts'
import { createRanks, stepOf } from './ranks.ts'
import { createVolume, createWords, dimensions, type Look, type Picked, type Plan, pick } from './volume.ts'

export const toShare = (k: number, n: number): Share => {
  const interval = n < fewest ? null : wilson(k, n)
  return { n, k, rate: interval && k / n, low: interval?.low ?? null, high: interval?.high ?? null }
}

export const noSpread: Spread = { n: 0, p50: null, p90: null, p99: null }

/** First decisions of one block: rows, and the day of each. */
type Part = { columns: Columns; rows: Uint32Array; days: Int32Array }

/** What is counted of decisions. */
export function tallyDecisions(plan: Plan) {
  const days = plan.days.names.length
  const volume = createVolume(plan, dimensions.length)
  const overturned = createVolume(plan, dimensions.length)
  const first = new Uint32Array(days)
  const late = createVolume(plan, dimensions.length)
  const orders = { n: 0, k: 0 }
  const items = new Uint32Array(days)
  const parts: Part[] = []

  function take(columns: Columns, look: Look) {
    const { bits } = columns
    const picked = pick(columns, look, days)
    volume.add(columns, picked)
    const turned: Picked = emptyOf(picked)
    const tardy: Picked = emptyOf(picked)
    const part: Part = { columns, rows: new Uint32Array(picked.count), days: new Int32Array(picked.count) }
    let count = 0
    for (let index = 0; index < picked.count; index += 1) {
      const row = picked.rows[index]!
      const day = picked.days[index]!
      const marks = bits[row]!
      if (marks & bit.media) items[day]! += 1
      if (marks & bit.overturned) push(turned, row, day)
      if (!(marks & bit.first)) continue
      first[day]! += 1
      if (marks & bit.order) orders.n += 1
      if (!(marks & bit.inTime)) push(tardy, row, day)
      else if (marks & bit.order) orders.k += 1
      part.rows[count] = row
      part.days[count] = day
      count += 1
    }
    overturned.add(columns, turned)
    late.add(columns, tardy)
    parts.push({ columns, rows: part.rows.subarray(0, count), days: part.days.subarray(0, count) })
  }

  return { volume, overturned, late, first, orders, items, take, times: () => measure(parts, days) }
}
export type DecisionTally = ReturnType<typeof tallyDecisions>

const emptyOf = ({ count }: Picked): Picked => ({
  count: 0,
  rows: new Uint32Array(count),
  days: new Int32Array(count),
})

function push(to: Picked, row: number, day: number) {
  to.rows[to.count] = row
  to.days[to.count] = day
  to.count += 1
}

/** Spreads of the three times: of all, of each day, and, of the time to decision, of each word. */
function measure(parts: readonly Part[], days: number) {
  const words = dimensions.map(() => createWords())
  const global = parts.map(({ columns }) =>
    columns.words.map(({ known }, dimension) => Uint32Array.from(known, (name) => words[dimension]!.codeOf(name))),
  )
  const largest = parts.reduce((most, { rows }) => Math.max(most, rows.length), 0)
  const room = { groups: new Uint32Array(largest), steps: new Uint32Array(largest), times: new Float64Array(largest) }
  const nobody = new Uint8Array(largest)

  function spreadsOf(time: number, dimensionsToo: boolean) {
    const all = createRanks(1, 'fine')
    const perDay = createRanks(days, 'coarse')
    const perWord = dimensionsToo ? words.map(({ names }) => createRanks(Math.max(1, names.length), 'middle')) : []
    for (const isSecond of [false, true]) {
      if (isSecond) for (const ranks of [all, perDay, ...perWord]) ranks.settle()
      for (const [index, { columns, rows, days: dayOf }] of parts.entries()) {
        const stored = columns.times[time]!
        const hasAll = fill(room, stored, rows)
        const length = hasAll.length
        const told = hasAll.isWhole ? dayOf : pickOut(dayOf, stored, rows)
        const tell = (ranks: ReturnType<typeof createRanks>, groups: ArrayLike<number>) =>
          isSecond ? ranks.collect(groups, room.steps, room.times, length) : ranks.count(groups, room.steps, length)
        tell(all, nobody)
        tell(perDay, told)
        for (const [dimension, ranks] of perWord.entries()) {
          const { codes } = columns.words[dimension]!
          const toGlobal = global[index]![dimension]!
          for (let row = 0; row < rows.length; row += 1) room.groups[row] = toGlobal[codes[rows[row]!]!]!
          tell(ranks, room.groups)
        }
      }
    }
    const [total = noSpread] = all.spreads()
    return { total, perDay: perDay.spreads(), perWord: perWord.map((ranks) => ranks.spreads()) }
  }

  const toDecision = spreadsOf(1, true)
  return {
    toLook: spreadsOf(0, false),
    toDecision,
    toEffect: spreadsOf(2, false),
    /** By dimension. */
    byWord: words.map(({ names }, dimension) => {
      const spreads = toDecision.perWord[dimension]!
      return new Map(names.map((name, code) => [name, spreads[code]!]))
    }),
  }
}

type Room = { steps: Uint32Array; times: Float64Array }

/** Writes down the times that there are, and their steps. */
function fill({ steps, times }: Room, stored: ArrayLike<number>, rows: Uint32Array) {
  let length = 0
  for (let index = 0; index < rows.length; index += 1) {
    const time = stored[rows[index]!]!
    if (time === 0) continue
    times[length] = time
    steps[length] = stepOf(time)
    length += 1
  }
  return { length, isWhole: length === rows.length }
}

function pickOut(days: Int32Array, stored: ArrayLike<number>, rows: Uint32Array): Int32Array {
  return days.filter((_, index) => stored[rows[index]!] !== 0)
}
