import type { SourceKind } from '#shared/domain/words.ts'

const hourMs = 3_600_000

/** Where reviews wait first, and how long from the first flag to the decision. */
export const firstQueues = [
  { id: 'urgent', name: 'Urgent', targetMs: hourMs },
  { id: 'extremism', name: 'Extremism', targetMs: 24 * hourMs },
  { id: 'hate', name: 'Hate', targetMs: 48 * hourMs },
  { id: 'safety', name: 'Safety', targetMs: 24 * hourMs },
  { id: 'general', name: 'General', targetMs: 72 * hourMs },
]

type Rule = { queueId: string; sourceKind?: SourceKind; policyPrefix?: string }

/** The first rule that fits wins; one without conditions fits everything. */
export const firstRoutingRules: Rule[] = [
  { queueId: 'urgent', sourceKind: 'removal_order' },
  { queueId: 'urgent', policyPrefix: 'tve.threat-to-life' },
  { queueId: 'extremism', policyPrefix: 'tve.' },
  { queueId: 'extremism', policyPrefix: 've.' },
  { queueId: 'hate', policyPrefix: 'hate.' },
  { queueId: 'safety', policyPrefix: 'harm.' },
  { queueId: 'safety', policyPrefix: 'sexual.' },
  { queueId: 'general' },
]
