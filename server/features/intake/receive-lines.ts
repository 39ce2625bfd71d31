import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/http/errors.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import type { Line } from './ndjson-lines.ts'
import type { SentFlag } from './ready-flags.ts'

/** What became of one line. `text` is the line itself, null when it could not be read. */
export type LineOutcome = { line: number; text: string | null; result: FlagResult | AppError }

type Options = {
  /** @throws AppError when the line says no flag. */
  parse: (text: string) => SentFlag
  /** Answers one result for each flag, in order. */
  receive: (flags: SentFlag[]) => Promise<(FlagResult | AppError)[]>
}
type ReadLine = { line: number; text: string | null; flag: SentFlag | AppError }

const linesAtOnce = 1_000
const charactersAtOnce = 8_000_000
const patienceMs = 50

/**
 * Takes in line after line and says, in their order, what became of each, while further lines still come: the next ones
 * are read while `receive` is at work. Bad lines leave the others alone.
 */
export async function* receiveLines(
  lines: AsyncIterable<Line[]>,
  { parse, receive }: Options,
): AsyncGenerator<LineOutcome[]> {
  const iterator = groups(lines, parse)
  const read = () => {
    const group = iterator.next()
    // Its failure is thrown where it is awaited, after the group before it was received.
    group.catch(() => {})
    return group
  }
  for (let coming = read(); ; ) {
    const group = await coming
    if (group.done) return
    coming = read()
    yield await receiveGroup(group.value, receive)
  }
}

/** As many lines as are received at once; fewer when they are long, or when no more come for a moment. */
async function* groups(lines: AsyncIterable<Line[]>, parse: Options['parse']): AsyncGenerator<ReadLine[]> {
  const iterator = lines[Symbol.asyncIterator]()
  let group: ReadLine[] = []
  let size = 0
  const finish = () => {
    const full = group
    group = []
    size = 0
    return full
  }
  let coming = iterator.next()
  for (;;) {
    const step = group.length > 0 ? await Promise.race([coming, sleep(patienceMs)]) : await coming
    if (!step) {
      yield finish()
      continue
    }
    if (step.done) break
    coming = iterator.next()
    coming.catch(() => {})
    for (const line of step.value) {
      group.push(readLine(line, parse))
      size += line.text?.length ?? 0
      if (group.length === linesAtOnce || size >= charactersAtOnce) yield finish()
    }
  }
  if (group.length > 0) yield finish()
}

function readLine(line: Line, parse: Options['parse']): ReadLine {
  const { line: number, text } = line
  if ('refused' in line) return { line: number, text, flag: line.refused }
  try {
    return { line: number, text, flag: parse(line.text) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { line: number, text, flag: error }
  }
}

async function receiveGroup(group: ReadLine[], receive: Options['receive']): Promise<LineOutcome[]> {
  const flags = group.flatMap(({ flag }) => (flag instanceof AppError ? [] : [flag]))
  const results = (await receive(flags)).values()
  return group.map(({ line, text, flag }) => ({
    line,
    text,
    result: flag instanceof AppError ? flag : results.next().value!,
  }))
}
