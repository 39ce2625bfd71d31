import type { z } from 'zod'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { retireQueue as endpoint } from '#shared/contract/routing.ts'
import { lockRouting } from '../in-force.queries.ts'
import { requireWhole } from '../require-whole.ts'
import { findQueueSettings, hasWaiting, isLedTo, updateQueue } from './queues.queries.ts'
import { requireQueue } from './write-queue.ts'

/**
 * Retires a queue, or brings it back. While this is looked at no flag is placed and no review moved: nothing can come into
 * a queue that is about to go.
 *
 * @throws AppError `queue_in_use` while a rule or the last resort leads there, `queue_not_empty` while a review waits there
 */
export function retireQueue(
  { db, now }: Deps,
  caller: Caller,
  queueId: string,
  { clientId, version, isRetired }: z.output<typeof endpoint.body>,
) {
  requireWhole(caller)
  return once(db, { clientId, personId: caller.id, operation: `retire queue ${queueId}` }, async (tx) => {
    await lockRouting(tx)
    const queue = await requireQueue(tx, queueId, version)
    const [before] = await findQueueSettings(tx, queueId)
    if ((queue.retired_at !== null) === isRetired) return before!
    if (isRetired && (await isLedTo(tx, queueId))) {
      throw new AppError('queue_in_use', `Rules in force or in the draft lead to ${queueId}.`)
    }
    if (isRetired && (await hasWaiting(tx, queueId))) {
      throw new AppError('queue_not_empty', `Reviews wait in ${queueId}.`)
    }
    const changed = await updateQueue(tx, queueId, { retired_at: isRetired ? now() : null })
    const subject = { kind: 'queue', id: queueId, version: changed }
    await appendEvents(tx, [{ kind: isRetired ? 'queue.retired' : 'queue.restored', by: caller, subject }])
    return (await findQueueSettings(tx, queueId))[0]!
  })
}
