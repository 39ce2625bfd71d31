import type { Cell, Column } from './format.ts'

const lineFeed = 0x0a

/**
 * Reads the text that `COPY` writes: fields with tabs between, `\N` for none, and backslashes before what would not be a
 * field's. A row that is not whole yet is kept for the next piece.
 */
export function createRowReader(columns: Column[]) {
  const isTime = columns.map(({ kind }) => kind === 'time')
  let rest: Buffer = Buffer.alloc(0)
  let rows = 0
  return {
    push(bytes: Buffer): Cell[][] {
      const source = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes
      const end = source.lastIndexOf(lineFeed)
      rest = Buffer.from(source.subarray(end + 1))
      if (end < 0) return []
      const lines = source.toString('utf8', 0, end).split('\n')
      rows += lines.length
      return lines.map((line) => readLine(line, isTime))
    },
    rows: () => rows,
    /** @throws Error when the last row is not whole */
    end() {
      if (rest.length > 0) throw new Error('The last row is cut off.')
    },
  }
}

function readLine(line: string, isTime: boolean[]): Cell[] {
  const cells: Cell[] = line.split('\t')
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index]!
    if (cell === '\\N') cells[index] = null
    else if (isTime[index]) cells[index] = toIso(cell)
    else if (cell.includes('\\'))
      cells[index] = cell.replace(/\\(.)/g, (_, letter: string) => unescaped[letter] ?? letter)
  }
  return cells
}

const unescaped: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' }

/** PostgreSQL writes `2026-06-01 10:00:00.5+00`. */
const toIso = (time: string) => `${time.slice(0, 10)}T${time.slice(11, -3)}Z`
