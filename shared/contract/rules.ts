import { z } from 'zod'
import { AccountStatus, SourceKind } from '../domain/words.ts'

export const QueueId = z.string().min(1).max(60)
export const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Not a language tag.')
/** A clause, a section (`section:2`), or for rules also all whose ids begin so (`tve.`) and `unsorted`. */
export const ClauseToken = z.string().min(1).max(100)

export const RuleConditions = z.object({
  clauses: z.array(ClauseToken).max(100),
  sources: z.array(SourceKind),
  languages: z.array(Language).max(50),
  platforms: z.array(z.string().min(1).max(50)).max(50),
  accountStatuses: z.array(AccountStatus),
  reachMin: z.number().int().min(0).max(1_000_000_000_000).nullable(),
  scoreMin: z.number().min(0).max(1).nullable(),
})

export const RoutingRule = z.object({
  id: z.uuid(),
  name: z.string().trim().max(80),
  queueId: QueueId,
  when: RuleConditions,
})
