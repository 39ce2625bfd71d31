import { expect } from 'vitest'
import type { findEventsOn } from './log.ts'

type LoggedEvent = Awaited<ReturnType<typeof findEventsOn>>[number]

export type Told = {
  version: number
  state: string
  holderId: string | null
  queueId: string
  assigneeId: string | null
  /** To whom it was handed up. */
  toId: string | null
  toRole: string | null
  decisionId: string | null
  /** What waits for a second person. */
  proposal: { id: string; byId: string | null } | null
}

type Step = (told: Told, event: { personId: string | null; data: Record<string, string | undefined> }) => Partial<Told>

const free = { holderId: null }
const unanswered = ({ toId, toRole }: Told) => (toId || toRole ? 'escalated' : 'open')
const answered = { state: 'open', toId: null, toRole: null }

/** Checks whose act it was. */
function isBy(told: Told, personId: string | null) {
  expect(told.holderId, 'whoever does this holds it').toBe(personId)
}

const steps: Record<string, Step> = {
  'review.claimed': (told, { personId }) => {
    expect(told.holderId).toBeNull()
    expect(['open', 'escalated']).toContain(told.state)
    return { holderId: personId }
  },
  'review.released': (told, { personId }) => {
    isBy(told, personId)
    return free
  },
  'lease.expired': (told, { data }) => {
    expect(told.holderId).toBe(data.holderId)
    return free
  },
  'review.held': (told, { personId }) => {
    isBy(told, personId)
    return { ...free, state: 'on_hold' }
  },
  'review.resumed': wake,
  'review.woken': wake,
  'review.escalated': (told, { personId, data }) => {
    isBy(told, personId)
    return { ...free, state: 'escalated', toId: data.toId ?? null, toRole: data.toRole ?? null, assigneeId: null }
  },
  'review.returned': (told, { data }) => {
    expect(told.toId ?? told.toRole).not.toBeNull()
    return { ...free, ...answered, assigneeId: data.toId ?? null }
  },
  'review.handed_over': (told, { personId, data }) => {
    isBy(told, personId)
    const to = data.toId ?? null
    if (unanswered(told) === 'open') return { ...free, assigneeId: to }
    return { ...free, assigneeId: null, ...(to && { toId: to, toRole: null }) }
  },
  'review.moved': (told, { data }) => {
    expect(told.queueId).toBe(data.from)
    const state = told.state === 'on_hold' ? 'on_hold' : 'open'
    return { ...free, ...answered, state, queueId: data.to!, assigneeId: null }
  },
  'review.skipped': (told, { personId }) => ({
    ...free,
    ...(told.assigneeId === personId && { assigneeId: null }),
  }),
  'review.assigned': (told, { personId, data }) => {
    const to = data.toId ?? null
    const state = told.state === 'on_hold' ? 'on_hold' : 'open'
    if (told.holderId !== to && told.holderId !== personId) expect(data.holderId ?? null).toBe(told.holderId)
    return { ...answered, state, assigneeId: to, holderId: told.holderId === to ? to : null }
  },
  'review.taken_over': (told, { personId, data }) => {
    expect(data.holderId ?? null).toBe(told.holderId)
    return { holderId: personId, ...(told.state === 'on_hold' && { state: unanswered(told) }) }
  },
  'review.proposed': (told, { personId, data }) => {
    isBy(told, personId)
    return { ...free, state: 'confirming', assigneeId: null, proposal: { id: data.proposalId!, byId: personId } }
  },
  'review.proposal_refused': (told, { personId, data }) => {
    expect(told.proposal?.id).toBe(data.proposalId)
    expect(personId).not.toBe(told.proposal?.byId)
    return { state: unanswered(told), proposal: null }
  },
  'review.proposal_withdrawn': (told, { personId, data }) => {
    expect(told.proposal).toEqual({ id: data.proposalId, byId: personId })
    return { state: unanswered(told), proposal: null }
  },
  'review.decided': (told, { personId, data }) => {
    if (told.proposal) {
      expect(data).toMatchObject({ proposalId: told.proposal.id, proposedById: told.proposal.byId })
      expect(personId).not.toBe(told.proposal.byId)
    } else isBy(told, personId)
    expect(told.decisionId).toBeNull()
    return { ...free, proposal: null, state: 'decided', decisionId: data.decisionId!, assigneeId: null }
  },
  'decision.superseded': (told, { data }) => {
    expect(told.decisionId).toBe(data.supersedesId)
    return { decisionId: data.decisionId! }
  },
  'decision.undone': (told, { data }) => {
    expect(told.decisionId).toBe(data.decisionId)
    if (data.restoredId) return { decisionId: data.restoredId }
    return { state: unanswered(told), decisionId: null, holderId: data.holderId ?? null }
  },
}

function wake(told: Told): Partial<Told> {
  expect(told.state).toBe('on_hold')
  return { state: unanswered(told) }
}

/** Follows a review that was open through its log, as an auditor would: every line must be possible after the one before. */
export function replayEvents(events: LoggedEvent[], from: { version: number; queueId: string }): Told {
  const nobody = { holderId: null, assigneeId: null, toId: null, toRole: null, decisionId: null, proposal: null }
  let told: Told = { state: 'open', ...from, ...nobody }
  for (const { kind, personId, version, data } of events) {
    expect(version, `the version at ${kind}`).toBe(told.version + 1)
    const step = steps[kind]
    if (!step) throw new Error(`Nothing is known of ${kind}.`)
    told = { ...told, ...step(told, { personId, data: data as Record<string, string | undefined> }), version: version! }
  }
  return told
}
