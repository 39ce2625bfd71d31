import { type Cell, type ColumnKind, defang } from './format.ts'

/** Excel's limits; characters are UTF-16 units. */
export const mostCharacters = 32_767
export const mostRows = 1_048_576

/** Places in `cellXfs` of the styles; 0 is plain. */
export const [headerStyle, textStyle, timeStyle] = [1, 2, 3]

/** A cell that Excel cannot hold whole. */
export type Cut = { sheet: string; row: number; column: string; characters: number }

const dayMs = 86_400_000
/** Day 0 of a spreadsheet; before day 61 Excel counts a day that never was. */
const epoch = Date.UTC(1899, 11, 30)

/** A row of cells; `onCut` hears of what is too long. Nothing written here can be a formula or a link. */
export function rowXml(row: number, cells: Cell[], kinds: ColumnKind[], letters: string[], onCut: OnCut): string {
  let xml = `<row r="${row}">`
  for (let index = 0; index < kinds.length; index += 1) {
    const cell = cells[index] ?? null
    if (cell !== null)
      xml += cellXml(`${letters[index]}${row}`, cell, kinds[index]!, (characters) => onCut(index, characters))
  }
  return `${xml}</row>`
}

type OnCut = (column: number, characters: number) => void

function cellXml(at: string, cell: string, kind: ColumnKind, onCut: (characters: number) => void): string {
  if (kind === 'int' || kind === 'number') return `<c r="${at}"><v>${cell}</v></c>`
  if (kind === 'flag') return `<c r="${at}" t="b"><v>${cell === 'true' ? 1 : 0}</v></c>`
  if (kind === 'time') {
    const day = (Date.parse(cell) - epoch) / dayMs
    if (day >= 61) return `<c r="${at}" s="${timeStyle}"><v>${day}</v></c>`
  }
  return textCell(at, kind === 'link' ? defang(cell) : cell, textStyle, onCut)
}

export function textCell(
  at: string,
  value: string,
  style: number,
  onCut: (characters: number) => void = () => {},
): string {
  const text = value.includes('\r') ? value.replace(/\r\n?/g, '\n') : value
  if (text.length > mostCharacters) onCut(text.length)
  const shown = text.length > mostCharacters ? cut(text) : text
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(shown)}</t></is></c>`
}

/** On whole characters, and it says so. */
function cut(text: string): string {
  const note = `…[cut, ${text.length} characters]`
  const kept = text.slice(0, mostCharacters - note.length)
  return (kept.isWellFormed() ? kept : kept.slice(0, -1)) + note
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML cannot hold
const special = /[&<>"\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|_x[0-9a-f]{4}_/gi
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** What XML cannot hold is dropped; `_x000D_`, which spreadsheets would read as a line break, stays as it was typed. */
export function escapeXml(text: string): string {
  return text.toWellFormed().replace(special, (found) => {
    if (found.length > 1) return `_x005F${found}`
    return entities[found] ?? ''
  })
}

/** `A` … `Z`, `AA` … */
export function columnLetters(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    let [name, rest] = ['', index]
    for (; rest >= 0; rest = Math.floor(rest / 26) - 1) name = String.fromCharCode(65 + (rest % 26)) + name
    return name
  })
}
