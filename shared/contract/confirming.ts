import { z } from 'zod'
import { DecisionInput, DecisionRecord, decideReview, Measure } from './decisions.ts'
import { ClientId, endpoint } from './endpoint.ts'
import { PersonId } from './team.ts'

/** A severe decision that waits for a second person, or how that ended. Nothing of it has taken effect before. */
export const Proposal = DecisionRecord.pick({
  reviewId: true,
  snapshotId: true,
  outcome: true,
  clause: true,
  furtherClauses: true,
  exemption: true,
  exemptionTest: true,
  purposeWeighed: true,
  territory: true,
  rationale: true,
  strikes: true,
  ladderReason: true,
  message: true,
  translations: true,
}).extend({
  id: z.uuid(),
  /** The review's, once it was proposed: confirmed is what is still so. */
  version: z.number().int(),
  measures: z.array(Measure),
  proposedById: PersonId,
  proposedAt: z.iso.datetime(),
  /** Null while it waits. */
  end: z
    .object({
      kind: z.enum(['confirmed', 'refused', 'withdrawn']),
      byId: PersonId,
      at: z.iso.datetime(),
      /** Why it was refused. */
      reason: z.string().nullable(),
      decisionId: z.uuid().nullable(),
    })
    .nullable(),
})
export type Proposal = z.infer<typeof Proposal>

export const proposeDecision = endpoint({
  method: 'POST',
  path: '/api/v1/reviews/:reviewId/proposals',
  summary: 'Propose a severe decision on a review that is mine: a second person confirms or refuses it',
  permission: 'review.decide',
  params: z.object({ reviewId: z.uuid().brand('ReviewId') }),
  body: DecisionInput,
  reply: z.object({ proposal: Proposal, version: z.number().int() }),
  status: 201,
  errors: decideReview.errors,
})

const params = z.object({ proposalId: z.uuid() })

export const confirmProposal = endpoint({
  method: 'POST',
  path: '/api/v1/proposals/:proposalId/confirm',
  summary: 'Confirm what somebody else proposed, on the version and snapshot that were seen: it is decided then',
  permission: 'decision.confirm',
  params,
  body: z.object({ clientId: ClientId, version: z.number().int(), snapshotId: z.uuid() }),
  reply: z.object({ decision: DecisionRecord, version: z.number().int() }),
  status: 201,
  errors: ['not_found', 'own_proposal', 'proposal_ended', 'snapshot_changed', 'version_changed'],
})

export const refuseProposal = endpoint({
  method: 'POST',
  path: '/api/v1/proposals/:proposalId/refuse',
  summary: 'Refuse what somebody else proposed, with a reason: the review opens again',
  permission: 'decision.confirm',
  params,
  body: z.object({
    clientId: ClientId,
    version: z.number().int(),
    reason: z.string().trim().min(1, 'A reason is needed.').max(1_000),
  }),
  reply: z.object({ version: z.number().int() }),
  errors: ['not_found', 'own_proposal', 'proposal_ended', 'version_changed'],
})

export const withdrawProposal = endpoint({
  method: 'POST',
  path: '/api/v1/proposals/:proposalId/withdraw',
  summary: 'Take back what I proposed and nobody has confirmed yet: the review opens again',
  permission: 'review.decide',
  params,
  body: z.object({ clientId: ClientId }),
  reply: z.object({ version: z.number().int() }),
  errors: ['not_found', 'not_yours', 'proposal_ended'],
})
