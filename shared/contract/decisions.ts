import { z } from 'zod'
import { AccountMeasure, Outcome, PostMeasure } from '../domain/outcomes.ts'
import { AccountStatus, OutboxState } from '../domain/words.ts'
import { ClientId, endpoint } from './endpoint.ts'

export const ClauseVersion = z.object({ id: z.string(), version: z.number().int() })
export type ClauseVersion = z.infer<typeof ClauseVersion>

export const Restriction = z.enum(['region', 'age', 'demoted', 'disabled'])

/** Where a measure holds: ISO 3166-1 alpha-2 codes and the groups `EU`, `EEA`. Empty is everywhere. */
export const Territory = z.array(z.string().regex(/^[A-Z]{2,3}$/, 'Not a country code.')).max(60)

export const Measure = z.discriminatedUnion('target', [
  z.object({
    target: z.literal('post'),
    kind: PostMeasure,
    /** For `restrict`: how. */
    by: Restriction.optional(),
    endsAt: z.iso.datetime({ offset: true }).optional(),
  }),
  z.object({
    target: z.literal('account'),
    kind: AccountMeasure,
    endsAt: z.iso.datetime({ offset: true }).optional(),
  }),
])
export type Measure = z.infer<typeof Measure>

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
  measures: z.array(Measure),
  territory: Territory,
  rationale: z.string(),
  decidedById: z.string().nullable(),
  decidedAt: z.iso.datetime(),
  accountStatus: AccountStatus,
  supersedesId: z.uuid().nullable(),
  delivery: OutboxState,
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
  measures: z.array(Measure).max(4),
  territory: Territory.default([]),
  rationale: z.string().trim().max(5_000),
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
  errors: ['not_found', 'already_decided', 'held_by_other', 'lease_lost', 'snapshot_changed', 'version_changed'],
})
