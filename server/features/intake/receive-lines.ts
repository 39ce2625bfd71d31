import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import type { Line } from './ndjson-lines.ts'
import { parseFlag } from './parse-flag.ts'
import type { SentFlag } from './ready-flags.ts'
import { receiveFlags } from './receive-flags.ts'

/** What became of one line, in the order of the lines. `text` is the line itself, null when it could not be read. */
export type LineOutcome = { line: number; text: string | null; result: FlagResult | AppError }

type Deps = Parameters<typeof receiveFlags>[0] & { now: () => Date; onFailure: (error: unknown) => void }
type ReadLine = { line: number; text: string | null; flag: SentFlag | AppError }

type Parse = (text: string) => SentFlag

const linesAtOnce = 500
const charactersAtOnce = 8_000_000
const patienceMs = 50

/**
 * Takes in line after line and says what became of each, while lines still come: the next ones are read while the
 * database is at work. Bad lines leave the others alone. When the database fails, its lines say so, and may be sent
 * again.
 */
export async function* receiveLines(
  deps: Deps,
  lines: AsyncIterable<Line[]>,
  { by, parse = parseFlag }: { by: Caller | null; parse?: Parse },
): AsyncGenerator<LineOutcome[]> {
  let running: Promise<LineOutcome[]> | null = null
  for await (const group of groups(lines, parse)) {
    const done: LineOutcome[] = running ? await running : []
    running = receiveGroup(deps, group, by)
    if (done.length > 0) yield done
  }
  if (running) yield await running
}

/** As many lines as go into one transaction; fewer when they are long, or when no more come for a moment. */
async function* groups(lines: AsyncIterable<Line[]>, parse: Parse): AsyncGenerator<ReadLine[]> {
  const iterator = lines[Symbol.asyncIterator]()
  let group: ReadLine[] = []
  let size = 0
  let coming = iterator.next()
  for (;;) {
    const step = group.length > 0 ? await Promise.race([coming, sleep(patienceMs)]) : await coming
    if (step?.done) break
    for (const line of step?.value ?? []) {
      group.push(readLine(line, parse))
      size += line.text?.length ?? 0
      if (group.length < linesAtOnce && size < charactersAtOnce) continue
      yield group
      group = []
      size = 0
    }
    if (step) coming = iterator.next()
    else {
      yield group
      group = []
      size = 0
    }
  }
  if (group.length > 0) yield group
}

function readLine(line: Line, parse: Parse): ReadLine {
  const { line: number, text } = line
  if ('refused' in line) return { line: number, text, flag: line.refused }
  try {
    return { line: number, text, flag: parse(line.text) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { line: number, text, flag: error }
  }
}

async function receiveGroup(deps: Deps, group: ReadLine[], by: Caller | null): Promise<LineOutcome[]> {
  const flags = group.flatMap(({ flag }) => (flag instanceof AppError ? [] : [flag]))
  const results = (await received(deps, flags, by)).values()
  return group.map(({ line, text, flag }) => ({
    line,
    text,
    result: flag instanceof AppError ? flag : results.next().value!,
  }))
}

async function received(deps: Deps, flags: SentFlag[], by: Caller | null): Promise<(FlagResult | AppError)[]> {
  try {
    return await receiveFlags(deps, { by, flags, now: deps.now() })
  } catch (error) {
    deps.onFailure(error)
    return flags.map(() => new AppError('internal', 'The flag could not be kept. It may be sent again.'))
  }
}
