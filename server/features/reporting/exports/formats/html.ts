import { createHash } from 'node:crypto'
import { AppError } from '#server/http/errors.ts'
import { type Cell, type Column, defang, type Head, type Put, type Sink } from './format.ts'
import { lineWriter } from './jsonl.ts'
import { coverWords } from './words.ts'
import { coverRows } from './xlsx-cover.ts'

/** More is no print: some 5,000 pages, and no browser opens it. */
export const mostPrinted = 50_000
/** What fits side by side on A4; rows of more columns are written as blocks. */
const mostAcross = 8

/**
 * Pages to print or to keep as PDF: one file that loads nothing. Every value is text of its own direction; of a row with
 * many columns only those that hold something are shown.
 *
 * @throws AppError `too_many_rows`
 */
export function createHtml(head: Head, put: Put, most = mostPrinted): Sink {
  const { columns, language } = head
  const words = coverWords[language]
  const isTable = columns.length <= mostAcross
  const toLine = lineWriter(columns)
  const hash = createHash('sha256')
  const toHtml = isTable ? rowOf : blockOf
  let rows = 0
  const ready = put(Buffer.from(top(head)))
  return {
    async push(batch) {
      await ready
      let html = ''
      for (const cells of batch) {
        rows += 1
        if (rows > most)
          throw new AppError(
            'too_many_rows',
            `More than ${most} rows are not printed. Narrow the export, or take another format.`,
          )
        hash.update(toLine(cells))
        html += toHtml(cells, columns, rows)
      }
      await put(Buffer.from(html))
    },
    async end() {
      await ready
      const rowsSha256 = hash.digest('hex')
      const counted = [words.rows, words.rowsSha256]
      const facts = factsOf(head, { rows, rowsSha256 }).filter(([name = '']) => counted.includes(name))
      const end = `${isTable ? '</tbody></table>' : ''}</main><footer>${facts.map(factHtml).join('')}</footer></body></html>\n`
      await put(Buffer.from(end))
      return { rowsSha256 }
    },
  }
}

const factsOf = (head: Head, { rows = 0, rowsSha256 = '' } = {}) =>
  coverRows(head, { rows, sheets: 1, rowsSha256, cuts: [], cutCount: 0 }).slice(1)

const factHtml = ([name = '', value]: string[]) =>
  value === undefined ? `<h2>${text(name)}</h2>` : `<p><b>${text(name)}</b> ${isolated(value)}</p>`

const plain = (cell: string, { kind }: Column) => (kind === 'link' ? defang(cell) : cell)

/** In its own direction; figures and codes have none, and read from left to right everywhere. */
const isolated = (value: string) => `<bdi dir="${/\p{L}/u.test(value) ? 'auto' : 'ltr'}">${text(value)}</bdi>`

function rowOf(cells: Cell[], columns: Column[]): string {
  const inner = columns.map((column, index) => {
    const cell = cells[index] ?? ''
    const isNumber = column.kind === 'int' || column.kind === 'number'
    return `<td${isNumber ? ' class="n"' : ''}>${isolated(cell === '' ? '' : plain(cell, column))}</td>`
  })
  return `<tr>${inner.join('')}</tr>\n`
}

function blockOf(cells: Cell[], columns: Column[], row: number): string {
  const inner = columns.flatMap((column, index) => {
    const cell = cells[index]
    if (cell === null || cell === undefined || cell === '') return []
    const isLong = cell.length > 60
    return [
      `<div${isLong ? ' class="w"' : ''}><dt>${text(column.name)}</dt><dd>${isolated(plain(cell, column))}</dd></div>`,
    ]
  })
  return `<section><h3><bdi>${row}</bdi></h3><dl>${inner.join('')}</dl></section>\n`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are no HTML
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g

const text = (value: string) =>
  value
    .toWellFormed()
    .replace(control, '')
    .replace(/[&<>"']/g, (found) => entities[found]!)

function top(head: Head): string {
  const { columns, language, kind, period } = head
  const words = coverWords[language]
  const title = `${words.kinds[kind]}${period.from || period.to ? ` · ${period.from ?? '…'} – ${period.to ?? '…'}` : ''}`
  const counted = [words.rows, words.sheets, words.rowsSha256]
  const facts = factsOf(head).filter(([name = '', value]) => !counted.includes(name) && value !== '')
  const table = `<table><thead><tr>${columns.map(({ name }) => `<th dir="ltr">${text(name)}</th>`).join('')}</tr></thead><tbody>`
  return `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>${text(title)}</title>
<style>${style}</style></head>
<body><header><h1>${title.split(' · ').map(isolated).join(' · ')}</h1>${facts.map(factHtml).join('')}</header><main>${columns.length <= mostAcross ? table : ''}
`
}

const style = `@page{size:A4;margin:14mm 12mm}
*{box-sizing:border-box}
body{font:9pt/1.4 "Noto Sans","Noto Sans Arabic","Segoe UI",Arial,sans-serif;color:#15191e;background:#fff;margin:0 auto;max-width:186mm;padding:8mm 0}
@media print{body{padding:0;max-width:none}}
h1{font-size:16pt;margin:0 0 4mm}h2{font-size:11pt;margin:5mm 0 1mm}h3{font-size:9pt;margin:0;color:#616b76;min-width:9mm}
section{display:flex;gap:3mm;border-top:.25mm solid #c6ccd2;padding:2mm 0;break-inside:avoid}
dl{flex:1;margin:0;display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:1mm 4mm}
dl>div{min-width:0}.w{grid-column:1/-1}dt{color:#616b76;font-size:7.5pt;direction:ltr;text-align:start}[dir=rtl] dt{text-align:end}
dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
table{width:100%;border-collapse:collapse}th,td{text-align:start;padding:1mm 2mm 1mm 0;border-bottom:.25mm solid #e2e5e8;vertical-align:top;overflow-wrap:anywhere}
thead{display:table-header-group}tr{break-inside:avoid}.n{text-align:end;font-variant-numeric:tabular-nums}
footer{margin-top:8mm;border-top:.5mm solid #15191e;padding-top:2mm;break-inside:avoid}header{margin-bottom:6mm}header p,footer p{margin:0 0 1mm;overflow-wrap:anywhere}`
