import type { Generated } from 'kysely'
import type { DeliveryAnswer, DeliveryState } from '#shared/domain/deliveries.ts'

/** A platform's server that is told of decisions. */
export type ReceiverTable = {
  id: string
  name: string
  url: string
  /** Whose decisions it is told of: those of these platforms and those flagged by these sources; of all when both are empty. */
  platforms: string[]
  sources: string[]
  is_active: boolean
  made_at: Date
  changed_at: Date
}

export type ReceiverSecretTable = {
  id: string
  receiver_id: string
  /** As it is: without it nothing can be signed. */
  secret: string
  made_at: Date
  /** Signed with until then besides the newer one; null for the newest. */
  ends_at: Date | null
}

export type DeliveryTable = {
  /** The event id that the receiver sees, the same however often it is sent. */
  id: string
  /** The order in which one account's deliveries are sent. */
  number: Generated<number>
  receiver_id: string
  decision_id: string
  /** The measure that lapsed; null where the decision itself is told. */
  measure_id: string | null
  account_id: string
  /** As it is sent, byte for byte. */
  body: string
  state: DeliveryState
  attempts: Generated<number>
  /** Those before a person asked for another round of them. */
  attempts_before: Generated<number>
  /** When it is tried next; while it is being sent, when it counts as lost. */
  next_at: Date
  last_error: string | null
  answer: DeliveryAnswer | null
  answer_text: string | null
  answered_at: Date | null
  made_at: Date
  changed_at: Date
}
