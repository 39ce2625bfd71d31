import type { Cell, Column, Put, Sink } from './format.ts'

/** JSON lines for programs: everything as it is kept, under the same names as in the other files. */
export function createJsonl(columns: Column[], put: Put): Sink {
  const toLine = lineWriter(columns)
  return {
    push: (rows) => put(Buffer.from(rows.map(toLine).join(''))),
    end: async () => ({ rowsSha256: null }),
  }
}

/** One row as its line: what the SHA-256 of the rows is reckoned from, whatever the file's format. */
export function lineWriter(columns: Column[]): (row: Cell[]) => string {
  const names = columns.map(({ name }, index) => `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`)
  const isPlain = columns.map(({ kind }) => ['json', 'int', 'number', 'flag'].includes(kind))
  return (row) => {
    let line = ''
    for (let index = 0; index < names.length; index += 1) {
      const cell = row[index]!
      line += names[index]!
      line += cell === null || isPlain[index] ? cell : JSON.stringify(cell)
    }
    return `${line}}\n`
  }
}
