import type { Tx } from '#server/db/connect.ts'
import type { NewEvent } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import type { Caller } from '#server/http/route.ts'
import type { Before } from '#shared/contract/bulk.ts'
import { recordDecision } from '../decisions/decide-review.ts'
import { extendLease, giveReviews, takeBackReviews } from '../lease/lease.queries.ts'
import { recordPassing } from '../turns/pass-review.ts'
import type { Ready } from './check-item.ts'

export type Recorded = {
  ready: Ready
  version: number
  decisionId: string | null
  turnId: string | null
  events: NewEvent[]
}
type Taking = { at: Date; leaseUntil: Date }

/** Does what was checked in the same transaction: takes what is to be taken all at once, then does the act to each. */
export async function recordItems(
  tx: Tx,
  deps: Deps,
  caller: Caller,
  ready: Ready[],
  { at, leaseUntil }: Taking,
): Promise<Recorded[]> {
  const taken = ready.filter(({ takes }) => takes).map(({ item }) => item)
  const expired = taken.filter(({ lease }) => lease).map(({ review }) => review.id)
  if (expired.length > 0) await takeBackReviews(tx, expired)
  const ids = taken.map(({ review }) => review.id)
  if (ids.length > 0) await giveReviews(tx, ids, { holder_id: caller.id, taken_at: at, expires_at: leaseUntil })
  const recorded: Recorded[] = []
  for (const each of ready) {
    const { events, ...done } = await recordItem(tx, deps, caller, each, { at, leaseUntil })
    recorded.push({ ready: each, ...done, events: [...takingEvents(caller, each), ...events] })
  }
  return recorded
}

/** What the log says of taking a review: of a lease that ran out first. */
function takingEvents(caller: Caller, { takes, item }: Ready): NewEvent[] {
  if (!takes) return []
  const { review, lease } = item
  const subject = (version: number) => ({ kind: 'review', id: review.id, version })
  const claimed = { kind: 'review.claimed', by: caller, subject: subject(review.version + (lease ? 2 : 1)) }
  if (!lease) return [claimed]
  const data = { holderId: lease.holder_id }
  return [{ kind: 'lease.expired', by: null, subject: subject(review.version + 1), data }, claimed]
}

async function recordItem(tx: Tx, deps: Deps, caller: Caller, ready: Ready, { at, leaseUntil }: Taking) {
  const { ground } = ready
  const { id: reviewId, version } = ground.review
  if (ready.kind === 'decide') {
    const { decided, event } = await recordDecision(tx, deps, caller, ready.decision)
    return { version: decided.version, decisionId: decided.decision.id, turnId: null, events: [event] }
  }
  if (ready.kind === 'pass') {
    return { ...(await recordPassing(tx, caller, ground, ready.passing)), decisionId: null }
  }
  if (!ready.takes) await extendLease(tx, { reviewId, holderId: caller.id, now: at, expiresAt: leaseUntil })
  return { version, decisionId: null, turnId: null, events: [] }
}

/** What an act changes of a review, as it is before. */
export function beforeOf({ item: { review }, takes, ground }: Ready, caller: Caller): Before {
  return {
    state: review.state,
    queueId: review.queue_id,
    dueAt: review.due_at.toISOString(),
    assigneeId: review.assignee_id,
    wakeAt: review.wake_at?.toISOString() ?? null,
    escalatedTo: review.escalated_to,
    escalatedRole: review.escalated_role,
    ruleSetVersion: review.rule_set_version,
    ruleId: review.rule_id,
    isHeld: !takes && ground.held?.holder_id === caller.id,
  }
}
