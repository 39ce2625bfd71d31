import { z } from 'zod'
import { AccountMeasure, Outcome, PostMeasure } from '../domain/outcomes.ts'
import { AccountStatus, OutboxState, PostKind, ReviewState } from '../domain/words.ts'
import { DecisionRecord } from './decisions.ts'
import { endpoint, page, several } from './endpoint.ts'
import { DerivativeState, Sha256 } from './media.ts'
import { Note } from './notes.ts'
import { FlagGroup, Snapshot } from './reviews.ts'
import { PersonId } from './team.ts'

/** A decision in a list, with what it was about. */
export const DecisionRow = z.object({
  decision: DecisionRecord,
  /** The decision that took its place. */
  supersededById: z.uuid().nullable(),
  queueId: z.string(),
  subject: z.enum(['post', 'account']),
  captionExcerpt: z.string(),
  language: z.string().nullable(),
  media: z.object({ count: z.number().int(), first: Sha256.nullable(), firstState: DerivativeState.nullable() }),
  account: z.object({ id: z.uuid(), handle: z.string(), platform: z.string() }),
})
export type DecisionRow = z.infer<typeof DecisionRow>

export const DecisionFilter = z.object({
  mine: z.stringbool().optional(),
  decidedBy: several(PersonId),
  outcome: several(Outcome),
  /** Clauses cited, first or further, and exemptions granted; `id@2` is one version of a clause. */
  clause: several(z.string().max(100)),
  exemption: several(z.string().max(100)),
  measure: several(z.enum([...PostMeasure.options, ...AccountMeasure.options])),
  delivery: several(OutboxState),
  account: z.uuid().optional(),
  queue: several(z.string().max(100)),
  superseded: z.stringbool().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
})
export type DecisionFilter = z.infer<typeof DecisionFilter>

export const DecisionSort = z.enum(['newest', 'oldest'])
export type DecisionSort = z.infer<typeof DecisionSort>

export const listDecisions = endpoint({
  method: 'GET',
  path: '/api/v1/decisions',
  summary: 'Decisions, mine or of all, by when they were taken',
  permission: 'review.read',
  query: DecisionFilter.extend({
    sort: DecisionSort.default('newest'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(500).optional(),
  }),
  reply: page(DecisionRow),
})

/** A decision with everything that was in front of the person who took it. */
export const DecisionDetail = z.object({
  decision: DecisionRecord,
  supersededById: z.uuid().nullable(),
  review: z.object({ id: z.uuid(), reference: z.string(), state: ReviewState, queueId: z.string() }),
  post: z
    .object({
      id: z.uuid(),
      externalId: z.string(),
      kind: PostKind,
      url: z.string().nullable(),
      postedAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  /** As it was seen: what came later is left out. */
  snapshot: Snapshot,
  /** What had come in by then. */
  flags: z.array(FlagGroup),
  /** As it is now; the decision says what it was. */
  account: z.object({
    id: z.uuid(),
    handle: z.string(),
    displayName: z.string().nullable(),
    platform: z.string(),
    status: AccountStatus,
  }),
  /** On its review, post and account, later ones too. */
  notes: z.array(Note).optional(),
})
export type DecisionDetail = z.infer<typeof DecisionDetail>

export const getDecision = endpoint({
  method: 'GET',
  path: '/api/v1/decisions/:decisionId',
  summary: 'One decision and the review as it was decided',
  permission: 'review.read',
  params: z.object({ decisionId: z.uuid() }),
  reply: DecisionDetail,
  errors: ['not_found'],
})
