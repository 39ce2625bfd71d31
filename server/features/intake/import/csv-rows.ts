import { AppError } from '#server/http/errors.ts'

/** One row of a CSV file. `line` is where it begins, from 1; `text` the row as it stands there, without its line end. */
export type CsvRow = { line: number; cells: string[]; text: string }

export type Delimiter = ',' | ';' | '\t'
const delimiters = [',', ';', '\t'] as const satisfies Delimiter[]

/** A row that was not taken: a quote in it is never closed. `text` is its first line. */
export type RefusedRow = { line: number; text: string; refused: AppError }

/** Longer rows are refused: a quote that is never closed would take the rest of the file for one cell. */
const maxRowCharacters = 2_000_000

type Part = {
  delimiter: Delimiter
  /** The number of the first line of `text`. */
  line: number
  /** Nothing follows: what is left is a row though no line end follows. */
  isEnd: boolean
}

/**
 * Cuts text into rows (RFC 4180; line ends CRLF, LF or CR; blank lines are passed over). A quote inside a cell that does
 * not begin with one is itself. Answers how many characters whole rows take, so that the rest can be read again with what
 * follows.
 */
export function readCsvRows(text: string, { delimiter, line: firstLine, isEnd }: Part) {
  const rows: (CsvRow | RefusedRow)[] = []
  let consumed = 0
  let line = firstLine
  while (consumed < text.length) {
    const row = readRow(text, consumed, delimiter)
    const isWhole = isEnd || row.end < text.length
    if (row.end - consumed > maxRowCharacters || (isEnd && row.isOpen)) {
      const end = plainEnd(text, consumed, null)
      const refused = new AppError('invalid_request', 'A quote of this row is not closed.')
      rows.push({ line, text: text.slice(consumed, end), refused })
      line += 1
      consumed = lineEnd(text, end)
      continue
    }
    if (!isWhole) break
    const body = text.slice(consumed, row.end)
    if (body.trim() !== '') rows.push({ line, cells: row.cells, text: body })
    line += row.lines
    consumed = row.next
  }
  return { rows, consumed, line }
}

/** From `start` to the end of the row: where it ends, where the next begins, how many lines it takes. */
function readRow(text: string, start: number, delimiter: Delimiter) {
  const cells: string[] = []
  let at = start
  let lines = 1
  let isOpen = false
  for (;;) {
    let cell = ''
    if (text[at] === '"') {
      const quoted = readQuoted(text, at)
      cell = quoted.cell
      lines += quoted.lines
      at = quoted.next
      isOpen ||= quoted.isOpen
    }
    const end = plainEnd(text, at, delimiter)
    cells.push(cell + text.slice(at, end))
    at = end
    if (text[at] !== delimiter) break
    at += 1
  }
  // A CR at the very end may be half of a line end.
  const end = text[at] === '\r' && at + 1 === text.length ? text.length : at
  return { cells, end, next: lineEnd(text, at), lines, isOpen }
}

/** Where the next line begins. */
function lineEnd(text: string, at: number): number {
  const isCrLf = text[at] === '\r' && text[at + 1] === '\n'
  return Math.min(at + (isCrLf ? 2 : 1), text.length)
}

function readQuoted(text: string, start: number) {
  let cell = ''
  let lines = 0
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    const piece = text.slice(at, quote < 0 ? undefined : quote)
    cell += piece
    lines += countLines(piece)
    if (quote < 0) return { cell, lines, next: text.length, isOpen: true }
    if (text[quote + 1] !== '"') return { cell, lines, next: quote + 1, isOpen: false }
    cell += '"'
    at = quote + 2
  }
}

function plainEnd(text: string, start: number, delimiter: Delimiter | null): number {
  let at = start
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1
  return at
}

function countLines(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0
}

/** The delimiter that makes most columns of the first row. */
export function findDelimiter(text: string): Delimiter {
  const columns = (delimiter: Delimiter) => readRow(text, 0, delimiter).cells.length
  return delimiters.toSorted((a, b) => columns(b) - columns(a))[0]!
}
