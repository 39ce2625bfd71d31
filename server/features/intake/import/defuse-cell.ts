const computed = String.raw`[\s\u0000-\u001f\u200b-\u200f\u2060\ufeff]*[=+\-@\t\r\n\u0000＝＋－＠]`
const needs = new RegExp(`^'*${computed}`, 'u')
const carries = new RegExp(`^'+${computed}`, 'u')

/** For a file that people open in a spreadsheet: `'` before what it would compute, and before what looks like it. */
export function defuseCell(cell: string): string {
  return needs.test(cell) ? `'${cell}` : cell
}

/** Takes back what `defuseCell` did. */
export function undefuseCell(cell: string): string {
  return carries.test(cell) ? cell.slice(1) : cell
}
