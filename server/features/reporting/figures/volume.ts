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

/** Which rows of a block are asked for, and on which day of the report each is. */
export type Look = {
  /** 1 for rows that are counted; null where all are. */
  wanted: Uint8Array | null
  /** Day of the report by quarter of the block's day. */
  dayOf: Int32Array
  /** Every row is counted. */
  isWhole: boolean
}

export function lookAt(columns: Columns, { days, filter, queues, seesRestricted }: Plan): Look {
  const from = Date.parse(columns.day) / quarterMs
  const dayOf = new Int32Array(96)
  let day = dayAt(days, from)
  for (let quarter = 0; quarter < dayOf.length; quarter += 1) {
    // A day that the zone skipped has no quarter.
    while (day < days.names.length && from + quarter >= days.starts[day + 1]!) day += 1
    dayOf[quarter] = day
  }
  const tests = placeDimensions.flatMap((dimension, index) => {
    const { known, codes } = columns.words[index]!
    const asked = filter[dimension]
    const isSeen = (name: string) =>
      (!asked || asked.includes(name)) && (dimension !== 'queue' || queues === null || queues.includes(name))
    const passes = Uint8Array.from(known, (name) => (isSeen(name) ? 1 : 0))
    return passes.includes(0) ? [{ passes, codes }] : []
  })
  const { bits, rows } = columns
  const isOpen = seesRestricted || !hasHidden(columns)
  const hidden = isOpen ? 0 : bit.hidden
  const isWithin = dayOf[0]! >= 0 && dayOf[dayOf.length - 1]! < days.names.length
  if (tests.length === 0 && isOpen) return { wanted: null, dayOf, isWhole: isWithin }
  const wanted = new Uint8Array(rows)
  for (let row = 0; row < rows; row += 1) wanted[row] = (bits[row]! & hidden) === 0 ? 1 : 0
  for (const { passes, codes } of tests) {
    for (let row = 0; row < rows; row += 1) wanted[row]! &= passes[codes[row]!]!
  }
  return { wanted, dayOf, isWhole: false }
}

function hasHidden({ bits, rows }: Columns): boolean {
  for (let row = 0; row < rows; row += 1) if ((bits[row]! & bit.hidden) !== 0) return true
  return false
}

/** Rows of a block that are counted, and on which day of the report each of them fell. */
export type Picked = { count: number; rows: Uint32Array; days: Uint32Array }

const scratch: Picked = { count: 0, rows: new Uint32Array(0), days: new Uint32Array(0) }

/** Empties it, and lets it hold as many. */
export function makeRoom(picked: Picked, rows: number) {
  picked.count = 0
  if (picked.rows.length >= rows) return
  picked.rows = new Uint32Array(rows * 2)
  picked.days = new Uint32Array(rows * 2)
}

/** Rows that are wanted, fall in the period and have all of these bits. Holds until the next call. */
export function pick(columns: Columns, { wanted, dayOf }: Look, length: number, needed = 0): Picked {
  const { rows, quarters, bits } = columns
  makeRoom(scratch, rows)
  const { rows: picked, days } = scratch
  let count = 0
  for (let row = 0; row < rows; row += 1) {
    if (wanted !== null && wanted[row] === 0) continue
    if ((bits[row]! & needed) !== needed) continue
    const day = dayOf[quarters[row]!]!
    if (day < 0 || day >= length) continue
    picked[count] = row
    days[count] = day
    count += 1
  }
  scratch.count = count
  return scratch
}

export type Volume = {
  perDay: Uint32Array
  /** By dimension, by word. */
  perWord: Map<string, number>[]
  /** Of the dimension that the report is told apart by: by word, by day. */
  stack: Map<string, Uint32Array>
  add: (columns: Columns, picked: Picked, isWhole: boolean) => void
}

/**
 * Counts of each day, of each word of the first dimensions, and of each word on each day.
 *
 * @param what is counted: of a whole block it is counted once, and remembered
 */
export function createVolume({ days, by }: Pick<Plan, 'days' | 'by'>, words: number, what: string): Volume {
  const length = days.names.length
  const perDay = new Uint32Array(length)
  const perWord = Array.from({ length: words }, () => new Map<string, number>())
  const stack = new Map<string, Uint32Array>()
  const stacked = dimensions.indexOf(by)

  function add(columns: Columns, picked: Picked, isWhole: boolean) {
    const { count, days: dayOf } = picked
    for (let index = 0; index < count; index += 1) perDay[dayOf[index]!]! += 1
    const before = isWhole ? columns.counted.get(what) : undefined
    const counts = before ?? perWord.map((_, dimension) => countWords(columns.words[dimension]!, picked))
    if (isWhole && !before) columns.counted.set(what, counts)
    for (const [dimension, totals] of perWord.entries()) {
      const { known } = columns.words[dimension]!
      for (let code = 0; code < known.length; code += 1) {
        const count = counts[dimension]![code]!
        if (count > 0) totals.set(known[code]!, (totals.get(known[code]!) ?? 0) + count)
      }
    }
    const by = stacked < words ? columns.words[stacked] : undefined
    if (by) addToStack(by, picked)
  }

  function addToStack({ known, codes }: Columns['words'][number], { count, rows, days: dayOf }: Picked) {
    const rowsOf = known.map((name) => stack.get(name) ?? new Uint32Array(length))
    const isUsed = new Uint8Array(known.length)
    for (let index = 0; index < count; index += 1) {
      const code = codes[rows[index]!]!
      rowsOf[code]![dayOf[index]!]! += 1
      isUsed[code] = 1
    }
    for (const [code, name] of known.entries()) if (isUsed[code] === 1) stack.set(name, rowsOf[code]!)
  }

  return { perDay, perWord, stack, add }
}

function countWords({ known, codes }: Columns['words'][number], { count, rows }: Picked): Uint32Array {
  const counts = new Uint32Array(known.length)
  for (let index = 0; index < count; index += 1) counts[codes[rows[index]!]!]! += 1
  return counts
}
