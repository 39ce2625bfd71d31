import { setTimeout as sleep } from 'node:timers/promises'
import { claimDeliveries } from '#server/features/delivery/sending/deliveries.queries.ts'
import { finishAttempt } from '#server/features/delivery/sending/finish-attempt.ts'
import { sendDelivery } from '#server/features/delivery/sending/send-delivery.ts'
import type { Deps } from '#server/http/deps.ts'
import { type Running, runEvery } from './run-every.ts'

/** At once, in all and to one receiver: a slow one keeps nobody else waiting. */
const mostAtOnce = 24
const mostForOne = 8
/** A try that is not finished so long after its time limit belongs to a server that was killed. */
const graceMs = 20_000
const lookAgainMs = 250

type Needs = Pick<Deps, 'db' | 'now' | 'log' | 'settings'>

/**
 * Sends what is due until nothing is. Returns how many tries were made. Several processes may run it at once: each
 * delivery is claimed by one of them.
 */
export async function sendDeliveries(deps: Needs, signal = new AbortController().signal): Promise<number> {
  const { db, now, settings } = deps
  const underWay = new Map<string, { receiverId: string; done: Promise<unknown> }>()
  let tries = 0
  while (!signal.aborted) {
    const counts = Map.groupBy(underWay.values(), ({ receiverId }) => receiverId)
    const busy = [...counts].filter(([, all]) => all.length >= mostForOne).map(([id]) => id)
    const limit = Math.min(mostAtOnce - underWay.size, mostForOne)
    const until = new Date(now().getTime() + settings.deliveryTimeoutMs + graceMs)
    const claimed = limit > 0 ? await claimDeliveries(db, { now: now(), until, limit, busy }) : []
    for (const each of claimed) {
      tries += 1
      const done = attempt(deps, each, signal).finally(() => underWay.delete(each.id))
      underWay.set(each.id, { receiverId: each.receiver_id, done })
    }
    if (underWay.size === 0) return tries
    const anyDone = Promise.race([...underWay.values()].map(({ done }) => done))
    if (claimed.length === 0) await Promise.race([anyDone, sleep(lookAgainMs, undefined, { ref: false })])
  }
  await Promise.all([...underWay.values()].map(({ done }) => done))
  return tries
}

async function attempt(deps: Needs, claimed: Awaited<ReturnType<typeof claimDeliveries>>[number], signal: AbortSignal) {
  try {
    await finishAttempt(deps, claimed, await sendDelivery(deps, claimed, signal))
  } catch (err) {
    deps.log.error({ err, deliveryId: claimed.id }, 'a delivery could not be finished; it is sent again later')
  }
}

/** Sends until it is stopped; what is under way then is called off, and sent again by whoever comes next. */
export function startDeliveries(deps: Deps, wake: () => void): Running {
  const stopped = new AbortController()
  const loop = runEvery({ name: 'send-deliveries', everyMs: 1_000, log: deps.log }, async () => {
    if ((await sendDeliveries(deps, stopped.signal)) > 0) wake()
  })
  return {
    stop: () => {
      stopped.abort()
      return loop.stop()
    },
  }
}
