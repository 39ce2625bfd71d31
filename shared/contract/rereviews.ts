import { z } from 'zod'
import { Outcome, PostMeasure } from '../domain/outcomes.ts'
import { ClientId, endpoint } from './endpoint.ts'
import { PolicyContent } from './policies.ts'
import { Snapshot } from './reviews.ts'

/** What became of a post: an outcome, and with a violation what is done to the post. */
export const Fate = z.object({ outcome: Outcome, postMeasure: PostMeasure.nullable() })
export type Fate = z.infer<typeof Fate>

/** Past decisions that cite a clause first (or grant an exemption), drawn by chance to be judged again, blind. */
export const RereviewSample = z.object({
  id: z.uuid(),
  policyId: z.string(),
  /** The wording they are judged under: a draft's, or a version's. As it was when they were drawn. */
  draftId: z.uuid().nullable(),
  version: z.number().int().nullable(),
  /** The same seed draws the same decisions again: they stand in the order of `md5(seed + decision id)`. */
  seed: z.string(),
  decidedFrom: z.iso.datetime().nullable(),
  decidedTo: z.iso.datetime(),
  /** Decisions it was drawn from. */
  population: z.number().int(),
  size: z.number().int(),
  drawnById: z.string(),
  drawnAt: z.iso.datetime(),
  answered: z.number().int(),
  /** Of those answered: the fate of the post would be another. */
  changed: z.number().int(),
  /** 95 % (Wilson), of the share that changes; null below 20 answers, which say too little. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Not answered yet, in my scope, and not decided by me. */
  forMe: z.number().int(),
})
export type RereviewSample = z.infer<typeof RereviewSample>

export const RereviewResult = z.object({
  decisionId: z.uuid(),
  reviewReference: z.string(),
  first: Fate,
  firstById: z.string().nullable(),
  firstAt: z.iso.datetime(),
  firstRationale: z.string(),
  now: Fate,
  isChanged: z.boolean(),
  rationale: z.string(),
  answeredById: z.string(),
  answeredAt: z.iso.datetime(),
})
export type RereviewResult = z.infer<typeof RereviewResult>

export const listSamples = endpoint({
  method: 'GET',
  path: '/api/v1/policies/samples',
  summary: 'Samples of past decisions to judge again, newest first',
  permission: 'policy.read',
  query: z.object({ policyId: z.string().max(100).optional() }),
  reply: z.object({ items: z.array(RereviewSample) }),
})

export const drawSample = endpoint({
  method: 'POST',
  path: '/api/v1/policies/:policyId/samples',
  summary: 'Draw past decisions that cite a clause, to be judged again under its wording or that of a draft',
  permission: 'policy.manage',
  params: z.object({ policyId: z.string().max(100) }),
  body: z.object({
    clientId: ClientId,
    size: z.number().int().min(1).max(500),
    /** Judge under what this draft says now; the newest version otherwise. */
    draftId: z.uuid().nullable(),
    decidedFrom: z.iso.datetime({ offset: true }).nullable(),
    /** Left out: one is made up and told. */
    seed: z.string().trim().min(1).max(100).optional(),
  }),
  status: 201,
  reply: RereviewSample,
  errors: ['not_found'],
})

const params = z.object({ sampleId: z.uuid() })

export const getSample = endpoint({
  method: 'GET',
  path: '/api/v1/policies/samples/:sampleId',
  summary: 'A sample with the wording and what was answered; what is not yet answered stays hidden',
  permission: 'policy.read',
  params,
  reply: RereviewSample.extend({ content: PolicyContent, results: z.array(RereviewResult) }),
  errors: ['not_found'],
})

/** A post as it was decided, and nothing of the decision. */
export const RereviewItem = z.object({ id: z.uuid(), position: z.number().int(), snapshot: Snapshot })
export type RereviewItem = z.infer<typeof RereviewItem>

export const getNextRereview = endpoint({
  method: 'GET',
  path: '/api/v1/policies/samples/:sampleId/next',
  summary: 'The next post to judge again: one that somebody else decided and nobody answered',
  permission: 'rereview.answer',
  params,
  reply: z.object({ item: RereviewItem.nullable() }),
  errors: ['not_found'],
})

export const answerRereview = endpoint({
  method: 'POST',
  path: '/api/v1/policies/samples/:sampleId/answers',
  summary: 'Judge a post again; only then the first outcome is told',
  permission: 'rereview.answer',
  params,
  body: z.object({
    clientId: ClientId,
    itemId: z.uuid(),
    ...Fate.shape,
    rationale: z.string().trim().max(2_000),
  }),
  status: 201,
  reply: z.object({ result: RereviewResult, sample: RereviewSample }),
  errors: ['not_found', 'own_work', 'already_answered'],
})
