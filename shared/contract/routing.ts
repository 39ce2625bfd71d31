import { z } from 'zod'
import { targetBounds } from '../domain/due.ts'
import { mostOf } from '../domain/priority.ts'
import { AccountStatus, Severity, SourceKind } from '../domain/words.ts'
import { ClientId, endpoint, Nothing } from './endpoint.ts'
import { TeamMember } from './people.ts'
import { ReviewId } from './reviews.ts'
import { ClauseToken, Language, QueueId, RoutingRule } from './rules.ts'
import { PersonId } from './team.ts'

const Version = z.number().int().positive()
const Change = z.string().trim().min(1, 'Say why.').max(500)
const Count = z.object({ value: z.number().int(), exact: z.boolean() })
const TargetMs = z
  .number()
  .int()
  .min(targetBounds.least, 'At least five minutes.')
  .max(targetBounds.most, 'At most 90 days.')
const SourceTargets = z.partialRecord(SourceKind, TargetMs)

// Queues

export const QueueSettings = z.object({
  id: QueueId,
  name: z.string(),
  version: Version,
  /** Milliseconds from the first flag to the decision, and for some sources another time. */
  targetMs: z.number().int(),
  sourceTargets: z.partialRecord(SourceKind, z.number().int()),
  /** The only ones it takes: flags in another language pass its rules by. None named is every one. */
  languages: z.array(z.string()),
  retiredAt: z.iso.datetime().nullable(),
  waiting: Count,
  /** Rules in force that lead here. */
  ruleCount: z.number().int(),
  /** Takes what no rule in force fits. */
  isLastResort: z.boolean(),
  /** Who may take from it. */
  people: z.array(PersonId),
})
export type QueueSettings = z.infer<typeof QueueSettings>

export const listQueueSettings = endpoint({
  method: 'GET',
  path: '/api/v1/routing/queues',
  summary: 'All queues with what is set for each; those that were retired stand last',
  permission: 'queue.read',
  reply: z.object({ items: z.array(QueueSettings) }),
})

const Settings = z.object({
  name: z.string().trim().min(1, 'A name is needed.').max(60),
  targetMs: TargetMs,
  sourceTargets: SourceTargets,
  languages: z.array(Language).max(30),
})

export const addQueue = endpoint({
  method: 'POST',
  path: '/api/v1/routing/queues',
  summary: 'Make a queue. Nothing comes into it before a rule or a person says so',
  permission: 'queue.manage',
  body: Settings.extend({ clientId: ClientId }),
  reply: QueueSettings,
  status: 201,
})

/** What becomes of the due times of reviews that wait already. */
const Waiting = z.enum(['keep', 'reckon'])

export const changeQueue = endpoint({
  method: 'PUT',
  path: '/api/v1/routing/queues/:queueId',
  summary:
    'Rename a queue, or change its targets and languages; waiting reviews keep their due times or are reckoned anew',
  permission: 'queue.manage',
  params: z.object({ queueId: QueueId }),
  body: Settings.extend({ clientId: ClientId, version: Version, waiting: Waiting }),
  reply: QueueSettings,
  errors: ['not_found', 'version_changed'],
})

export const previewTargets = endpoint({
  method: 'POST',
  path: '/api/v1/routing/queues/:queueId/preview',
  summary: 'What other targets would do to the due times of waiting reviews. Changes nothing',
  permission: 'queue.manage',
  params: z.object({ queueId: QueueId }),
  body: z.object({ targetMs: TargetMs, sourceTargets: SourceTargets }),
  reply: z.object({
    /** The most urgent so many were looked at; not `exact`: there are more. */
    looked: Count,
    earlier: z.number().int(),
    later: z.number().int(),
    /** Over their due time at this moment, as it is and as it would be. */
    overdue: z.object({ before: z.number().int(), after: z.number().int() }),
  }),
  errors: ['not_found'],
})

export const orderQueues = endpoint({
  method: 'POST',
  path: '/api/v1/routing/queue-order',
  summary: 'Put the queues in an order',
  permission: 'queue.manage',
  body: z.object({ clientId: ClientId, queueIds: z.array(QueueId).min(1).max(500) }),
  reply: Nothing,
})

export const retireQueue = endpoint({
  method: 'POST',
  path: '/api/v1/routing/queues/:queueId/retire',
  summary: 'Retire a queue in which nothing waits and to which no rule leads, or bring it back',
  permission: 'queue.manage',
  params: z.object({ queueId: QueueId }),
  body: z.object({ clientId: ClientId, version: Version, isRetired: z.boolean() }),
  reply: QueueSettings,
  errors: ['not_found', 'version_changed', 'queue_not_empty', 'queue_in_use'],
})

// Rules

const RuleSet = z.object({
  /** The first that fits wins. */
  rules: z.array(RoutingRule).max(200),
  /** Takes what none fits. */
  lastResortId: QueueId,
})

export const RuleVersion = RuleSet.extend({
  version: Version,
  change: z.string().nullable(),
  publishedById: PersonId.nullable(),
  publishedAt: z.iso.datetime(),
})
export type RuleVersion = z.infer<typeof RuleVersion>

export const RuleDraft = RuleSet.extend({
  version: Version,
  /** The version in force when it was begun. */
  basedOn: Version,
  changedById: PersonId,
  changedAt: z.iso.datetime(),
})
export type RuleDraft = z.infer<typeof RuleDraft>

export const listRules = endpoint({
  method: 'GET',
  path: '/api/v1/routing/rules',
  summary: 'The routing rules: published versions, newest first, of which the first is in force, and the draft',
  permission: 'queue.read',
  reply: z.object({ versions: z.array(RuleVersion), draft: RuleDraft.nullable() }),
})

/** 0: no draft was there. */
const DraftVersion = z.number().int().nonnegative()

export const saveRuleDraft = endpoint({
  method: 'PUT',
  path: '/api/v1/routing/draft',
  summary: 'Keep a draft of the routing rules, as a whole',
  permission: 'queue.manage',
  body: RuleSet.extend({ clientId: ClientId, version: DraftVersion }),
  reply: RuleDraft,
  errors: ['version_changed'],
})

export const discardRuleDraft = endpoint({
  method: 'POST',
  path: '/api/v1/routing/draft/discard',
  summary: 'Throw the draft away',
  permission: 'queue.manage',
  body: z.object({ clientId: ClientId, version: Version }),
  reply: Nothing,
  errors: ['version_changed'],
})

export const publishRules = endpoint({
  method: 'POST',
  path: '/api/v1/routing/draft/publish',
  summary: 'Put the draft in force as a new version',
  permission: 'queue.manage',
  body: z.object({ clientId: ClientId, version: Version, change: Change }),
  reply: RuleVersion,
  /** `already_superseded`: another version came into force since the draft was begun. */
  errors: ['version_changed', 'already_superseded'],
})

export const tryRules = endpoint({
  method: 'POST',
  path: '/api/v1/routing/rules/try',
  summary: 'Where the last 1,000 flags would go by these rules, and where they go by those in force. Changes nothing',
  permission: 'queue.manage',
  body: RuleSet,
  reply: z.object({
    looked: z.number().int(),
    /** Of the rules in force. */
    version: Version,
    queues: z.array(z.object({ queueId: QueueId, before: z.number().int(), after: z.number().int() })),
    /** How many each rule takes; those that take none are 0. */
    rules: z.array(z.object({ ruleId: z.uuid().nullable(), hits: z.number().int() })),
    /** Those that go elsewhere, newest first. */
    moved: z.array(
      z.object({
        flagId: z.uuid(),
        reviewId: ReviewId.nullable(),
        reference: z.string().nullable(),
        sourceKind: SourceKind,
        policy: z.string().nullable(),
        receivedAt: z.iso.datetime(),
        from: z.object({ queueId: QueueId, ruleId: z.uuid().nullable() }),
        to: z.object({ queueId: QueueId, ruleId: z.uuid().nullable() }),
      }),
    ),
  }),
})
export type RuleTrial = z.infer<typeof tryRules.reply>

// Priority

const Worth = z.number().int().min(0).max(100)
const eachUpTo = z.object({ each: Worth, most: Worth })

export const Weights = z.object({
  source: z.record(SourceKind, Worth),
  severity: z.record(z.enum([...Severity.options, 'unsorted']), Worth),
  account: z.record(AccountStatus, Worth),
  flags: eachUpTo,
  reach: eachUpTo,
  score: Worth,
  newAccount: Worth,
  news: Worth,
})
export type Weights = z.infer<typeof Weights>

const SoundWeights = Weights.refine((weights) => mostOf(weights) <= 100, 'Together they come to more than 100.')

export const WeightsVersion = z.object({
  version: Version,
  weights: Weights,
  change: z.string().nullable(),
  changedById: PersonId.nullable(),
  changedAt: z.iso.datetime(),
})
export type WeightsVersion = z.infer<typeof WeightsVersion>

export const listWeights = endpoint({
  method: 'GET',
  path: '/api/v1/routing/weights',
  summary: 'What each part of the priority is worth: all versions, newest first, of which the first is in force',
  permission: 'queue.read',
  reply: z.object({ versions: z.array(WeightsVersion) }),
})

export const tryWeights = endpoint({
  method: 'POST',
  path: '/api/v1/routing/weights/try',
  summary: 'What other weights would make of the waiting reviews. Changes nothing',
  permission: 'queue.manage',
  body: z.object({ weights: SoundWeights }),
  reply: z.object({
    /** The most urgent so many were looked at; not `exact`: there are more. */
    looked: Count,
    higher: z.number().int(),
    lower: z.number().int(),
    /** What would stand first, in its order, with the place it has now. */
    first: z.array(
      z.object({
        reviewId: ReviewId,
        reference: z.string(),
        priority: z.number().int(),
        before: z.number().int(),
        place: z.number().int(),
        placeBefore: z.number().int(),
      }),
    ),
  }),
})
export type WeightsTrial = z.infer<typeof tryWeights.reply>

export const changeWeights = endpoint({
  method: 'PUT',
  path: '/api/v1/routing/weights',
  summary: 'Change what the parts of the priority are worth; waiting reviews are reckoned anew',
  permission: 'queue.manage',
  body: z.object({ clientId: ClientId, version: Version, weights: SoundWeights, change: Change }),
  reply: WeightsVersion,
  errors: ['version_changed'],
})

// Reason codes

export const ReasonMapping = z.object({
  /** `''` is every source. */
  sourceName: z.string(),
  code: z.string(),
  policyId: z.string(),
})
export type ReasonMapping = z.infer<typeof ReasonMapping>

export const UnsortedCode = z.object({
  sourceName: z.string(),
  code: z.string(),
  flags: z.number().int(),
  latestAt: z.iso.datetime(),
})
export type UnsortedCode = z.infer<typeof UnsortedCode>

export const listReasonCodes = endpoint({
  method: 'GET',
  path: '/api/v1/routing/reasons',
  summary: 'What the senders’ reason codes stand for, and those that came in lately and stand for nothing',
  permission: 'queue.read',
  reply: z.object({
    mappings: z.array(ReasonMapping),
    /** Most flags first. */
    unsorted: z.array(UnsortedCode),
    /** The newest so many flags were looked at for them. */
    looked: z.number().int(),
  }),
})

export const mapReasonCode = endpoint({
  method: 'PUT',
  path: '/api/v1/routing/reasons',
  summary: 'Say what clause a reason code stands for, of one source or of all; null is none',
  permission: 'queue.manage',
  body: z.object({
    clientId: ClientId,
    sourceName: z.string().max(200),
    code: z.string().min(1).max(200),
    policyId: z.string().max(100).nullable(),
  }),
  reply: Nothing,
  errors: ['not_found'],
})

// Skills

const Clauses = z.array(ClauseToken).max(200)

export const getTraining = endpoint({
  method: 'GET',
  path: '/api/v1/routing/training',
  summary: 'The clauses whose reviews are offered only to those who are trained for them',
  permission: 'review.read',
  reply: z.object({ clauses: z.array(z.string()) }),
})

export const changeTraining = endpoint({
  method: 'PUT',
  path: '/api/v1/routing/training',
  summary: 'Say which clauses need training',
  permission: 'queue.manage',
  body: z.object({ clientId: ClientId, clauses: Clauses }),
  reply: z.object({ clauses: z.array(z.string()) }),
})

export const changeSkills = endpoint({
  method: 'PUT',
  path: '/api/v1/people/:personId/skills',
  summary: 'Say what somebody is trained for and what they are not offered. Supervisors do so for reviewers',
  permission: 'person.assign',
  params: z.object({ personId: PersonId }),
  body: z.object({ clientId: ClientId, version: Version, trained: Clauses, optedOut: Clauses }),
  reply: TeamMember,
  errors: ['not_found', 'version_changed'],
})

export const getOptOuts = endpoint({
  method: 'GET',
  path: '/api/v1/me/opt-outs',
  summary: 'Clauses and sections that I am not offered',
  permission: 'review.decide',
  reply: z.object({ optedOut: z.array(z.string()) }),
})

export const changeOptOuts = endpoint({
  method: 'PUT',
  path: '/api/v1/me/opt-outs',
  summary: 'Say what I am not to be offered. Nobody asks why',
  permission: 'review.decide',
  body: z.object({ clientId: ClientId, optedOut: Clauses }),
  reply: z.object({ optedOut: z.array(z.string()) }),
})
