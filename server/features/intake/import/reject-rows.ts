import { AppError } from '#server/http/errors.ts'
import { rejectColumns } from '#shared/domain/import-fields.ts'
import type { LineOutcome } from '../receive-lines.ts'
import { type CsvShape, cellsOfRow } from './csv-lines.ts'
import { defuseCell, undefuseCell } from './defuse-cell.ts'

/**
 * How refused rows are written out: the same columns or fields and the reason, so that they can be mended and imported
 * again as they are.
 */
export type RejectRows = { header: string; row: (outcome: LineOutcome<unknown>) => string }

/** For people and their spreadsheets: what those would compute is defused, and taken back when it comes again. */
export function csvRejects({ headers, delimiter }: CsvShape): RejectRows {
  const isOurs = headers.includes(rejectColumns.reason)
  const own: string[] = Object.values(rejectColumns)
  const kept = headers.flatMap((header, index) => (own.includes(header) ? [] : [index]))
  const join = (cells: string[]) => `${cells.map(quote).join(delimiter)}\r\n`
  return {
    header: `\uFEFF${join([rejectColumns.line, rejectColumns.reason, ...kept.map((index) => headers[index]!)])}`,
    row({ line, text, result }) {
      const cells = cellsOfRow(text ?? '', delimiter)
      const beyond = cells.slice(headers.length)
      const values = [...kept.map((index) => cells[index] ?? ''), ...beyond]
      const raw = isOurs ? values.map(undefuseCell) : values
      return join([String(line), ...[reasonOf(result), ...raw].map(defuseCell)])
    },
  }
}

function quote(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}

/** One JSON object a line; what was no object stands in `docketText`. */
export const jsonRejects: RejectRows = {
  header: '',
  row({ line, text, result }) {
    const mark = { docketLine: line, docketReason: reasonOf(result) }
    return `${JSON.stringify({ ...mark, ...(objectIn(text) ?? { docketText: text }) })}\n`
  },
}

function objectIn(text: string | null): object | null {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

/** A line as it was before it was refused: without our marks, mended perhaps. */
export function withoutRejectMarks(text: string): string {
  if (!text.includes('"docketReason"')) return text
  const marked = objectIn(text)
  if (!marked || !('docketReason' in marked)) return text
  const { docketLine: _line, docketReason: _reason, docketText, ...rest } = marked as Record<string, unknown>
  return typeof docketText === 'string' ? docketText : JSON.stringify(rest)
}

function reasonOf(result: unknown): string {
  if (!(result instanceof AppError)) return ''
  const issues = result.issues?.map(({ path, message }) => (path ? `${path}: ${message}` : message)) ?? []
  return issues.length > 0 ? issues.join(' ') : result.message
}
