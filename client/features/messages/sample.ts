import type { Policy } from '#shared/contract/policies.ts'
import { type Fact, factsOf } from '#shared/domain/messages.ts'

/** What stands in a preview: somebody who is nobody, and the clause that the template is for. */
export function sampleFacts(
  language: string,
  timeZone: string,
  { policy, measure }: { policy: Policy | undefined; measure: string | null },
): Record<Fact, string> {
  const kind = measure?.split('.')[1] ?? 'remove'
  const clause = policy ? { code: policy.code, label: policy.current.label } : { code: '2.3', label: '…' }
  const appealUntil = new Date(Date.now() + (policy?.current.appealDays ?? 180) * 86_400_000)
  const of = { account: 'aigerim_k', platform: 'vk', reference: 'DKT-48213', clause, measures: [{ kind }], appealUntil }
  return factsOf(of, language, timeZone)
}
