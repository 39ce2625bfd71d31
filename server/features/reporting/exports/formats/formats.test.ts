import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { createCsv } from './csv.ts'
import type { Cell, Head, Put, Sink } from './format.ts'
import { createHtml } from './html.ts'
import { createJsonl } from './jsonl.ts'
import { createParquet } from './parquet.ts'
import { createRowReader } from './read-rows.ts'
import { createXlsx } from './xlsx.ts'

const head: Head = {
  kind: 'events',
  columns: [
    { name: 'id', kind: 'text' },
    { name: 'said', kind: 'text' },
    { name: 'link', kind: 'link' },
    { name: 'data', kind: 'json' },
    { name: 'at (UTC)', kind: 'time' },
    { name: 'count', kind: 'int' },
    { name: 'share', kind: 'number' },
    { name: 'restricted', kind: 'flag' },
  ],
  language: 'en',
  period: { from: '2026-03-01', to: '2026-03-31' },
  timeZone: 'Europe/Berlin',
  filter: { platform: ['vk', 'telegram'] },
  asOf: new Date('2026-03-31T22:00:00Z'),
  isClosed: true,
  seq: 4711,
  leftOut: ['restricted'],
}

async function write(create: (put: Put) => Sink, batches: Cell[][][]) {
  const parts: Buffer[] = []
  const sink = create(async (bytes) => void parts.push(bytes))
  for (const batch of batches) await sink.push(batch)
  const { rowsSha256 } = await sink.end()
  return { bytes: Buffer.concat(parts), rowsSha256 }
}

const row = (said: string, overrides: Partial<Record<number, Cell>> = {}): Cell[] => {
  const cells: Cell[] = [
    '00123',
    said,
    'https://a.example.org/x.html',
    '{"a":[1,"<"]}',
    '2026-03-29T00:59:59.5Z',
    '-5',
    '0.25',
    'true',
  ]
  return cells.map((cell, index) => (index in overrides ? overrides[index]! : cell))
}

const hostile = [
  ...[
    '=1+1',
    '+49 30 1',
    '-5',
    '@SUM(1)',
    '\t=1',
    ' =1',
    '\u200b=1',
    '\ufeff=1',
    '＝1',
    '＋1',
    '－1',
    '＠a',
    "'=1",
    "'plain",
  ],
  ...[
    'a\nb',
    'a\r\nb',
    'a\rb',
    '"quoted", and; more',
    '«тағут» 😀',
    '\u202eright to left\u202c',
    '\u0001\u0008bell',
    '_x000D_',
    '_x0041_',
  ],
  ...['<script>alert(1)</script>', '&amp;', ' ends with space ', '=HYPERLINK("http://a.b")', "=cmd|' /C calc'!A0", ''],
]

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them
const dropped = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
/** As a cell holds it: line breaks are one character. exceljs leaves to others what `_x005F_` stands for. */
const inXml = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(dropped, '')
    .replace(/_x[0-9A-F]{4}_/g, (found) => `_x005F${found}`)

async function readBook(bytes: Buffer) {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as unknown as ArrayBuffer)
  return book
}

const valuesOf = (sheet: ExcelJS.Worksheet) => {
  const rows: ExcelJS.CellValue[][] = []
  sheet.eachRow((each) => void rows.push((each.values as ExcelJS.CellValue[]).slice(1)))
  return rows
}

describe('XLSX', () => {
  const xlsx = (batches: Cell[][][], limits = {}) => write((put) => createXlsx(head, put, limits), batches)

  it('gives typed cells and no formula, whatever was typed', async () => {
    const { bytes } = await xlsx([
      hostile.slice(0, 9).map((text) => row(text)),
      hostile.slice(9).map((text) => row(text)),
    ])
    const sheet = (await readBook(bytes)).getWorksheet('events')!
    const [names, ...rows] = valuesOf(sheet)
    expect(names).toEqual(head.columns.map(({ name }) => name))
    expect(rows.map((cells) => cells[1] ?? '')).toEqual(hostile.map(inXml))
    expect(rows[0]).toEqual([
      '00123',
      '=1+1',
      'hxxps://a[.]example[.]org/x.html',
      '{"a":[1,"<"]}',
      new Date('2026-03-29T00:59:59.500Z'),
      -5,
      0.25,
      true,
    ])
    sheet.eachRow((each) =>
      each.eachCell((cell) =>
        expect([cell.type, cell.formula, cell.hyperlink]).toEqual([cell.type, undefined, undefined]),
      ),
    )
    expect(sheet.getCell('A2').numFmt).toBe('@')
    expect(sheet.getCell('E2').numFmt).toContain('yyyy')
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
  })

  it('says on its first sheet what it holds', async () => {
    const batches = [[row('a'), row('b')]]
    const { bytes, rowsSha256 } = await xlsx(batches)
    const jsonl = await write((put) => createJsonl(head.columns, put), batches)
    const book = await readBook(bytes)
    expect(book.worksheets.map(({ name }) => name)).toEqual(['About', 'events'])
    const cover = new Map(valuesOf(book.worksheets[0]!).map(([name, value]) => [name, value]))
    expect(rowsSha256).toBe(createHash('sha256').update(jsonl.bytes).digest('hex'))
    expect(Object.fromEntries(cover)).toMatchObject({
      'Docket: Audit log': undefined,
      Period: '2026-03-01 – 2026-03-31',
      'Time zone of the period': 'Europe/Berlin',
      'As of (UTC)': '2026-03-31T22:00:00.000Z (the end of a closed period)',
      'Up to entry of the log (seq)': '4711',
      Rows: '2',
      'SHA-256 of the rows as JSON lines': rowsSha256,
      'Left out': 'What is restricted',
      platform: 'vk; telegram',
    })
  })

  it('goes on on further sheets, and drops no row', async () => {
    const rows = Array.from({ length: 7 }, (_, index) => row(`row ${index}`))
    const { bytes } = await xlsx([rows.slice(0, 5), rows.slice(5)], { rowsPerSheet: 4 })
    const book = await readBook(bytes)
    expect(book.worksheets.map(({ name }) => name)).toEqual(['About', 'events', 'events 2', 'events 3'])
    const said = book.worksheets.slice(1).map((sheet) =>
      valuesOf(sheet)
        .slice(1)
        .map((cells) => cells[1]),
    )
    expect(said).toEqual([['row 0', 'row 1', 'row 2'], ['row 3', 'row 4', 'row 5'], ['row 6']])
  })

  it('cuts what a cell cannot hold, and lists it', async () => {
    const [fits, long] = ['x'.repeat(32_767), `${'y'.repeat(32_744)}${'😀'.repeat(20)}`]
    const { bytes } = await xlsx([[row(fits), row(long)]])
    const book = await readBook(bytes)
    const said = valuesOf(book.getWorksheet('events')!).map((cells) => String(cells[1]))
    expect(said[1]).toBe(fits)
    expect(said[2]!.length).toBeLessThanOrEqual(32_767)
    expect(said[2]).toMatch(/…\[cut, 32784 characters\]$/)
    expect(said[2]!.isWellFormed()).toBe(true)
    expect(valuesOf(book.worksheets[0]!).slice(-2)).toEqual([
      ['Cells that were cut (sheet, row, column, characters): 1'],
      ['events', '3', 'said', '32784'],
    ])
  })

  it('is a whole book without a row', async () => {
    const book = await readBook((await xlsx([])).bytes)
    expect(valuesOf(book.getWorksheet('events')!)).toHaveLength(1)
  })
})

describe('CSV, JSON lines and Parquet', () => {
  const sane = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '').toWellFormed())
  const anyRow = fc
    .record({
      said: fc.option(sane),
      count: fc.option(fc.integer()),
      at: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
    })
    .map(({ said, count, at }) => row('', { 1: said, 4: at.toISOString(), 5: count === null ? null : String(count) }))

  it('tell the same rows to their readers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 12 }), fc.nat({ max: 12 }), async (rows, cut) => {
        const batches = [rows.slice(0, cut), rows.slice(cut)].filter((batch) => batch.length > 0)
        const jsonl = await write((put) => createJsonl(head.columns, put), batches)
        const parquet = await write((put) => createParquet(head, put, 5), batches)
        const csv = await write((put) => createCsv(head.columns, put), batches)
        const lines = jsonl.bytes
          .toString()
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line))
        const file = new Uint8Array(parquet.bytes).buffer
        const objects = await parquetReadObjects({ file })
        const records: string[][] = parse(csv.bytes, { bom: true, record_delimiter: '\r\n', relax_column_count: false })
        expect(lines.map((line) => [line.said, line['at (UTC)'], line.count, line.data])).toEqual(
          rows.map((cells) => [cells[1], cells[4], cells[5] === null ? null : Number(cells[5]), { a: [1, '<'] }]),
        )
        expect(
          objects.map((each) => [
            each.said ?? null,
            each['at (UTC)'].toISOString(),
            each.count ?? null,
            each.restricted,
            each.data,
          ]),
        ).toEqual(
          rows.map((cells) => [
            cells[1],
            cells[4],
            cells[5] === null ? null : BigInt(cells[5]!),
            true,
            { a: [1, '<'] },
          ]),
        )
        expect(records.slice(1).map((cells) => [cells[0], cells[4], cells[5]])).toEqual(
          rows.map((cells) => [cells[0], cells[4], cells[5] ?? '']),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('keep types and several row groups in Parquet', async () => {
    const { bytes } = await write(
      (put) => createParquet(head, put, 2),
      [['a', 'b', 'c', 'd', 'e'].map((text) => row(text))],
    )
    const metadata = parquetMetadata(new Uint8Array(bytes).buffer)
    expect(metadata.row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([2, 2, 1])
    expect(metadata.schema.slice(1).map(({ type }) => type)).toEqual([
      ...['BYTE_ARRAY', 'BYTE_ARRAY', 'BYTE_ARRAY', 'BYTE_ARRAY'],
      ...['INT64', 'INT64', 'DOUBLE', 'BOOLEAN'],
    ])
    expect(metadata.key_value_metadata).toContainEqual({ key: 'docket.seq', value: '4711' })
  })
})

describe('the reader of rows', () => {
  it('reads what COPY writes, wherever it is cut', () => {
    const copied = Buffer.from('a\\tb\\\\n\\n\\r\t\\N\t2026-06-01 10:00:00.12+00\nӘ😀\t\t\\N\n')
    const columns = [{ kind: 'text' as const }, { kind: 'text' as const }, { kind: 'time' as const }].map((each) => ({
      ...each,
      name: '',
    }))
    for (let cut = 0; cut <= copied.length; cut += 1) {
      const reader = createRowReader(columns)
      const rows = [...reader.push(copied.subarray(0, cut)), ...reader.push(copied.subarray(cut))]
      reader.end()
      expect(rows).toEqual([
        ['a\tb\\n\n\r', null, '2026-06-01T10:00:00.12Z'],
        ['Ә😀', '', null],
      ])
    }
  })
})

describe('pages to print', () => {
  const html = async (batches: Cell[][][], overrides: Partial<Head> = {}, most?: number) =>
    (await write((put) => createHtml({ ...head, ...overrides }, put, most), batches)).bytes.toString()

  it('load nothing and escape everything', async () => {
    const page = await html([hostile.map((text) => row(text))])
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/<(script|img|link|iframe|a)\b|url\(|@import|\b(src|href)=/)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).toContain('@page{size:A4')
    expect(page.match(/<td[ >]/g)).toHaveLength(hostile.length * head.columns.length)
  })

  it('run from right to left in Arabic', async () => {
    const page = await html([[row('سلام')]], { language: 'ar' })
    expect(page).toContain('<html lang="ar" dir="rtl">')
    expect(page).toContain('سجل التدقيق')
  })

  it('are refused when nobody could print them', async () => {
    await expect(html([[row('a'), row('b'), row('c')]], {}, 2)).rejects.toMatchObject({ code: 'too_many_rows' })
  })
})
