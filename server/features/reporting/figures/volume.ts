import { Dimension, type ReportFilter } from '#shared/contract/reports.ts'
import { bit, type Columns } from './columns.ts'
import { type Days, dayAt, quarterMs } from './days.ts'

/** In the order in which facts carry their words. */
export const dimensions = Dimension.options
/** Those that every fact has. */
export const placeDimensions = dimensions.slice(0, 5) as ('queue' | 'clause' | 'language' | 'platform' | 'source')[]

export type Plan = {
  days: Days
  filter: ReportFilter
  /** Null is all. */
  queues: readonly string[] | null
  seesRestricted: boolean
  /** What the volumes of each day are told apart by. */
  by: Dimension
}

/** Numbers for words, the same in all blocks. */
export function createWords() {
  const names: string[] = []
  const codes = new Map<string, number>()
  return {
    names,
    codeOf(name: string): number {
      const known = codes.get(name)
      if (known !== undefined) return known
      codes.set(name, names.length)
      return names.push(name) - 1
    },
  }
}
export type Words = ReturnType<typeof createWords>

/** Which rows of a block are asked for, and on which day of the report each is. */
export type Look = {
  /** 1 for rows that are counted; null where all are. */
  wanted: Uint8Array | null
  /** Day of the report by quarter of the block's day. */
  dayOf: Int32Array
}

export function lookAt(columns: Columns, { days, filter, queues, seesRestricted }: Plan): Look {
  const from = Date.parse(columns.day) / quarterMs
  const dayOf = Int32Array.from({ length: 96 }, (_, quarter) => dayAt(days, from + quarter))
  const tests = placeDimensions.flatMap((dimension, index) => {
    const { known, codes } = columns.words[index]!
    const asked = filter[dimension]
    const isSeen = (name: string) =>
      (!asked || asked.includes(name)) && (dimension !== 'queue' || queues === null || queues.includes(name))
    const passes = Uint8Array.from(known, (name) => (isSeen(name) ? 1 : 0))
    return passes.includes(0) ? [{ passes, codes }] : []
  })
  const { bits, rows } = columns
  const hidden = seesRestricted ? 0 : bit.hidden
  if (tests.length === 0 && hidden === 0) return { wanted: null, dayOf }
  const wanted = new Uint8Array(rows)
  for (let row = 0; row < rows; row += 1) wanted[row] = (bits[row]! & hidden) === 0 ? 1 : 0
  for (const { passes, codes } of tests) {
    for (let row = 0; row < rows; row += 1) wanted[row]! &= passes[codes[row]!]!
  }
  return { wanted, dayOf }
}

export type Volume = {
  perDay: Uint32Array
  /** By dimension, by word. */
  perWord: Map<string, number>[]
  /** Of the dimension that the report is told apart by: by word, by day. */
  stack: Map<string, Uint32Array>
  /** Counts the rows that are wanted, fall in the period and have all of these bits. */
  add: (columns: Columns, look: Look, needed?: number) => void
}

/** Counts of each day, of each word of the first dimensions, and of each word on each day. */
export function createVolume({ days, by }: Plan, words: number): Volume {
  const length = days.names.length
  const perDay = new Uint32Array(length)
  const perWord = Array.from({ length: words }, () => new Map<string, number>())
  const stack = new Map<string, Uint32Array>()
  const stacked = dimensions.indexOf(by)

  function add(columns: Columns, { wanted, dayOf }: Look, needed = 0) {
    const { rows, quarters, bits } = columns
    const counted = new Uint32Array(rows)
    const dayOfCounted = new Int32Array(rows)
    let count = 0
    for (let row = 0; row < rows; row += 1) {
      if (wanted !== null && wanted[row] === 0) continue
      if ((bits[row]! & needed) !== needed) continue
      const day = dayOf[quarters[row]!]!
      if (day < 0 || day >= length) continue
      perDay[day]! += 1
      counted[count] = row
      dayOfCounted[count] = day
      count += 1
    }
    for (const [dimension, totals] of perWord.entries()) {
      const { known, codes } = columns.words[dimension]!
      const counts = new Uint32Array(known.length)
      for (let index = 0; index < count; index += 1) counts[codes[counted[index]!]!]! += 1
      for (const [code, name] of known.entries()) {
        if (counts[code]! > 0) totals.set(name, (totals.get(name) ?? 0) + counts[code]!)
      }
    }
    const by = stacked < words ? columns.words[stacked] : undefined
    if (!by) return
    const rowsOf = by.known.map((name) => stack.get(name) ?? new Uint32Array(length))
    const isUsed = new Uint8Array(by.known.length)
    for (let index = 0; index < count; index += 1) {
      const code = by.codes[counted[index]!]!
      rowsOf[code]![dayOfCounted[index]!]! += 1
      isUsed[code] = 1
    }
    for (const [code, name] of by.known.entries()) if (isUsed[code] === 1) stack.set(name, rowsOf[code]!)
  }

  return { perDay, perWord, stack, add }
}
