import type { NewInboxItem } from '#server/features/inbox/inbox.queries.ts'
import type { InboxKind } from '#shared/contract/inbox.ts'
import { Role } from '#shared/domain/permissions.ts'
import type { NewTurn } from './turns.queries.ts'

/** What comes into whose inbox by a turn; by the others nobody is meant. */
const kinds: Partial<Record<NewTurn['kind'], InboxKind>> = {
  escalated: 'escalation',
  returned: 'returned',
  assigned: 'assignment',
  handed_over: 'hand_over',
}

type Told = { reviewId: string; byId: string; at: Date }

/** To whom a turn of a review is told. */
export function toldOf({ kind, to_id, to_role, text }: NewTurn, { reviewId, byId, at }: Told): NewInboxItem[] {
  const inbox = kinds[kind]
  const to = to_id ? { personId: to_id } : to_role ? { role: Role.parse(to_role) } : null
  if (!inbox || !to) return []
  return [{ to, kind: inbox, about: { on: 'review', id: reviewId }, byId, at, text: text || null }]
}
