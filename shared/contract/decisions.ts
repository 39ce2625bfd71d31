import { z } from 'zod'
import { DeliveryAnswer, DeliveryState } from '../domain/deliveries.ts'
import { ExemptionTest } from '../domain/exemption-test.ts'
import { AccountMeasure, Outcome, PostMeasure } from '../domain/outcomes.ts'
import { StrikeRecord } from '../domain/strikes.ts'
import { AccountStatus, OutboxState } from '../domain/words.ts'
import { ClientId, endpoint } from './endpoint.ts'
import { MessageInput, SentMessage } from './messages.ts'
import { SeenTranslation } from './translations.ts'

export const ClauseVersion = z.object({ id: z.string(), version: z.number().int() })
export type ClauseVersion = z.infer<typeof ClauseVersion>

export const Restriction = z.enum(['region', 'age', 'demoted', 'disabled'])

/** Where a measure holds: ISO 3166-1 alpha-2 codes and the groups `EU`, `EEA`. Empty is everywhere. */
export const Territory = z.array(z.string().regex(/^[A-Z]{2,3}$/, 'Not a country code.')).max(60)

/** The last moment that can be stored and written. */
const lastMs = Date.UTC(9999, 11, 31)
const End = z.iso.datetime({ offset: true }).refine((time) => Date.parse(time) <= lastMs, 'Is too far ahead.')

export const Measure = z.discriminatedUnion('target', [
  z.object({
    target: z.literal('post'),
    kind: PostMeasure,
    /** For `restrict`: how. */
    by: Restriction.optional(),
    endsAt: End.optional(),
  }),
  z.object({
    target: z.literal('account'),
    kind: AccountMeasure,
    endsAt: End.optional(),
  }),
])
export type Measure = z.infer<typeof Measure>

/** A measure that holds now: it took effect, and has neither lapsed nor been lifted. */
export const MeasureInForce = z.object({
  id: z.uuid(),
  target: z.enum(['post', 'account']),
  kind: z.union([PostMeasure, AccountMeasure]),
  /** For `restrict`: how. */
  by: Restriction.nullable(),
  /** The post it is on; null for one on the account. */
  postId: z.uuid().nullable(),
  decisionId: z.uuid(),
  reviewId: z.uuid(),
  reviewReference: z.string(),
  clause: ClauseVersion.nullable(),
  territory: Territory,
  beganAt: z.iso.datetime(),
  endsAt: z.iso.datetime().nullable(),
})
export type MeasureInForce = z.infer<typeof MeasureInForce>

/** What became of a measure; without a begin it has not taken effect, or nobody said so yet. */
const course = {
  beganAt: z.iso.datetime().nullable().optional(),
  endedAt: z.iso.datetime().nullable().optional(),
  endedAs: z.enum(['superseded', 'lapsed', 'already_deleted']).nullable().optional(),
}
const [onPost, onAccount] = Measure.options
export const MeasureRecord = z.discriminatedUnion('target', [onPost.extend(course), onAccount.extend(course)])
export type MeasureRecord = z.infer<typeof MeasureRecord>

/** How far one receiver has been told of a decision, and what it said. */
export const DecisionDelivery = z.object({
  id: z.uuid(),
  receiverName: z.string(),
  /** The decision itself, or the end of a measure that lapsed. */
  about: z.enum(['decision', 'lapse']),
  state: DeliveryState,
  attempts: z.number().int(),
  /** When it is tried again, while it waits for that. */
  nextAt: z.iso.datetime().nullable(),
  changedAt: z.iso.datetime(),
  lastError: z.string().nullable(),
  answer: DeliveryAnswer.nullable(),
  answerText: z.string().nullable(),
  answeredAt: z.iso.datetime().nullable(),
})
export type DecisionDelivery = z.infer<typeof DecisionDelivery>

/** A decision as everybody may read it later. Immutable. */
export const DecisionRecord = z.object({
  id: z.uuid(),
  reviewId: z.uuid(),
  reviewReference: z.string(),
  snapshotId: z.uuid(),
  outcome: Outcome,
  /** The primary clause in the version that was applied; null with `no_violation`. */
  clause: ClauseVersion.nullable(),
  furtherClauses: z.array(ClauseVersion),
  exemption: z.string().nullable(),
  purposeWeighed: z.boolean(),
  /** The answers to the exemption test, where one was taken. */
  exemptionTest: ExemptionTest.nullish(),
  measures: z.array(MeasureRecord),
  territory: Territory,
  rationale: z.string(),
  /** What the strike ladder said of the account then; null where it says nothing. */
  strikes: StrikeRecord.nullish(),
  /** Why another measure than the ladder's was taken. */
  ladderReason: z.string().nullish(),
  decidedById: z.string().nullable(),
  /** The second person, for a severe measure; it was decided when they confirmed it. */
  confirmedById: z.string().nullish(),
  decidedAt: z.iso.datetime(),
  accountStatus: AccountStatus,
  supersedesId: z.uuid().nullable(),
  /** The later decision that stands in its place. */
  supersededById: z.uuid().nullable().optional(),
  delivery: OutboxState,
  /** Until when it may be taken back; null when that is over. */
  undoUntil: z.iso.datetime().nullish(),
  /** When it was taken back, by the one who took it: it stands for nothing then. */
  undoneAt: z.iso.datetime().nullish(),
  /** Those that were on the screen. */
  translations: z.array(SeenTranslation).optional(),
  /** What was written to the user. */
  message: SentMessage.nullish(),
  /** Oldest first. */
  deliveries: z.array(DecisionDelivery).optional(),
})
export type DecisionRecord = z.infer<typeof DecisionRecord>

export const DecisionInput = z.object({
  clientId: ClientId,
  /** The review's version and the snapshot that were on the screen. */
  version: z.number().int(),
  snapshotId: z.uuid(),
  outcome: Outcome,
  clause: ClauseVersion.nullable(),
  furtherClauses: z.array(ClauseVersion).max(10).default([]),
  exemption: z.string().max(100).nullable(),
  /** The reviewer weighed the exemptions and, unless one is named, ruled them out. */
  purposeWeighed: z.boolean().default(false),
  /** Who publishes, to what end, endorsed or not: asked for by some clauses. */
  exemptionTest: ExemptionTest.nullish(),
  measures: z.array(Measure).max(4),
  territory: Territory.default([]),
  rationale: z.string().trim().max(5_000),
  /** Why the account measure is another than the strike ladder's. */
  ladderReason: z.string().trim().max(1_000).nullish(),
  /** Ids of the translations that were on the screen. */
  translations: z.array(z.uuid()).max(200).optional(),
  /** What is written to the user. */
  message: MessageInput.nullish(),
  /** Milliseconds from the review being shown to the decision being sent. */
  handlingMs: z.number().int().nonnegative(),
})
export type DecisionInput = z.infer<typeof DecisionInput>

export const decideReview = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/decisions',
  summary: 'Decide a review that is mine, on the version and snapshot that were seen',
  permission: 'review.decide',
  params: z.object({ reviewId: z.uuid().brand('ReviewId') }),
  body: DecisionInput,
  reply: z.object({ decision: DecisionRecord, version: z.number().int() }),
  status: 201,
  errors: [
    'not_found',
    'already_decided',
    'held_by_other',
    'lease_lost',
    'snapshot_changed',
    'version_changed',
    'being_confirmed',
    /** Propose it instead. */
    'needs_second_person',
  ],
})

/** As a decision, without the turn: the decision that is superseded stands for what was seen. */
export const SupersedeInput = DecisionInput.omit({ version: true, snapshotId: true, handlingMs: true }).extend({
  rationale: z.string().trim().min(1, 'Say why the decision is changed.').max(5_000),
})
export type SupersedeInput = z.infer<typeof SupersedeInput>

export const supersedeDecision = endpoint({
  method: 'POST',
  path: '/api/v1/decisions/:decisionId/supersede',
  summary: 'Correct a decision: a new one stands in its place and lifts or changes its measures',
  permission: 'review.decide',
  params: z.object({ decisionId: z.uuid() }),
  body: SupersedeInput,
  reply: z.object({ decision: DecisionRecord, version: z.number().int() }),
  status: 201,
  errors: ['not_found', 'already_superseded', 'already_undone', 'not_yours', 'too_late', 'needs_second_person'],
})
