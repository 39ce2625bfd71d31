import { AppError } from '#server/http/errors.ts'
import type { ImportConstants, ImportMapping } from '#shared/domain/import-fields.ts'
import type { Line } from '../ndjson-lines.ts'
import type { SentFlag } from '../ready-flags.ts'
import { type CsvRow, type Delimiter, findDelimiter, readCsvRows } from './csv-rows.ts'
import { flagOfRow } from './flag-of-row.ts'

export type CsvShape = { headers: string[]; delimiter: Delimiter }

/** Reads the header. Null when the text does not hold all of it. @throws AppError when it cannot be one. */
export function readHeader(text: string, isEnd: boolean): (CsvShape & { consumed: number; line: number }) | null {
  const delimiter = findDelimiter(text)
  const [first] = readCsvRows(text, { delimiter, line: 1, isEnd }).rows
  if (!first) {
    if (isEnd) throw new AppError('invalid_request', 'The file is empty.')
    return null
  }
  if ('refused' in first) throw first.refused
  const headers = first.cells.map((cell) => cell.trim())
  const twice = headers.find((header, index) => header !== '' && headers.indexOf(header) < index)
  if (twice !== undefined) throw new AppError('invalid_request', `Two columns are called “${twice}”.`)
  // What comes before the header are blank lines.
  const consumed = text.indexOf(first.text) + first.text.length
  return { headers, delimiter, consumed, line: first.line + (first.text.match(/\r\n|\n|\r/g)?.length ?? 0) }
}

/** The rows of a file after its header. */
export async function openCsv(pieces: AsyncIterable<string>) {
  const iterator = pieces[Symbol.asyncIterator]()
  let text = ''
  let isEnd = false
  const more = async () => {
    const step = await iterator.next()
    if (step.done) isEnd = true
    else text += step.value
  }
  let header = null
  while (!header) {
    await more()
    header = readHeader(text, isEnd)
  }
  const { headers, delimiter } = header
  let line = header.line
  text = text.slice(header.consumed)
  return { headers, delimiter, lines: lines() }

  async function* lines(): AsyncGenerator<Line[]> {
    for (;;) {
      const part = readCsvRows(text, { delimiter, line, isEnd })
      text = text.slice(part.consumed)
      line = part.line
      // The rest of the header's own line counts as a blank row.
      if (part.rows.length > 0) yield part.rows.map(toLine)
      if (isEnd) return
      await more()
    }
  }
}

function toLine(row: ReturnType<typeof readCsvRows>['rows'][number]): Line {
  return 'refused' in row ? row : { line: row.line, text: row.text }
}

/** Reads one row again, as it stands in the file. */
export function cellsOfRow(text: string, delimiter: Delimiter): string[] {
  const [row] = readCsvRows(text, { delimiter, line: 1, isEnd: true }).rows
  return row && 'cells' in row ? row.cells : [text]
}

type Reading = CsvShape & { mapping: ImportMapping; constants: ImportConstants; now: Date }

/** @throws AppError `invalid_request`, naming the columns that do not fit. */
export function parseRow(text: string, { delimiter, ...reading }: Reading): SentFlag {
  const row: CsvRow = { line: 1, cells: cellsOfRow(text, delimiter), text }
  return flagOfRow(row, reading)
}
