import { z } from 'zod'
import { Severity } from '../domain/words.ts'
import { endpoint } from './endpoint.ts'

/** What a decision under a clause must carry besides what every decision does; `decision-rules.ts` enforces it. */
export const RequiredField = z.enum(['rationale', 'territory', 'ends_at', 'exemption_test', 'message'])
export type RequiredField = z.infer<typeof RequiredField>

/** A made-up post, and whether it falls under the clause. */
export const PolicyExample = z.object({
  text: z.string().max(2_000),
  falls: z.boolean(),
  why: z.string().max(1_000),
})
export type PolicyExample = z.infer<typeof PolicyExample>

const Lines = z.array(z.string().max(1_000)).max(60)

/** What people write of a clause or an exemption. What it lacks to be published `policy-rules.ts` says. */
export const PolicyContent = z.object({
  shortName: z.string().max(60),
  label: z.string().max(200),
  description: z.string().max(10_000),
  /** What speaks for it, and what it is not. */
  signs: Lines,
  notThis: Lines,
  /** Questions to weigh; exemptions only. */
  questions: Lines,
  usualMeasures: Lines,
  severity: Severity,
  examples: z.array(PolicyExample).max(40),
  requiredFields: z.array(RequiredField),
  /** Ids of the exemptions that may be granted under it; null is every one. */
  exemptions: z.array(z.string().max(100)).max(200).nullable(),
  /** What a violation adds to the account's strikes. */
  strikeWeight: z.number().int().min(0).max(10),
  /** Days in which a decision under it may be appealed; 0 is never. */
  appealDays: z.number().int().min(0).max(3_650),
  /** Whom to tell at once, where that is a duty. */
  alert: z.string().max(1_000).nullable(),
  /** Where it stands in law: article and DSA category. */
  ground: z.object({
    tco: z.string().max(200).nullable(),
    dsaCategory: z.string().max(200).nullable(),
    dsaKeywords: z.array(z.string().max(200)).max(60),
  }),
  isRestricted: z.boolean(),
  /** Whether the purpose must be weighed (an exemption chosen or ruled out) before a violation is decided. */
  needsPurposeTest: z.boolean(),
  /** Out of force: no new decision may cite it. */
  isRetired: z.boolean(),
})
export type PolicyContent = z.infer<typeof PolicyContent>

/** One version of a clause or an exemption. What a decision cites. */
export const PolicyVersion = PolicyContent.extend({
  version: z.number().int(),
  inForceSince: z.iso.datetime(),
  publishedById: z.string().nullable(),
  change: z.string().nullable(),
})
export type PolicyVersion = z.infer<typeof PolicyVersion>

export const Policy = z.object({
  id: z.string(),
  /** `2.6`; exemptions are `E.1`. Order of the list. */
  code: z.string(),
  /** At most 16 characters. */
  shortName: z.string(),
  kind: z.enum(['clause', 'exemption']),
  section: z.object({ code: z.string(), name: z.string() }),
  severity: Severity,
  /** These three as the version in force says. */
  isRestricted: z.boolean(),
  needsPurposeTest: z.boolean(),
  isRetired: z.boolean(),
  /** In force at the time of asking; one that is published for later is not shown before. */
  current: PolicyVersion,
  /** Newest first; one that a later version overtook before its day was never in force. */
  earlier: z.array(PolicyVersion),
  /** Decisions that cite it; up to half a minute old. */
  decisionCount: z.number().int(),
})
export type Policy = z.infer<typeof Policy>

export const listPolicies = endpoint({
  method: 'GET',
  path: '/api/v1/policies',
  summary: 'All clauses and exemptions with their versions, in the order of their codes',
  permission: 'policy.read',
  reply: z.object({ items: z.array(Policy) }),
})

/** How a clause is used; every figure counts what the list of decisions shows under the same filters. */
export const PolicyUse = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Taken in that time and standing. */
  decisions: z.number().int(),
  removed: z.number().int(),
  exempt: z.number().int(),
  /** Taken in that time, and another stands in its place by now. The interval (Wilson, 95 %) from 20 on. */
  corrected: z.object({
    count: z.number().int(),
    of: z.number().int(),
    interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  }),
  /** How often each version was ever cited. */
  versions: z.array(z.object({ version: z.number().int(), decisions: z.number().int() })),
})
export type PolicyUse = z.infer<typeof PolicyUse>

export const getPolicyUse = endpoint({
  method: 'GET',
  path: '/api/v1/policies/:policyId/use',
  summary: 'How often a clause was cited lately, with what outcome, and each of its versions ever',
  permission: 'policy.read',
  params: z.object({ policyId: z.string().max(100) }),
  query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
  reply: PolicyUse,
})

export const Queue = z.object({
  id: z.string(),
  name: z.string(),
  /** Milliseconds from the first flag to the decision. */
  targetMs: z.number().int(),
})
export type Queue = z.infer<typeof Queue>

export const listQueues = endpoint({
  method: 'GET',
  path: '/api/v1/queues',
  summary: 'The queues a person may see',
  permission: 'review.read',
  reply: z.object({
    items: z.array(Queue),
    /** Those that were retired: their names beside what went through them. */
    retired: z.array(Queue).optional(),
    /** What the data holds, for the filters. */ languages: z.array(z.string()),
    platforms: z.array(z.string()),
  }),
})
