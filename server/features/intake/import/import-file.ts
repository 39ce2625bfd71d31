import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Db } from '#server/db/connect.ts'
import type { Settings } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { MediaStore } from '#server/media/store.ts'
import { errorCode, StartFault } from '#server/start-fault.ts'
import {
  type ImportConstants,
  type ImportMapping,
  missingFields,
  proposeMapping,
} from '#shared/domain/import-fields.ts'
import { type Line, ndjsonLines } from '../ndjson-lines.ts'
import type { SentFlag } from '../ready-flags.ts'
import { receiveFlags } from '../receive-flags.ts'
import { receiveLines } from '../receive-lines.ts'
import { openCsv, parseRow } from './csv-lines.ts'
import { isJson, parseImportLine } from './import-line.ts'
import { type ImportSummary, importProgress, type Screen } from './import-progress.ts'
import { csvRejects, jsonRejects, type RejectRows } from './reject-rows.ts'
import { rejectsFile } from './rejects-file.ts'
import { textOf } from './text-of.ts'
import { wouldReceive } from './would-receive.ts'

type Deps = { db: Db; mediaStore: MediaStore; now: () => Date; settings?: Pick<Settings, 'fetchMediaFrom'> }

export type ImportOptions = {
  /** JSON lines, ours or a dataset's own, or CSV with headers; plain or gzipped. */
  file: string
  /** The source to import under, in place of the one that each line names. */
  sourceName?: string | undefined
  /** Which column of a CSV file says what, over what is proposed; `''` for a column that is to be left out. */
  mapping?: ImportMapping | undefined
  /** What every flag of a CSV file says where no column does. */
  constants?: ImportConstants | undefined
  /** Reads and checks everything and changes nothing. */
  isDryRun?: boolean | undefined
  /** Where refused lines go, with the reason; beside the file by default. */
  rejects?: string | undefined
  /** Ends the import after the lines that are under way. */
  signal?: AbortSignal | undefined
  screen: Screen
}

/**
 * Imports a file of flags, line by line. Lines that are refused are written out with the reason, in a file that can be
 * mended and imported; the others are kept. Importing the same file again adds nothing.
 *
 * @throws StartFault when the file, or the one for refused lines, cannot be used.
 */
export async function importFile(deps: Deps, options: ImportOptions): Promise<ImportSummary> {
  const { file, isDryRun = false, signal, screen } = options
  const input = await openInput(file)
  try {
    const reading = await openReading(input.chunks, options, deps.now())
    const rejected = rejectsFile(options.rejects ?? `${file}.rejected.${reading.extension}`, reading.rejects)
    const progress = importProgress(screen, { totalBytes: input.totalBytes, isDryRun })
    const outcomes = receiveLines(untilStopped(reading.lines, signal), {
      parse: reading.parse,
      receive: (flags: SentFlag[]) =>
        isDryRun ? wouldReceive(deps, flags) : receiveFlags(deps, { by: null, flags, now: deps.now() }),
    })
    try {
      for await (const part of outcomes) {
        await rejected.write(part)
        progress.add(part, input.bytesRead())
      }
    } finally {
      await rejected.close()
    }
    return progress.end({ rejectsPath: rejected.path(), isStopped: signal?.aborted ?? false })
  } catch (error) {
    if (error instanceof AppError) throw new StartFault(`${file} cannot be imported: ${error.message}`)
    if (!errorCode(error)?.startsWith('Z_')) throw error
    throw new StartFault(`${file} is damaged gzip. What could be read of it is in.`)
  } finally {
    await input.close()
  }
}

async function* untilStopped(lines: AsyncIterable<Line[]>, signal: AbortSignal | undefined) {
  for await (const part of lines) {
    if (signal?.aborted) return
    yield part
  }
}

type Reading = {
  lines: AsyncIterable<Line[]>
  parse: (text: string) => SentFlag
  rejects: RejectRows
  extension: 'jsonl' | 'csv'
}

/** JSON begins with a brace; everything else is CSV, whose mapping is shown before it runs. */
async function openReading(chunks: AsyncIterable<Uint8Array>, options: ImportOptions, now: Date): Promise<Reading> {
  const { first, all } = await peek(chunks)
  const { sourceName } = options
  if (!first || isJson(first.toString('utf8', 0, 1_000))) {
    const parse = (text: string) => parseImportLine(text, sourceName)
    return { lines: ndjsonLines(all), parse, rejects: jsonRejects, extension: 'jsonl' }
  }
  const { lines, ...shape } = await openCsv(textOf(all))
  const mapping = withoutBlanks({ ...proposeMapping(shape.headers), ...options.mapping })
  const constants = { ...options.constants, ...(sourceName && { 'source.name': sourceName }) }
  if (sourceName) delete mapping['source.name']
  requireMapping(shape.headers, mapping, constants)
  showMapping(options.screen, shape.headers, { mapping, constants })
  const parse = (text: string) => parseRow(text, { ...shape, mapping, constants, now })
  return { lines, parse, rejects: csvRejects(shape), extension: 'csv' }
}

async function peek(chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]()
  const step = await iterator.next()
  const first = step.done ? null : Buffer.from(step.value)
  async function* all() {
    if (first) yield first
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { first, all: all() }
}

function withoutBlanks(mapping: ImportMapping): ImportMapping {
  return Object.fromEntries(Object.entries(mapping).filter(([, header]) => header !== ''))
}

function requireMapping(headers: string[], mapping: ImportMapping, constants: ImportConstants) {
  const unknown = Object.values(mapping).filter((header) => !headers.includes(header))
  const missing = missingFields(mapping, constants)
  if (unknown.length === 0 && missing.length === 0) return
  throw new StartFault(
    [
      ...unknown.map((header) => `There is no column “${header}”.`),
      ...missing.map((group) => `No column says ${group.join(' or ')}.`),
      `The columns are: ${headers.join(', ')}.`,
      'Name them with --map FIELD=COLUMN, or say one thing for all rows with --set FIELD=VALUE.',
    ].join('\n'),
  )
}

type Shown = { mapping: ImportMapping; constants: ImportConstants }

function showMapping(screen: Screen, headers: string[], { mapping, constants }: Shown) {
  const used = new Set(Object.values(mapping))
  const unused = headers.filter((header) => header !== '' && !used.has(header))
  const lines = [
    ...Object.entries(mapping).map(([field, header]) => `${field} = column “${header}”`),
    ...Object.entries(constants).map(([field, value]) => `${field} = ${value}`),
    ...(unused.length > 0 ? [`not used: ${unused.join(', ')}`] : []),
  ]
  screen.write(`${lines.map((line) => `  ${line}`).join('\n')}\n`)
}

type Input = { chunks: Readable; totalBytes: number; bytesRead: () => number; close: () => Promise<void> }

const gzipMagic = Buffer.from([0x1f, 0x8b])

/** What is gzip is told by its first bytes, not by its name. */
async function openInput(path: string): Promise<Input> {
  const file = await openFile(path)
  const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
  const bytes = file.createReadStream({ start: 0, autoClose: false, highWaterMark: 262_144 })
  const isGzip = bytesRead === 2 && buffer.equals(gzipMagic)
  return {
    chunks: isGzip ? unzipped(bytes) : bytes,
    totalBytes: (await file.stat()).size,
    bytesRead: () => bytes.bytesRead,
    close: () => file.close(),
  }
}

function unzipped(bytes: Readable): Readable {
  const gunzip = createGunzip({ chunkSize: 262_144 })
  bytes.once('error', (error) => gunzip.destroy(error))
  return bytes.pipe(gunzip)
}

async function openFile(path: string): Promise<FileHandle> {
  const file = await open(path).catch((error: Error) => {
    if (errorCode(error) === 'ENOENT') throw new StartFault(`There is no file ${path}.`)
    throw new StartFault(`${path} cannot be read: ${error.message}.`)
  })
  if ((await file.stat()).isFile()) return file
  await file.close()
  throw new StartFault(`${path} is not a file.`)
}
