import { type Head, periodText, textOf } from './format.ts'
import type { Cut } from './sheet-xml.ts'
import { coverWords } from './words.ts'

type Outcome = { rows: number; sheets: number; rowsSha256: string; cuts: Cut[]; cutCount: number }

/** What stands on the cover: a line of one cell is a heading. */
export function coverRows(head: Head, { rows, sheets, rowsSha256, cuts, cutCount }: Outcome): string[][] {
  const words = coverWords[head.language]
  const filters = Object.entries(head.filter).map(([name, value]) => [name, textOf(value)])
  const lines = [
    [`Docket: ${words.kinds[head.kind]}`],
    [words.period, periodText(head.period)],
    [words.timeZone, head.timeZone],
    [words.asOf, `${head.asOf.toISOString()}${head.isClosed ? ` (${words.closed})` : ''}`],
    [words.seq, String(head.seq)],
    [words.rows, String(rows)],
    [words.sheets, String(sheets)],
    [words.rowsSha256, rowsSha256],
    ...head.leftOut.map((code) => [words.leftOut, words.left[code] ?? code]),
    [words.filters],
    ...(filters.length > 0 ? filters : [['', words.noFilters]]),
  ]
  if (cutCount === 0) return lines
  const shown = cuts.map((cut) => [cut.sheet, String(cut.row), cut.column, String(cut.characters)])
  return [...lines, [`${words.cut}: ${cutCount}`], ...shown]
}

/** At most 31 characters. */
export const sheetName = (kind: string, number: number) => (number === 1 ? kind : `${kind} ${number}`)
