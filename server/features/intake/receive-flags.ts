import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { MediaStore } from '#server/media/store.ts'
import { errorCode } from '#server/start-fault.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import { type ReadyFlag, readyFlags, type SentFlag } from './ready-flags.ts'
import { TakenMeanwhile, takeFlags } from './take-flags.ts'

type Deps = { db: Db; mediaStore: MediaStore }
type Context = { by: Caller | null; now: Date }
type Result = FlagResult | AppError

/** Longer transactions would delay the event log, shorter ones cost more round trips. */
const flagsPerTransaction = 500
/** Transactions at work at the same time for one sender. */
const laneCount = 2
const attempts = 8

/**
 * Takes flags in: the one way for the API, for imports and for samples. Answers one result or refusal each, in the order
 * sent; what is refused leaves the others alone. Safe to send again, and from several senders at once: a flag is known
 * by its source and external id and counts once. `by` null is the operator, who may speak for any source.
 *
 * @throws whatever keeps the database from answering: then some flags may be in and others not, and all may be sent again.
 */
export async function receiveFlags(
  deps: Deps,
  { by, flags, now }: { by: Caller | null; flags: SentFlag[]; now: Date },
): Promise<Result[]> {
  const results: Result[] = []
  for (const part of cut(flags, laneCount * flagsPerTransaction)) {
    results.push(...(await receivePart(deps, part, { by, now })))
  }
  return results
}

/** Flags that speak of one account stay in one lane, and so in their order. */
async function receivePart(deps: Deps, flags: SentFlag[], context: Context): Promise<Result[]> {
  const ready = await readyFlags(deps, flags, context)
  const results = new Map<ReadyFlag, Result>()
  const fit = ready.filter((flag): flag is ReadyFlag => !(flag instanceof AppError))
  const lanes = [...Map.groupBy(fit, laneOf).values()]
  const ends = await Promise.allSettled(
    lanes.map(async (lane) => {
      for (const part of cut(lane, flagsPerTransaction)) {
        const taken = await takeOrSplit(deps.db, part, context)
        part.forEach((flag, index) => {
          results.set(flag, taken[index]!)
        })
      }
    }),
  )
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return ready.map((flag) => (flag instanceof AppError ? flag : results.get(flag)!))
}

function laneOf({ input }: ReadyFlag): number {
  let sum = 0
  for (const character of input.account.externalId) sum += character.codePointAt(0)!
  return sum % laneCount
}

function cut<Item>(items: Item[], length: number): Item[][] {
  const parts: Item[][] = []
  for (let start = 0; start < items.length; start += length) parts.push(items.slice(start, start + length))
  return parts
}

/** When the database refuses a part for what one of its flags holds, halves it until that one is found. */
async function takeOrSplit(db: Db, flags: ReadyFlag[], context: Context): Promise<Result[]> {
  if (flags.length === 0) return []
  try {
    return await takeWithRetries(db, flags, context)
  } catch (error) {
    if (!isAboutData(error)) throw error
    if (flags.length === 1) return [new AppError('invalid_request', 'The database cannot hold what this flag says.')]
    const middle = Math.ceil(flags.length / 2)
    return [
      ...(await takeOrSplit(db, flags.slice(0, middle), context)),
      ...(await takeOrSplit(db, flags.slice(middle), context)),
    ]
  }
}

async function takeWithRetries(db: Db, flags: ReadyFlag[], context: Context) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute((tx) => takeFlags(tx, flags, context))
    } catch (error) {
      if (attempt === attempts || !isCollision(error)) throw error
      await sleep(Math.random() * 20 * attempt)
    }
  }
}

/** Somebody else was faster with one of these rows (serialisation, deadlock, a unique key): worth another try. */
function isCollision(error: unknown): boolean {
  return error instanceof TakenMeanwhile || ['40001', '40P01', '23505'].includes(errorCode(error) ?? '')
}

/** Data exceptions, broken constraints and exceeded limits, by their SQLSTATE classes. */
function isAboutData(error: unknown): boolean {
  return ['22', '23', '54'].includes(errorCode(error)?.slice(0, 2) ?? '')
}
