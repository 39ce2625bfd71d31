import type { Share, Spread } from '#shared/contract/reports.ts'
import { fewest, wilson } from '#shared/domain/intervals.ts'
import { bit, type Columns } from './columns.ts'
import { collectTimes, countTimes, createRanks, settle, stepOf, toSpreads } from './ranks.ts'
import { createVolume, createWords, dimensions, type Look, makeRoom, type Picked, type Plan, pick } from './volume.ts'

export const toShare = (k: number, n: number): Share => {
  const interval = n < fewest ? null : wilson(k, n)
  return { n, k, rate: interval && k / n, low: interval?.low ?? null, high: interval?.high ?? null }
}

export const noSpread: Spread = { n: 0, p50: null, p90: null, p99: null }

/** First decisions of one block: rows, and the day of each. */
type Part = { columns: Columns; rows: Uint32Array; days: Uint32Array }

/** What is counted of decisions. */
export function tallyDecisions(plan: Plan) {
  const days = plan.days.names.length
  const volume = createVolume(plan, dimensions.length, 'all')
  const overturned = createVolume(plan, dimensions.length, 'overturned')
  const first = createVolume(plan, dimensions.length, 'first')
  const late = createVolume(plan, dimensions.length, 'late')
  const orders = { n: 0, k: 0 }
  const items = new Uint32Array(days)
  const parts: Part[] = []
  const [turned, tardy] = [emptyOf(), emptyOf()]

  function take(columns: Columns, look: Look) {
    const { bits } = columns
    const picked = pick(columns, look, days)
    volume.add(columns, picked, look.isWhole)
    for (const few of [turned, tardy]) makeRoom(few, picked.count)
    const part: Part = { columns, rows: new Uint32Array(picked.count), days: new Uint32Array(picked.count) }
    let count = 0
    for (let index = 0; index < picked.count; index += 1) {
      const row = picked.rows[index]!
      const day = picked.days[index]!
      const marks = bits[row]!
      if (marks & bit.media) items[day]! += 1
      if (marks & bit.overturned) push(turned, row, day)
      if (!(marks & bit.first)) continue
      if (marks & bit.order) orders.n += 1
      if (!(marks & bit.inTime)) push(tardy, row, day)
      else if (marks & bit.order) orders.k += 1
      part.rows[count] = row
      part.days[count] = day
      count += 1
    }
    overturned.add(columns, turned, look.isWhole)
    late.add(columns, tardy, look.isWhole)
    const firsts = { columns, rows: part.rows.subarray(0, count), days: part.days.subarray(0, count) }
    first.add(columns, { count, ...firsts }, look.isWhole)
    parts.push(firsts)
  }

  return { volume, overturned, late, first, orders, items, take, times: () => measure(parts, days) }
}

const emptyOf = (): Picked => ({ count: 0, rows: new Uint32Array(0), days: new Uint32Array(0) })

function push(to: Picked, row: number, day: number) {
  to.rows[to.count] = row
  to.days[to.count] = day
  to.count += 1
}

/** Spreads of the three times: of all, of each day, and, of the time to decision, of each queue. */
function measure(parts: readonly Part[], days: number) {
  const queues = createWords()
  const queueOf = parts.map(({ columns }) => Uint32Array.from(columns.words[0]!.known, (name) => queues.codeOf(name)))
  const largest = parts.reduce((most, { rows }) => Math.max(most, rows.length), 0)
  const room = {
    groups: new Uint32Array(largest),
    steps: new Uint32Array(largest),
    times: new Float64Array(largest),
    none: new Uint32Array(largest),
  }

  function spreadsOf(time: number, isByQueue: boolean) {
    const all = createRanks(1, 'fine')
    const perDay = createRanks(days, 'coarse')
    const perQueue = isByQueue ? createRanks(queues.names.length, 'middle') : null
    for (const [index, part] of parts.entries()) {
      const length = fill(room, part, time)
      countTimes(all, room.none, room.steps, length)
      countTimes(perDay, fillDays(room, part, time, length), room.steps, length)
      if (perQueue) countTimes(perQueue, fillQueues(room, part, queueOf[index]!), room.steps, length)
    }
    for (const ranks of [all, perDay, perQueue]) if (ranks) settle(ranks)
    for (const [index, part] of parts.entries()) {
      const length = fill(room, part, time)
      collectTimes(all, room.none, room.steps, room.times, length)
      collectTimes(perDay, fillDays(room, part, time, length), room.steps, room.times, length)
      if (perQueue) {
        collectTimes(perQueue, fillQueues(room, part, queueOf[index]!), room.steps, room.times, length)
      }
    }
    const [total = noSpread] = toSpreads(all)
    return { total, perDay: toSpreads(perDay), perQueue: perQueue ? toSpreads(perQueue) : [] }
  }

  const toDecision = spreadsOf(1, true)
  return {
    toLook: spreadsOf(0, false),
    toDecision,
    toEffect: spreadsOf(2, false),
    byQueue: new Map(queues.names.map((name, code) => [name, toDecision.perQueue[code]!])),
  }
}

type Room = Record<'groups' | 'steps' | 'none', Uint32Array> & { times: Float64Array }

/** Writes down the times that there are, and their steps. */
function fill({ steps, times }: Room, { columns, rows }: Part, time: number): number {
  const stored = columns.times[time]!
  let length = 0
  for (let index = 0; index < rows.length; index += 1) {
    const each = stored[rows[index]!]!
    if (each === 0) continue
    times[length] = each
    steps[length] = stepOf(each)
    length += 1
  }
  return length
}

function fillDays({ groups }: Room, { columns, rows, days }: Part, time: number, length: number): Uint32Array {
  if (length === rows.length) return days
  const stored = columns.times[time]!
  let count = 0
  for (let index = 0; index < rows.length; index += 1) {
    if (stored[rows[index]!] === 0) continue
    groups[count] = days[index]!
    count += 1
  }
  return groups
}

/** Every decision has a time to decision: none is left out. */
function fillQueues({ groups }: Room, { columns, rows }: Part, toGlobal: Uint32Array): Uint32Array {
  const { codes } = columns.words[0]!
  for (let index = 0; index < rows.length; index += 1) groups[index] = toGlobal[codes[rows[index]!]!]!
  return groups
}
