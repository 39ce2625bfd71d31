import type { Policy } from '#shared/contract/policies.ts'
import { type Fact, factsOf, type Occasion } from '#shared/domain/messages.ts'

/** What stands in a preview: somebody who is nobody, and the clause that the template is for. */
export function sampleFacts(
  language: string,
  timeZone: string,
  { policy, measure, occasion }: { policy: Policy | undefined; measure: string | null; occasion: Occasion },
): Record<Fact, string> {
  const kind = measure?.split('.')[1] ?? 'remove'
  const measures = occasion === 'reversed' && !measure ? [] : [{ kind }]
  const clause = policy ? { code: policy.code, label: policy.current.label } : { code: '2.3', label: '…' }
  const appealUntil = new Date(Date.now() + (policy?.current.appealDays ?? 180) * 86_400_000)
  const of = { account: 'aigerim_k', platform: 'vk', reference: 'DKT-48213', clause, measures, appealUntil }
  return factsOf(of, language, timeZone)
}
