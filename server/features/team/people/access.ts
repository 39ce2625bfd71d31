import type { Tx } from '#server/db/connect.ts'
import { AppError } from '#server/http/errors.ts'
import type { Scope } from '#server/http/route.ts'
import type { QueueAccess } from '#shared/contract/people.ts'
import { findUnknownQueues } from './people.queries.ts'

/** What the log keeps of it. */
export const accessCodes = ({ seesAll, queues }: QueueAccess) => ({
  seesAll,
  queues: queues.map(({ queueId }) => queueId).sort(),
  takes: queues
    .filter(({ mayTake }) => mayTake)
    .map(({ queueId }) => queueId)
    .sort(),
})

/** @throws AppError `invalid_request` for a queue that does not exist, or that is named twice */
export async function requireQueues(tx: Tx, { queues }: QueueAccess) {
  const ids = queues.map(({ queueId }) => queueId)
  const issues = [
    ...(await findUnknownQueues(tx, ids)).map((id) => ({ id, message: 'There is no such queue.' })),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => ({ id, message: 'Named twice.' })),
  ].map(({ id, message }) => ({ path: `access.queues.${ids.indexOf(id)}.queueId`, message }))
  if (issues.length > 0) throw new AppError('invalid_request', 'The queues do not fit.', issues)
}

/**
 * Nobody gives or takes what they do not see themselves.
 *
 * @throws AppError `forbidden`
 */
export function requireWithin(scope: Scope, before: QueueAccess, after: QueueAccess) {
  const changed = [...without(before, after), ...without(after, before)]
  if (scope.queues === null || (changed.length === 0 && before.seesAll === after.seesAll)) return
  if (before.seesAll || after.seesAll || changed.some((queueId) => !scope.queues?.includes(queueId))) {
    throw new AppError('forbidden', 'Only queues that you see yourself can be given or taken.')
  }
}

/** The queues of one that stand differently in the other. */
function without(one: QueueAccess, other: QueueAccess): string[] {
  const takes = new Map(other.queues.map(({ queueId, mayTake }) => [queueId, mayTake]))
  return one.queues.filter(({ queueId, mayTake }) => takes.get(queueId) !== mayTake).map(({ queueId }) => queueId)
}
