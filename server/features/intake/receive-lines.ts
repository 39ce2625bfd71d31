import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/http/errors.ts'
import type { Line } from './ndjson-lines.ts'

/** What became of one line. `text` is the line itself, null when it could not be read. */
export type LineOutcome<Result> = { line: number; text: string | null; result: Result | AppError }

type Options<Item, Result> = {
  /** @throws AppError when the line does not say what it should. */
  parse: (text: string) => Item
  /** Answers one result for each item, in order. */
  receive: (items: Item[]) => Promise<(Result | AppError)[]>
}
type ReadLine<Item> = { line: number; text: string | null; item: Item | AppError }

const linesAtOnce = 1_000
const charactersAtOnce = 8_000_000
const patienceMs = 50

/**
 * Takes in line after line and says, in their order, what became of each, while further lines still come: the next ones
 * are read while `receive` is at work. Bad lines leave the others alone.
 */
export async function* receiveLines<Item, Result>(
  lines: AsyncIterable<Line[]>,
  { parse, receive }: Options<Item, Result>,
): AsyncGenerator<LineOutcome<Result>[]> {
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
async function* groups<Item>(
  lines: AsyncIterable<Line[]>,
  parse: (text: string) => Item,
): AsyncGenerator<ReadLine<Item>[]> {
  const iterator = lines[Symbol.asyncIterator]()
  let group: ReadLine<Item>[] = []
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

function readLine<Item>(line: Line, parse: (text: string) => Item): ReadLine<Item> {
  const { line: number, text } = line
  if ('refused' in line) return { line: number, text, item: line.refused }
  try {
    return { line: number, text, item: parse(line.text) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { line: number, text, item: error }
  }
}

async function receiveGroup<Item, Result>(
  group: ReadLine<Item>[],
  receive: Options<Item, Result>['receive'],
): Promise<LineOutcome<Result>[]> {
  const items = group.flatMap(({ item }) => (item instanceof AppError ? [] : [item]))
  const results = (await receive(items)).values()
  return group.map(({ line, text, item }) => ({
    line,
    text,
    result: item instanceof AppError ? item : results.next().value!,
  }))
}
