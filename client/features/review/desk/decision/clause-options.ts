import type { Policy } from '#shared/contract/policies.ts'
import type { FlagGroup } from '#shared/contract/reviews.ts'
import type { Policies } from './decision-draft.ts'

/** Clauses with a digit of their own; the ninth digit is always “No violation”. */
export const clauseKeys = 8

/** Clauses that somebody suspected, the review's own first, then by how many flags named them. */
export function suspectedOf(own: string | null, flags: readonly Pick<FlagGroup, 'reasons'>[]): string[] {
  const named = new Map<string, number>()
  for (const { policy, count } of flags.flatMap((group) => group.reasons)) {
    if (policy) named.set(policy, (named.get(policy) ?? 0) + count)
  }
  const byCount = [...named].sort(([, a], [, b]) => b - a).map(([id]) => id)
  return [...new Set([...(own ? [own] : []), ...byCount])]
}

/** What the digits offer: the suspected clauses, then the most used of their section, then the most used of all. */
export function clauseOptions(policies: Policies, suspected: readonly string[]): Policy[] {
  const clauses = clausesOf(policies)
  const first = suspected
    .map((id) => policies.get(id))
    .filter((policy) => policy && clauses.includes(policy)) as Policy[]
  const section = first[0]?.section.code
  const byUse = clauses.toSorted((a, b) => b.decisionCount - a.decisionCount)
  const near = byUse.filter((clause) => clause.section.code === section)
  return [...new Set([...first, ...near, ...byUse])].slice(0, clauseKeys)
}

export function clausesOf(policies: Policies): Policy[] {
  return [...policies.values()].filter((policy) => policy.kind === 'clause' && !policy.isRetired)
}

/** @param allowed ids of those that a clause knows; null is every one */
export function exemptionsOf(policies: Policies, allowed: readonly string[] | null = null): Policy[] {
  return [...policies.values()].filter(
    (policy) => policy.kind === 'exemption' && !policy.isRetired && (!allowed || allowed.includes(policy.id)),
  )
}
