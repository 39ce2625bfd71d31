import type { AccountStanding } from '#shared/contract/reviews.ts'
import type { AccountStatus } from '#shared/domain/words.ts'

export type MomentKind = 'opened' | 'seen' | 'posted' | AccountStatus
export type Moment = { kind: MomentKind; at: string }

/** The year is said only when it is another one than this. */
export function dayForm(at: string) {
  return new Date(at).getFullYear() === new Date().getFullYear() ? 'day' : 'date'
}

/**
 * The turning points, oldest first, at most `most`: opening, changes of status, the post. A status told again is no turn. When there are
 * too many, the opening goes first, then the oldest changes: the newest and the post are what a reviewer needs.
 */
export function momentsOf(
  account: Pick<AccountStanding, 'createdAt' | 'firstSeenAt' | 'history'>,
  postedAt: string | null,
  most = 4,
) {
  const opening: Moment = account.createdAt
    ? { kind: 'opened', at: account.createdAt }
    : { kind: 'seen', at: account.firstSeenAt }
  const turns = account.history.filter(
    ({ status }, index, all) => status !== all[index - 1]?.status && !(index === 0 && status === 'active'),
  )
  const changes: Moment[] = turns.map(({ status, since }) => ({ kind: status, at: since }))
  const posted: Moment[] = postedAt ? [{ kind: 'posted', at: postedAt }] : []
  const room = most - posted.length
  const kept = [opening, ...changes].slice(-room)
  return [...kept, ...posted].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
