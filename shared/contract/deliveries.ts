import { z } from 'zod'
import { DeliveryAnswer, DeliveryState, longestAnswer } from '../domain/deliveries.ts'
import { Outcome } from '../domain/outcomes.ts'
import { DecisionDelivery } from './decisions.ts'
import { ClientId, endpoint, page, several } from './endpoint.ts'

/** A platform's server that is told of decisions. Its secrets are shown once, when they are made. */
export const Receiver = z.object({
  id: z.uuid(),
  name: z.string(),
  /** For those who do not manage receivers, only its origin. */
  url: z.string(),
  /** Decisions on posts and accounts of these platforms, and on what these sources flagged; on all when both are empty. */
  platforms: z.array(z.string()),
  sources: z.array(z.string()),
  isActive: z.boolean(),
  madeAt: z.iso.datetime(),
  /** When the newest secret was made. */
  secretMadeAt: z.iso.datetime(),
  /** Until when messages are signed with the secret before it, too. */
  oldSecretEndsAt: z.iso.datetime().nullable(),
  /** Deliveries that wait or are on their way, and those that wait for a person. */
  waiting: z.number().int(),
  failed: z.number().int(),
  lastDeliveredAt: z.iso.datetime().nullable(),
})
export type Receiver = z.infer<typeof Receiver>

const words = z.array(z.string().trim().min(1).max(100)).max(50)

export const ReceiverInput = z.object({
  name: z.string().trim().min(1, 'Name it.').max(100),
  url: z
    .url({ protocol: /^https?$/, error: 'Is not an http or https address.' })
    .max(2_000)
    .refine((text) => !/^https?:\/\/[^/?#]*@/i.test(text), 'Holds a user name or a password.'),
  platforms: words.default([]),
  sources: words.default([]),
  isActive: z.boolean().default(true),
})
export type ReceiverInput = z.infer<typeof ReceiverInput>

const receiverParams = z.object({ receiverId: z.uuid() })

export const listReceivers = endpoint({
  method: 'GET',
  path: '/api/v1/receivers',
  summary: 'Receivers of decisions',
  permission: 'delivery.read',
  reply: z.object({ items: z.array(Receiver) }),
})

export const addReceiver = endpoint({
  method: 'POST',
  path: '/api/v1/receivers',
  summary: 'Add a receiver of decisions; its secret is shown this once',
  permission: 'receiver.manage',
  body: ReceiverInput.extend({ clientId: ClientId }),
  reply: z.object({ receiver: Receiver, secret: z.string() }),
  status: 201,
})

export const changeReceiver = endpoint({
  method: 'PUT',
  path: '/api/v1/receivers/:receiverId',
  summary: 'Change a receiver, or switch it off',
  permission: 'receiver.manage',
  params: receiverParams,
  body: ReceiverInput.extend({ clientId: ClientId }),
  reply: z.object({ receiver: Receiver }),
  errors: ['not_found'],
})

export const rotateSecret = endpoint({
  method: 'POST',
  path: '/api/v1/receivers/:receiverId/rotate',
  summary: 'Make a new secret, shown this once; the one before it is used beside it for a while',
  permission: 'receiver.manage',
  params: receiverParams,
  body: z.object({
    clientId: ClientId,
    /** For how long messages are signed with both. */
    overlapHours: z.number().int().min(0).max(168).default(24),
  }),
  reply: z.object({ receiver: Receiver, secret: z.string() }),
  status: 201,
  errors: ['not_found'],
})

/** A delivery in the list: what was told to whom, and what came of it. */
export const DeliveryRow = DecisionDelivery.extend({
  receiverId: z.uuid(),
  decisionId: z.uuid(),
  reviewId: z.uuid(),
  reviewReference: z.string(),
  accountId: z.uuid(),
  handle: z.string(),
  platform: z.string(),
  outcome: Outcome,
  /** What it asks for, as `post.remove`. */
  apply: z.array(z.string()),
  lift: z.array(z.string()),
  madeAt: z.iso.datetime(),
  /** Whether sending it again makes sense. */
  canRetry: z.boolean(),
})
export type DeliveryRow = z.infer<typeof DeliveryRow>

export const DeliveryFilter = z.object({
  state: several(DeliveryState),
  answer: several(DeliveryAnswer),
  receiver: several(z.uuid()),
})
export type DeliveryFilter = z.infer<typeof DeliveryFilter>

export const listDeliveries = endpoint({
  method: 'GET',
  path: '/api/v1/deliveries',
  summary: 'What was sent to receivers, the newest first',
  permission: 'delivery.read',
  query: DeliveryFilter.extend({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  }),
  reply: page(DeliveryRow),
})

const deliveryParams = z.object({ deliveryId: z.uuid() })

export const retryDelivery = endpoint({
  method: 'POST',
  path: '/api/v1/deliveries/:deliveryId/retry',
  summary: 'Send a delivery again that failed or was refused, under the same event id',
  permission: 'delivery.retry',
  params: deliveryParams,
  body: z.object({ clientId: ClientId }),
  reply: z.object({ state: DeliveryState }),
  errors: ['not_found', 'not_failed', 'already_superseded'],
})

/** What a receiver answers, in the body of its response or later by `answerDelivery`. */
export const AnswerInput = z.object({
  answer: DeliveryAnswer,
  text: z.string().max(longestAnswer).optional(),
  /** With `already_deleted`: what is. By default the account where it was to be acted upon, else the post. */
  deleted: z.enum(['post', 'account']).optional(),
})
export type AnswerInput = z.infer<typeof AnswerInput>

export const answerDelivery = endpoint({
  method: 'POST',
  path: '/api/v1/deliveries/:deliveryId/answer',
  summary: 'Say what the platform did about a decision, with the key of a source that the receiver serves',
  permission: 'delivery.answer',
  params: deliveryParams,
  body: AnswerInput,
  reply: z.object({ answer: DeliveryAnswer, answeredAt: z.iso.datetime() }),
  errors: ['not_found', 'source_not_allowed', 'not_sent', 'already_answered'],
})
