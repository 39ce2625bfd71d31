import { type ByteKind, createCsvBytes, toHeader } from './csv-bytes.ts'
import type { Cell, Column, ColumnKind, Put, Sink } from './format.ts'

const byteKinds: Record<ColumnKind, ByteKind> = {
  text: 'text',
  json: 'text',
  link: 'link',
  time: 'time',
  int: 'plain',
  number: 'plain',
  flag: 'plain',
}

/** Whether PostgreSQL is to quote the column: all text is. */
export const isQuoted = ({ kind }: Column) => byteKinds[kind] === 'text' || byteKinds[kind] === 'link'

/** CSV for people. Takes rows, or faster the bytes of COPY. */
export function createCsv(columns: Column[], put: Put): Sink & { pushBytes: Put; rows: () => number } {
  const csv = createCsvBytes(columns.map(({ kind }) => byteKinds[kind]))
  const ready = put(toHeader(columns.map(({ name }) => name)))

  async function pushBytes(bytes: Buffer) {
    await ready
    const written = csv.push(bytes)
    if (written.length > 0) await put(written)
  }

  return {
    pushBytes,
    rows: csv.rows,
    push: (rows) => pushBytes(Buffer.from(rows.map((row) => copied(row, columns)).join(''))),
    async end() {
      await ready
      csv.end()
      return { rowsSha256: null }
    },
  }
}

/** A row as COPY writes it. */
function copied(row: Cell[], columns: Column[]): string {
  const fields = columns.map((column, index) => {
    const cell = row[index] ?? null
    if (cell === null) return ''
    if (isQuoted(column)) return `"${cell.replaceAll('"', '""')}"`
    return column.kind === 'time' ? `${cell.slice(0, -1).replace('T', ' ')}+00` : cell
  })
  return `${fields.join(',')}\n`
}
