import type { ExportFormat, ExportKind } from '#shared/contract/exports.ts'
import type { Language } from '#shared/contract/preferences.ts'

/** How a column is written. Codes and ids are text: a spreadsheet must not reckon with them. */
export type ColumnKind = 'text' | 'link' | 'json' | 'time' | 'int' | 'number' | 'flag'

export type Column = { name: string; kind: ColumnKind }

/**
 * A value as text: numbers with a point, times as ISO 8601 in UTC, flags as `true` and `false`, JSON as its text. Null is
 * no value.
 */
export type Cell = string | null

/** What a file says of itself. For a closed period nothing here hangs on when, or by whom, the file is made. */
export type Head = {
  kind: ExportKind
  columns: Column[]
  language: Language
  /** The first and the last day, or moment, that were asked for. */
  period: { from: string | null; to: string | null }
  timeZone: string
  filter: Record<string, unknown>
  /** The rows are as they were at this moment: the end of a closed period, or when the export began. */
  asOf: Date
  isClosed: boolean
  seq: number
  /** What the rows do not hold, in codes. */
  leftOut: string[]
}

/** Takes the bytes of a file in order, and waits while whoever gets them is slow. */
export type Put = (bytes: Buffer) => Promise<void>

export type Sink = {
  push: (rows: Cell[][]) => Promise<void>
  /** Writes what comes after the rows. Answers the SHA-256 of the rows where the file names it. */
  end: () => Promise<{ rowsSha256: string | null }>
}

export const contentTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/jsonl; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  html: 'text/html; charset=utf-8',
}

/** Few numbers say much, as text, of what was asked. */
export const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(textOf).join('; ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

export const periodText = ({ from, to }: Head['period']): string => (from || to ? `${from ?? '…'} – ${to ?? '…'}` : '')

/** `https://example.org/a` as `hxxps://example[.]org/a`, as CSV has it: no program makes a link of it. */
export function defang(link: string): string {
  const [, scheme, host, rest] = /^([^:/"]*):\/\/([^/:"]*)(.*)$/s.exec(link) ?? []
  if (scheme === undefined || host === undefined) return link
  const written = scheme.startsWith('htt') ? scheme.replaceAll('t', 'x') : scheme
  return `${written}://${host.replaceAll('.', '[.]')}${rest}`
}
