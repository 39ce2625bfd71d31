import type { Db } from '#server/db/connect.ts'
import type { Settings } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { MediaStore } from '#server/media/store.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import { cut, itemsPerTransaction, takeInParts } from './in-parts.ts'
import type { Speaker } from './may-flag-as.ts'
import { type ReadyFlag, readyFlags, type SentFlag } from './ready-flags.ts'
import { takeFlags } from './take-flags.ts'

type Deps = { db: Db; mediaStore: MediaStore; settings?: Pick<Settings, 'fetchMediaFrom'> }
type Context = { by: Caller | null; speaker: Speaker; now: Date }
type Result = FlagResult | AppError

/** Transactions at work at the same time for one sender. */
const laneCount = 2

/**
 * Takes flags in: the one way for the API, for imports and for samples. Answers one result or refusal each, in the order
 * sent; what is refused leaves the others alone. Safe to send again, and from several senders at once: a flag is known
 * by its source and external id and counts once. `by` null is the operator, who may speak for any source; `speaker` says
 * otherwise where somebody may speak as the operator does.
 *
 * @throws whatever keeps the database from answering: then some flags may be in and others not, and all may be sent again.
 */
export async function receiveFlags(
  deps: Deps,
  { by, speaker, flags, now }: { by: Caller | null; speaker?: Speaker; flags: SentFlag[]; now: Date },
): Promise<Result[]> {
  const results: Result[] = []
  for (const part of cut(flags, laneCount * itemsPerTransaction)) {
    results.push(...(await receivePart(deps, part, { by, speaker: speaker ?? by ?? 'operator', now })))
  }
  return results
}

/** Flags that speak of one account stay in one lane, and so in their order. */
async function receivePart(deps: Deps, flags: SentFlag[], context: Context): Promise<Result[]> {
  const ready = await readyFlags(deps, flags, context)
  const terms = { ...context, fetches: (deps.settings?.fetchMediaFrom.length ?? 0) > 0 }
  const results = new Map<ReadyFlag, Result>()
  const fit = ready.filter((flag): flag is ReadyFlag => !(flag instanceof AppError))
  const lanes = [...Map.groupBy(fit, laneOf).values()]
  const ends = await Promise.allSettled(
    lanes.map(async (lane) => {
      const taken = await takeInParts(deps.db, lane, (tx, part) => takeFlags(tx, part, terms))
      lane.forEach((flag, index) => {
        results.set(flag, taken[index]!)
      })
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
