/*
 * The facts of one UTC day, column by column, and the same as bytes. A year of facts is read as some hundred blocks of
 * numbers instead of a million rows.
 */

export const kinds = {
  /** `bits`: hidden. */
  flag: { words: 5, times: 0 },
  /** `bits`: hidden, is_opening. `times`: of the day, waited by then, until it ended. */
  wait: { words: 5, times: 3 },
  /** `bits`: hidden, first, in time, order, media, overturned. `times`: to look, to decision, to effect. */
  decision: { words: 8, times: 3 },
  /** `bits`: hidden. The sixth word is the person. `times`: how long it was shown. */
  reveal: { words: 6, times: 1 },
} as const
export type FactKind = keyof typeof kinds

export const bit = { hidden: 1, opening: 2, first: 2, inTime: 4, order: 8, media: 16, overturned: 32 } as const

export type Columns = {
  /** UTC. */
  day: string
  rows: number
  /** Quarters of an hour since the day began. */
  quarters: Uint8Array
  bits: Uint8Array
  /** For each kind of word: those that occur, and which of them stands in a row. */
  words: { known: string[]; codes: Uint8Array | Uint16Array }[]
  /** Milliseconds plus one; 0 is none. */
  times: (Uint32Array | Float64Array)[]
  /** Counts of each word that were made of all rows before, by what was counted. */
  counted: Map<string, Uint32Array[]>
}

/** One fact as the database tells it: quarter, bits, words, times. */
export type FactLine = [quarter: number, bits: number, ...rest: (string | number | null)[]]

export function toColumns(kind: FactKind, day: string, lines: readonly FactLine[]): Columns {
  const spec = kinds[kind]
  const words = Array.from({ length: spec.words }, (_, index) =>
    toWords(lines.map((line) => line[2 + index] as string)),
  )
  const times = Array.from({ length: spec.times }, (_, index) =>
    toTimes(lines.map((line) => line[2 + spec.words + index] as number | null)),
  )
  const quarters = Uint8Array.from(lines, ([quarter]) => quarter)
  const bits = Uint8Array.from(lines, ([, bits]) => bits)
  return { day, rows: lines.length, quarters, bits, words, times, counted: new Map() }
}

function toWords(values: string[]) {
  const codeOf = new Map<string, number>()
  const codes = values.map((value) => {
    const code = codeOf.get(value) ?? codeOf.size
    codeOf.set(value, code)
    return code
  })
  return { known: [...codeOf.keys()], codes: codeOf.size <= 256 ? Uint8Array.from(codes) : Uint16Array.from(codes) }
}

function toTimes(values: (number | null)[]) {
  const stored = values.map((value) => (value === null ? 0 : Math.max(0, value) + 1))
  return stored.every((value) => value <= 0xff_ff_ff_ff) ? Uint32Array.from(stored) : Float64Array.from(stored)
}

type Head = { rows: number; words: { known: string[]; wide: boolean }[]; times: { wide: boolean }[] }

const padded = (length: number) => (length + 7) & ~7
const arraysOf = ({ quarters, bits, words, times }: Columns) => [
  quarters,
  bits,
  ...words.map(({ codes }) => codes),
  ...times,
]

export function pack(columns: Columns): Buffer {
  const { rows, words, times } = columns
  const head: Head = {
    rows,
    words: words.map(({ known, codes }) => ({ known, wide: codes instanceof Uint16Array })),
    times: times.map((each) => ({ wide: each instanceof Float64Array })),
  }
  const json = Buffer.from(JSON.stringify(head))
  const arrays = arraysOf(columns)
  const size = arrays.reduce((sum, array) => sum + padded(array.byteLength), padded(4 + json.length))
  const bytes = Buffer.alloc(size)
  bytes.writeUInt32LE(json.length, 0)
  json.copy(bytes, 4)
  let at = padded(4 + json.length)
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += padded(array.byteLength)
  }
  return bytes
}

/** Reads in place: the bytes must begin at a multiple of eight in their buffer. */
export function unpack(day: string, bytes: Buffer): Columns {
  const length = bytes.readUInt32LE(0)
  const head = JSON.parse(bytes.toString('utf8', 4, 4 + length)) as Head
  let at = bytes.byteOffset + padded(4 + length)
  const next = <Numbers extends { BYTES_PER_ELEMENT: number }>(
    make: new (buffer: ArrayBufferLike, offset: number, length: number) => Numbers,
    width: number,
  ) => {
    const array = new make(bytes.buffer, at, head.rows)
    at += padded(head.rows * width)
    return array
  }
  return {
    day,
    rows: head.rows,
    quarters: next(Uint8Array, 1),
    bits: next(Uint8Array, 1),
    words: head.words.map(({ known, wide }) => ({ known, codes: wide ? next(Uint16Array, 2) : next(Uint8Array, 1) })),
    times: head.times.map(({ wide }) => (wide ? next(Float64Array, 8) : next(Uint32Array, 4))),
    counted: new Map(),
  }
}
