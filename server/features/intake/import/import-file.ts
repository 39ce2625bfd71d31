import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Db } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { MediaStore } from '#server/media/store.ts'
import { errorCode, StartFault } from '#server/start-fault.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import { findFlagsByKey } from '../flags.queries.ts'
import { type Line, ndjsonLines } from '../ndjson-lines.ts'
import { parseFlag, parseJson } from '../parse-flag.ts'
import { flagKey, type SentFlag } from '../ready-flags.ts'
import { receiveFlags } from '../receive-flags.ts'
import { receiveLines } from '../receive-lines.ts'
import { keyText } from '../subjects/row-key.ts'
import { flagOfDatasetLine, isDatasetLine } from './dataset-line.ts'
import { type ImportSummary, importProgress, type Screen } from './import-progress.ts'
import { rejectsFile } from './rejects-file.ts'

type Deps = { db: Db; mediaStore: MediaStore; now: () => Date }

export type ImportOptions = {
  /** JSON lines, ours or a dataset's own, plain or gzipped. */
  file: string
  /** The source to import under, in place of the one that each line names. */
  sourceName?: string | undefined
  /** Reads and checks everything and changes nothing. */
  isDryRun?: boolean | undefined
  /** Where refused lines go, with the reason; beside the file by default. */
  rejects?: string | undefined
  /** Ends the import after the lines that are under way. */
  signal?: AbortSignal | undefined
  screen: Screen
}

/**
 * Imports a file of flags, line by line. Lines that are refused are written out with the reason; the others are kept.
 * Importing the same file again adds nothing.
 *
 * @throws StartFault when the file, or the one for refused lines, cannot be used.
 */
export async function importFile(deps: Deps, options: ImportOptions): Promise<ImportSummary> {
  const { file, sourceName, isDryRun = false, signal, screen } = options
  const input = await openInput(file)
  const rejected = rejectsFile(options.rejects ?? `${file}.rejected.jsonl`)
  const progress = importProgress(screen, { totalBytes: input.totalBytes, isDryRun })
  const outcomes = receiveLines(untilStopped(ndjsonLines(input.chunks), signal), {
    parse: (text) => parseImportLine(text, sourceName),
    receive: (flags) =>
      isDryRun ? wouldReceive(deps, flags) : receiveFlags(deps, { by: null, flags, now: deps.now() }),
  })
  try {
    for await (const part of outcomes) {
      await rejected.write(part)
      progress.add(part, input.bytesRead())
    }
  } catch (error) {
    if (!errorCode(error)?.startsWith('Z_')) throw error
    throw new StartFault(`${file} is damaged gzip. What could be read of it is in.`)
  } finally {
    await rejected.close()
    await input.close()
  }
  return progress.end({ rejectsPath: rejected.path(), isStopped: signal?.aborted ?? false })
}

async function* untilStopped(lines: AsyncIterable<Line[]>, signal: AbortSignal | undefined) {
  for await (const part of lines) {
    if (signal?.aborted) return
    yield part
  }
}

/** @throws AppError `invalid_request`, saying what does not fit. */
export function parseImportLine(text: string, sourceName?: string): SentFlag {
  const value = parseJson(text)
  if (isDatasetLine(value)) return { input: flagOfDatasetLine(value, sourceName), raw: text }
  const { input, raw } = parseFlag(text)
  return { input: sourceName ? { ...input, source: { ...input.source, name: sourceName } } : input, raw }
}

/** As if received: what is known already is a duplicate, everything else would open or join a review. */
async function wouldReceive({ db }: Deps, flags: SentFlag[]): Promise<FlagResult[]> {
  const known = new Set((await findFlagsByKey(db, flags.map(flagKey))).map(keyText))
  return flags.map((flag) => ({
    flagId: newId(),
    reviewId: null,
    isDuplicate: known.has(keyText(flagKey(flag))),
    effect: 'opened',
  }))
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
