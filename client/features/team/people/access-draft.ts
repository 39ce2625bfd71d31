import type { QueueAccess } from '#shared/contract/people.ts'

export const everything: QueueAccess = { seesAll: true, queues: [] }

/** How one queue stands. */
export function standing({ seesAll, queues }: QueueAccess, queueId: string) {
  const named = queues.find((queue) => queue.queueId === queueId)
  return {
    sees: seesAll || named !== undefined,
    takes: seesAll && queues.length === 0 ? true : (named?.mayTake ?? false),
  }
}

/** Turns to every queue or to some; those that could be taken from stay so. */
export function seeAll(access: QueueAccess, seesAll: boolean, known: readonly string[]): QueueAccess {
  if (seesAll)
    return tidy(
      { seesAll, queues: known.map((queueId) => ({ queueId, mayTake: standing(access, queueId).takes })) },
      known,
    )
  return {
    seesAll,
    queues: known
      .map((queueId) => ({ queueId, mayTake: standing(access, queueId).takes }))
      .filter(({ mayTake }) => mayTake),
  }
}

/** Who does not see a queue cannot take from it, and who takes from it sees it. */
export function change(
  access: QueueAccess,
  queueId: string,
  to: { sees: boolean } | { takes: boolean },
  known: readonly string[],
): QueueAccess {
  const all = access.seesAll && access.queues.length === 0
  const queues = all ? known.map((id) => ({ queueId: id, mayTake: true })) : access.queues
  const rest = queues.filter((queue) => queue.queueId !== queueId)
  if ('sees' in to && !to.sees) return { ...access, queues: rest }
  const mayTake = 'takes' in to ? to.takes : true
  return tidy({ ...access, queues: [...rest, { queueId, mayTake }] }, known)
}

/** Whoever sees all and takes from all does so of queues made later, too. */
function tidy(access: QueueAccess, known: readonly string[]): QueueAccess {
  const takesAll = known.every((queueId) => access.queues.some((queue) => queue.queueId === queueId && queue.mayTake))
  return access.seesAll && takesAll ? everything : access
}

export function isSame(a: QueueAccess, b: QueueAccess): boolean {
  const text = ({ seesAll, queues }: QueueAccess) =>
    JSON.stringify([seesAll, queues.map(({ queueId, mayTake }) => `${queueId} ${mayTake}`).sort()])
  return text(a) === text(b)
}
