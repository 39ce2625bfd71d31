import type { z } from 'zod'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import type { importPart as endpoint } from '#shared/contract/imports.ts'
import { missingFields } from '#shared/domain/import-fields.ts'
import { type Line, maxLineBytes, ndjsonLines } from '../ndjson-lines.ts'
import type { SentFlag } from '../ready-flags.ts'
import { receiveFlags } from '../receive-flags.ts'
import { type LineOutcome, receiveLines } from '../receive-lines.ts'
import { parseRow, readHeader } from './csv-lines.ts'
import { readCsvRows } from './csv-rows.ts'
import { parseImportLine } from './import-line.ts'
import { csvRejects, jsonRejects } from './reject-rows.ts'
import { wouldReceive } from './would-receive.ts'

type Body = z.output<typeof endpoint.body>
type Reply = z.input<typeof endpoint.reply>

/**
 * Imports the whole rows of one part of a file. A person may import for any source, as an operator does; a key speaks for
 * the sources it is bound to. Safe to send again: what is in already is a duplicate.
 *
 * @throws AppError `invalid_request` when the columns leave open what every flag needs.
 */
export async function importPart(
  deps: Pick<Deps, 'db' | 'mediaStore' | 'now' | 'settings'>,
  body: Body,
  by: Caller,
): Promise<Reply> {
  const { shape, reading, isDryRun, importId } = body
  const part = await readPart(body, deps.now())
  const counts = { read: 0, added: 0, duplicates: 0, rejected: 0 }
  const rejects = shape.format === 'csv' ? csvRejects(shape) : jsonRejects
  const written: string[] = []
  const speaker = by.key ? by : 'operator'
  const receive = (flags: SentFlag[]) =>
    isDryRun ? wouldReceive(deps, flags) : receiveFlags(deps, { by, speaker, flags, now: deps.now() })
  const lines = receiveLines<SentFlag, FlagResult>(part.lines, { parse: part.parse, receive })
  for await (const outcomes of lines) {
    for (const outcome of outcomes) {
      counts.read += 1
      counts[kindOf(outcome)] += 1
      if (outcome.result instanceof AppError) written.push(rejects.row(outcome))
    }
  }
  if (!isDryRun) {
    const data = { ...counts, format: shape.format, sourceName: reading.constants['source.name'] ?? null }
    const subject = { kind: 'import', id: importId }
    await deps.db.transaction().execute((tx) => appendEvents(tx, [{ kind: 'import.part_taken', by, subject, data }]))
  }
  return {
    ...counts,
    consumed: part.consumed,
    line: part.line,
    rejects: written.join(''),
    rejectsHeader: rejects.header,
  }
}

function kindOf({ result }: LineOutcome<FlagResult>): 'added' | 'duplicates' | 'rejected' {
  if (result instanceof AppError) return 'rejected'
  return result.isDuplicate ? 'duplicates' : 'added'
}

type Part = { lines: AsyncIterable<Line[]>; parse: (text: string) => SentFlag; consumed: number; line: number }

async function readPart(body: Body, now: Date): Promise<Part> {
  return body.shape.format === 'csv' ? readCsvPart(body, now) : readJsonPart(body)
}

function readCsvPart({ shape, reading, text, line, isLast }: Body, now: Date): Part {
  const missing = missingFields(reading.mapping, reading.constants)
  if (missing.length > 0) {
    const issues = missing.map((group) => ({ path: group.join(' or '), message: 'No column says it.' }))
    throw new AppError('invalid_request', 'The columns do not say what a flag needs.', issues)
  }
  const header = line === 1 ? readHeader(text, isLast) : { consumed: 0, line }
  if (!header) return { lines: listOf([]), parse: () => refuse(), consumed: 0, line }
  const { delimiter } = shape
  const read = readCsvRows(text.slice(header.consumed), { delimiter, line: header.line, isEnd: isLast })
  return {
    lines: listOf(read.rows.map((row) => ('refused' in row ? row : { line: row.line, text: row.text }))),
    parse: (row) => parseRow(row, { headers: shape.headers, delimiter, ...reading, now }),
    consumed: header.consumed + read.consumed,
    line: read.line,
  }
}

function readJsonPart({ reading, text, line, isLast }: Body): Part {
  const end = isLast || text.length > maxLineBytes ? text.length : text.lastIndexOf('\n') + 1
  const whole = text.slice(0, end)
  async function* lines() {
    for await (const part of ndjsonLines(listOf(Buffer.from(whole)))) {
      yield part.map((each) => ({ ...each, line: each.line + line - 1 }))
    }
  }
  return {
    lines: lines(),
    parse: (each) => parseImportLine(each, reading.constants['source.name']),
    consumed: end,
    line: line + (whole.match(/\n/g)?.length ?? 0),
  }
}

async function* listOf<Item>(item: Item): AsyncGenerator<Item> {
  yield item
}

function refuse(): never {
  throw new AppError('invalid_request', 'There is no row.')
}
