import type { z } from 'zod'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { changeWeights as endpoint } from '#shared/contract/routing.ts'
import { lockRouting } from '../in-force.queries.ts'
import { insertReckoning } from '../reckoning/reckoning.queries.ts'
import { requireWhole } from '../require-whole.ts'
import { findWeightsVersions, insertWeights } from './weights.queries.ts'

/** Puts other weights in force. What waits is reckoned anew by and by: a list must not hold two kinds of sums for long. */
export function changeWeights(
  { db, now }: Deps,
  caller: Caller,
  { clientId, version, weights, change }: z.output<typeof endpoint.body>,
) {
  requireWhole(caller)
  return once(db, { clientId, personId: caller.id, operation: 'change weights' }, async (tx) => {
    await lockRouting(tx)
    const [before] = await findWeightsVersions(tx)
    if (before!.version !== version) {
      throw new AppError('version_changed', `The weights are at version ${before!.version}.`)
    }
    await insertWeights(tx, { weights, version: version + 1, change, by: caller.id, at: now() })
    await insertReckoning(tx, { kind: 'priority', queueId: null, by: caller.id, at: now() })
    const subject = { kind: 'priority_weights', id: 'priority_weights', version: version + 1 }
    const data = { before: before!.weights, after: weights }
    await appendEvents(tx, [{ kind: 'priority.weights_changed', by: caller, subject, data }])
    return (await findWeightsVersions(tx))[0]!
  })
}
