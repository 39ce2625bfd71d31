import { shortenUndo } from '#server/features/delivery/outbox.queries.ts'
import { shortenLeases } from '#server/features/review/lease/lease.queries.ts'
import type { Deps } from '#server/http/deps.ts'

/** Clocks of several servers differ by less. */
const slackMs = 60_000

/**
 * After the clock was set back, leases and undo windows that began before would last too long, by as much as it was set
 * back. They get what they would have if they began now. Returns how many.
 */
export async function mendTimes({ db, now, settings }: Pick<Deps, 'db' | 'now' | 'settings'>): Promise<number> {
  const from = now().getTime()
  const longest = (ms: number) => ({ longerThan: new Date(from + ms + slackMs), at: new Date(from + ms) })
  const leases = await shortenLeases(db, longest(settings.leaseMs))
  return leases + (await shortenUndo(db, longest(settings.undoMs)))
}
