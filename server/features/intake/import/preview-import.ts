import type { z } from 'zod'
import { AppError } from '#server/http/errors.ts'
import type { FlagInput } from '#shared/contract/flags.ts'
import type { previewImport as endpoint, ImportReading, ImportShape } from '#shared/contract/imports.ts'
import { missingFields, proposeMapping } from '#shared/domain/import-fields.ts'
import { parseRow, readHeader } from './csv-lines.ts'
import { readCsvRows } from './csv-rows.ts'
import { isJson, parseImportLine } from './import-line.ts'

type Body = z.output<typeof endpoint.body>
type Reply = z.input<typeof endpoint.reply>
type Row = Reply['rows'][number]

const rowsShown = 8
/** Stands in the preview for what is still to be said, so that rows show what else is wrong with them. */
const toBeSaid = '…'

/**
 * What the columns of a file say, as far as can be told, and its first rows as flags.
 *
 * @throws AppError `invalid_request` when it is no file of flags.
 */
export function previewImport({ text, isWhole, reading }: Body, now: Date): Reply {
  if (isJson(text)) return previewJson(text, { isWhole, reading })
  const header = readHeader(text, isWhole)
  if (!header) throw new AppError('invalid_request', 'The first row of the file does not end.')
  const { headers, delimiter, consumed, line } = header
  const mapping = reading.mapping ?? proposeMapping(headers)
  const constants = reading.constants ?? {}
  const { rows } = readCsvRows(text.slice(consumed), { delimiter, line, isEnd: isWhole })
  const missing = missingFields(mapping, constants)
  const said = { ...Object.fromEntries(missing.map(([field]) => [field, toBeSaid])), ...constants }
  const parse = (row: string) => parseRow(row, { headers, delimiter, mapping, constants: said, now }).input
  return {
    shape: { format: 'csv', delimiter, headers },
    reading: { mapping, constants },
    missing: missing.map((group) => [...group]),
    rows: rows
      .slice(0, rowsShown)
      .map((row) => toRow(row.line, () => ('refused' in row ? refuse(row.refused) : parse(row.text)))),
  }
}

function previewJson(text: string, { isWhole, reading }: Pick<Body, 'isWhole' | 'reading'>): Reply {
  const lines = text.split('\n')
  const whole = isWhole ? lines : lines.slice(0, -1)
  const constants = reading.constants ?? {}
  const shape: ImportShape = { format: 'jsonl', delimiter: ',', headers: [] }
  const named: ImportReading = { mapping: {}, constants }
  return {
    shape,
    reading: named,
    missing: [],
    rows: whole
      .flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]))
      .slice(0, rowsShown)
      .map(({ line, number }) =>
        toRow(number, () => parseImportLine(line.replace(/^\uFEFF/, ''), constants['source.name']).input),
      ),
  }
}

function refuse(error: AppError): never {
  throw error
}

function toRow(line: number, parse: () => FlagInput): Row {
  try {
    const { source, post, account, reason, flaggedAt } = parse()
    const platform = post?.platform ?? account.platform ?? ''
    return {
      line,
      flag: {
        source: source.name,
        platform,
        handle: account.handle ?? account.externalId,
        caption: (post?.caption ?? '').slice(0, 300).toWellFormed(),
        reason: reason.policy ?? reason.code,
        flaggedAt,
        mediaCount: post?.media.length ?? 0,
      },
      refusal: null,
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { line, flag: null, refusal: { message: error.message, issues: error.issues ?? [] } }
  }
}
