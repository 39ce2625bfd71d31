import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvRow, findDelimiter, readCsvRows } from './csv-rows.ts'
import { defuseCell, undefuseCell } from './defuse-cell.ts'

/** Reads a text that comes in pieces, as a file or a person's browser sends it. */
function readInPieces(text: string, lengths: number[]) {
  const rows: CsvRow[] = []
  let rest = ''
  let line = 1
  for (let start = 0, turn = 0; ; turn += 1) {
    const length = lengths[turn % lengths.length]!
    rest += text.slice(start, start + length)
    start += length
    const part = readCsvRows(rest, { delimiter: ',', line, isEnd: start >= text.length })
    rows.push(...part.rows.filter((row): row is CsvRow => 'cells' in row))
    rest = rest.slice(part.consumed)
    line = part.line
    if (start >= text.length) return rows
  }
}

const cell = fc.string({ unit: fc.constantFrom('a', 'я', '"', ',', '\n', '\r', ' ', '=', "'", '👩') })
const quoted = (cells: string[]) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')

describe('readCsvRows', () => {
  it('gives back every cell, in whatever pieces the file comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        (table, lineEnd, lengths) => {
          const text = table.map(quoted).join(lineEnd)
          const rows = readInPieces(text, lengths)
          expect(rows.map(({ cells }) => cells)).toEqual(table)
          expect(rows.map((row) => row.text)).toEqual(table.map(quoted))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('reads as other programs do', () => {
    const text = 'a,b\n"1,2",3\n"say ""hi""",\n\n x ,"y\nz"\n'
    const theirs = parse(text, { skip_empty_lines: true }) as string[][]
    expect(readInPieces(text, [5]).map(({ cells }) => cells)).toEqual(theirs)
  })

  it('knows the line in which each row begins', () => {
    expect(readInPieces('a,b\r\n"1\r\n2",3\r\n\r\n4,5', [3]).map(({ line }) => line)).toEqual([1, 2, 5])
  })

  it('takes a quote in the middle of a cell for itself', () => {
    expect(readInPieces('5" screen,b\n', [20])[0]!.cells).toEqual(['5" screen', 'b'])
  })

  it('finds the delimiter that the header uses', () => {
    expect(['a,b;c', 'a;b;c,d', 'a\tb', '"x,y";z', 'alone'].map((header) => findDelimiter(header))).toEqual([
      ',',
      ';',
      '\t',
      ';',
      ',',
    ])
  })
})

describe('defuseCell', () => {
  it('can be taken back', () => {
    fc.assert(
      fc.property(cell, (text) => undefuseCell(defuseCell(text)) === text),
      { numRuns: 1_000 },
    )
    expect(['=1', '+1', ' @x', "'=1", '\u200b-1', 'plain', "it's"].map(defuseCell)).toEqual([
      "'=1",
      "'+1",
      "' @x",
      "''=1",
      "'\u200b-1",
      'plain',
      "it's",
    ])
  })
})
