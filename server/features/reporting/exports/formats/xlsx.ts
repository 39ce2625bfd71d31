import { createHash } from 'node:crypto'
import type { Column, ColumnKind, Head, Put, Sink } from './format.ts'
import { lineWriter } from './jsonl.ts'
import { type Cut, columnLetters, escapeXml, headerStyle, mostRows, rowXml, textCell, textStyle } from './sheet-xml.ts'
import { coverRows, sheetName } from './xlsx-cover.ts'
import { contentTypesXml, packageRels, stylesXml, workbookRels, workbookXml } from './xlsx-parts.ts'
import { createZip, type ZipEntry } from './zip.ts'

/** A sheet ends here too, so that its size stays a number of 32 bits. */
const mostSheetBytes = 2_000_000_000
const mostCutsListed = 1_000
const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

const widths: Record<ColumnKind, number> = { text: 22, link: 30, json: 40, time: 20, int: 10, number: 12, flag: 10 }

type Limits = { rowsPerSheet?: number; bytesPerSheet?: number }

/**
 * A workbook for people: a cover and as many sheets as the rows need. The cover stands first in the book and is written
 * last, when rows and hash are known.
 */
export function createXlsx(
  head: Head,
  put: Put,
  { rowsPerSheet = mostRows, bytesPerSheet = mostSheetBytes }: Limits = {},
): Sink {
  const { columns } = head
  const zip = createZip(put)
  const kinds = columns.map(({ kind }) => kind)
  const letters = columnLetters(Math.max(columns.length, 4))
  const toLine = lineWriter(columns)
  const hash = createHash('sha256')
  const cuts: Cut[] = []
  let [rows, cutCount, sheets] = [0, 0, 0]
  let sheet: { entry: ZipEntry; name: string; row: number } | null = null

  async function open() {
    sheets += 1
    const entry = await zip.open(`xl/worksheets/sheet${sheets + 1}.xml`)
    const titles = columns.map(({ name }, index) => textCell(`${letters[index]}1`, name, headerStyle)).join('')
    await entry.write(`${sheetTop(columns)}<row r="1">${titles}</row>`)
    sheet = { entry, name: sheetName(head.kind, sheets), row: 1 }
    return sheet
  }

  async function close({ entry, row }: { entry: ZipEntry; row: number }) {
    const all = `A1:${letters[columns.length - 1]}${row}`
    await entry.write(`</sheetData><autoFilter ref="${all}"/>${page}</worksheet>`)
    await entry.end()
    sheet = null
  }

  async function writeCover(rowsSha256: string) {
    const entry = await zip.open('xl/worksheets/sheet1.xml')
    const lines = coverRows(head, { rows, sheets, rowsSha256, cuts, cutCount })
    const cells = lines.map((line, index) => {
      const style = line.length === 1 ? headerStyle : textStyle
      const row = line.map((text, at) => textCell(`${letters[at]}${index + 1}`, text, style)).join('')
      return `<row r="${index + 1}">${row}</row>`
    })
    const sheetWidths =
      '<cols><col min="1" max="1" width="26" customWidth="1"/><col min="2" max="2" width="70" customWidth="1"/></cols>'
    await entry.write(
      `${xmlHead}<worksheet xmlns="${namespace}">${sheetWidths}<sheetData>${cells.join('')}</sheetData>${page}</worksheet>`,
    )
    await entry.end()
  }

  return {
    async push(batch) {
      let xml = ''
      for (const cells of batch) {
        let at = sheet ?? (await open())
        if (at.row >= rowsPerSheet || at.entry.size() + xml.length > bytesPerSheet) {
          await at.entry.write(xml)
          xml = ''
          await close(at)
          at = await open()
        }
        at.row += 1
        rows += 1
        hash.update(toLine(cells))
        const { name, row } = at
        xml += rowXml(row, cells, kinds, letters, (column, characters) => {
          cutCount += 1
          if (cuts.length < mostCutsListed) cuts.push({ sheet: name, row, column: columns[column]!.name, characters })
        })
      }
      if (xml) await sheet!.entry.write(xml)
    },
    async end() {
      await close(sheet ?? (await open()))
      const rowsSha256 = hash.digest('hex')
      await writeCover(rowsSha256)
      const names = ['About', ...Array.from({ length: sheets }, (_, index) => sheetName(head.kind, index + 1))]
      const parts = [
        ['xl/styles.xml', stylesXml],
        ['xl/workbook.xml', workbookXml(names.map(escapeXml))],
        ['xl/_rels/workbook.xml.rels', workbookRels(names.length)],
        ['_rels/.rels', packageRels],
        ['[Content_Types].xml', contentTypesXml(names.length)],
      ] as const
      for (const [path, xml] of parts) {
        const entry = await zip.open(path)
        await entry.write(xmlHead + xml)
        await entry.end()
      }
      await zip.end()
      return { rowsSha256 }
    },
  }
}

const page =
  '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape"/>'

function sheetTop(columns: Column[]): string {
  const cols = columns.map(
    ({ kind, name }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${Math.max(widths[kind], name.length + 3)}" customWidth="1"/>`,
  )
  const frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
  return `${xmlHead}<worksheet xmlns="${namespace}"><sheetViews><sheetView workbookViewId="0">${frozen}</sheetView></sheetViews><cols>${cols.join('')}</cols><sheetData>`
}
