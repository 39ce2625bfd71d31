import type { Db } from '#server/db/connect.ts'
import type { ExportFormat } from '#shared/contract/exports.ts'
import { copyRows, toCopy } from './copy-rows.queries.ts'
import { createCsv } from './formats/csv.ts'
import type { Head, Put, Sink } from './formats/format.ts'
import { createHtml } from './formats/html.ts'
import { createJsonl } from './formats/jsonl.ts'
import { createParquet } from './formats/parquet.ts'
import { createRowReader } from './formats/read-rows.ts'
import { createXlsx } from './formats/xlsx.ts'
import { findReportLines } from './kinds/report-rows.ts'
import type { Plan } from './plan-export.ts'

export type Written = { rows: number; rowsSha256: string | null }

type Writing = {
  signal: AbortSignal
  put: Put
  /** Hears how many rows have been written. */
  onRows?: (rows: number) => void
}

/**
 * The function that writes the file of a plan. The statement is made now, so that what PostgreSQL cannot be asked for is
 * refused before anything is logged.
 *
 * @throws AppError `invalid_request`
 */
export function prepareRows(db: Db, { request, head, table }: Plan): (writing: Writing) => Promise<Written> {
  const { format } = request
  if (!table) {
    return async ({ put, onRows = () => {} }) => {
      const rows = await findReportLines(db, request, head)
      const sink = format === 'csv' ? createCsv(head.columns, put) : sinks[format](head, put)
      await sink.push(rows)
      onRows(rows.length)
      return { rows: rows.length, ...(await sink.end()) }
    }
  }
  const statement = toCopy(db, table, format === 'csv' ? 'csv' : 'text')
  return format === 'csv'
    ? (writing) => writeCsv(db, statement, head, writing)
    : (writing) => writeParsed(db, statement, { head, format }, writing)
}

/** The bytes that PostgreSQL writes are turned into ours as they are: three times as fast as by rows. */
async function writeCsv(db: Db, statement: string, { columns }: Head, { signal, put, onRows = () => {} }: Writing) {
  const csv = createCsv(columns, put)
  await copyRows(db, statement, {
    signal,
    onBytes: async (bytes) => {
      await csv.pushBytes(bytes)
      onRows(csv.rows())
    },
  })
  return { rows: csv.rows(), ...(await csv.end()) }
}

type Parsed = { head: Head; format: Exclude<ExportFormat, 'csv'> }

async function writeParsed(db: Db, statement: string, { head, format }: Parsed, writing: Writing) {
  const { signal, put, onRows = () => {} } = writing
  const sink = sinks[format](head, put)
  const reader = createRowReader(head.columns)
  await copyRows(db, statement, {
    signal,
    onBytes: async (bytes) => {
      const rows = reader.push(bytes)
      if (rows.length > 0) await sink.push(rows)
      onRows(reader.rows())
    },
  })
  reader.end()
  return { rows: reader.rows(), ...(await sink.end()) }
}

const sinks: Record<Exclude<ExportFormat, 'csv'>, (head: Head, put: Put) => Sink> = {
  xlsx: (head, put) => createXlsx(head, put),
  jsonl: ({ columns }, put) => createJsonl(columns, put),
  parquet: (head, put) => createParquet(head, put),
  html: (head, put) => createHtml(head, put),
}
