import type { NewEvent } from '#server/features/audit/audit.queries.ts'
import type { Overtaken } from './deliveries.queries.ts'

/** What the system did with a delivery, told of its decision. */
export const eventOn = ({ id, decision_id, receiver_id, attempts }: Overtaken, kind: string): NewEvent => ({
  kind,
  by: null,
  subject: { kind: 'decision', id: decision_id },
  data: { deliveryId: id, receiverId: receiver_id, attempts },
})
