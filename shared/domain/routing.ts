import type { AccountStatus, SourceKind } from './words.ts'

/** What a flag must show for a rule to fit. An empty list and null ask nothing. */
export type RuleConditions = {
  /** A clause (`tve.recruitment`), all whose ids begin so (`tve.`), a section (`section:2`), or `unsorted`. */
  clauses: readonly string[]
  sources: readonly SourceKind[]
  /** `ru` stands for `ru-KZ` too. */
  languages: readonly string[]
  platforms: readonly string[]
  accountStatuses: readonly AccountStatus[]
  reachMin: number | null
  scoreMin: number | null
}

export type RoutingRule = {
  /** Stays the same from version to version. */
  id: string
  name: string
  queueId: string
  when: RuleConditions
}

/** The first rule that fits wins; what none fits waits in the last resort. */
export type RuleSet = { rules: readonly RoutingRule[]; lastResortId: string }

/** What rules look at, of one flag and of what it speaks of. */
export type RoutedFacts = {
  policyId: string | null
  sourceKind: SourceKind
  language: string | null
  platform: string
  accountStatus: AccountStatus
  reach: number | null
  score: number | null
}

/** `ruleId` null: no rule fitted. */
export type Route = { queueId: string; ruleId: string | null }

type Around = {
  /** The section of each clause, by its id. */
  sectionOf: ReadonlyMap<string, string>
  /** The only languages that a queue takes; none named, or no entry: every one. */
  languagesOf: ReadonlyMap<string, readonly string[]>
}

/**
 * Makes a rule set ready for many flags. Each flag gets exactly one queue. A queue that takes some languages only is
 * passed over for a flag in another; where nobody said the language, none is passed over for it.
 */
export function compileRules({ rules, lastResortId }: RuleSet, { sectionOf, languagesOf }: Around) {
  const tests = rules.map((rule) => ({ rule, fits: compileConditions(rule, languagesOf.get(rule.queueId) ?? []) }))
  const byClause = new Map<string | null, typeof tests>()

  /** The rules that speak of a clause: asked once for each clause, not for each flag. */
  function rulesFor(policyId: string | null) {
    const known = byClause.get(policyId)
    if (known) return known
    const found = tests.filter(({ rule }) => fitsClause(rule.when.clauses, policyId, sectionOf))
    byClause.set(policyId, found)
    return found
  }

  return (facts: RoutedFacts): Route => {
    const found = rulesFor(facts.policyId).find(({ fits }) => fits(facts))
    return found ? { queueId: found.rule.queueId, ruleId: found.rule.id } : { queueId: lastResortId, ruleId: null }
  }
}

function compileConditions({ when }: RoutingRule, taken: readonly string[]): (facts: RoutedFacts) => boolean {
  const tests: ((facts: RoutedFacts) => boolean)[] = []
  const { sources, languages, platforms, accountStatuses, reachMin, scoreMin } = when
  if (sources.length > 0) tests.push((facts) => sources.includes(facts.sourceKind))
  if (languages.length > 0) tests.push(({ language }) => language !== null && isAmong(language, languages))
  if (taken.length > 0) tests.push(({ language }) => language === null || isAmong(language, taken))
  if (platforms.length > 0) tests.push((facts) => platforms.includes(facts.platform))
  if (accountStatuses.length > 0) tests.push((facts) => accountStatuses.includes(facts.accountStatus))
  if (reachMin !== null) tests.push(({ reach }) => reach !== null && reach >= reachMin)
  // As scores are kept: in single precision.
  if (scoreMin !== null) tests.push(({ score }) => score !== null && Math.fround(score) >= Math.fround(scoreMin))
  return (facts) => tests.every((test) => test(facts))
}

export const sectionToken = (code: string) => `section:${code}`

function fitsClause(clauses: readonly string[], policyId: string | null, sectionOf: ReadonlyMap<string, string>) {
  if (clauses.length === 0) return true
  if (policyId === null) return clauses.includes('unsorted')
  const section = sectionOf.get(policyId)
  return clauses.some(
    (token) =>
      token === policyId ||
      (token.endsWith('.') && policyId.startsWith(token)) ||
      (section !== undefined && token === sectionToken(section)),
  )
}

/** Whether a language is one of these, or a variety of one. */
export function isAmong(language: string, languages: readonly string[]): boolean {
  const wanted = language.toLowerCase()
  return languages.some((each) => {
    const known = each.toLowerCase()
    return wanted === known || wanted.startsWith(`${known}-`)
  })
}

/** Such a rule would take everything that the rules above it leave. */
export function asksNothing({ when }: Pick<RoutingRule, 'when'>): boolean {
  const { reachMin, scoreMin, ...lists } = when
  return reachMin === null && scoreMin === null && Object.values(lists).every((list) => list.length === 0)
}

export type RuleDifference = { rule: RoutingRule; kind: 'added' | 'removed' | 'changed' | 'moved' }

/** What one set has that another has not, rule by rule; `moved` stands in another order among those that both have. */
export function compareRules(before: RuleSet, after: RuleSet): RuleDifference[] {
  const old = new Map(before.rules.map((rule) => [rule.id, rule]))
  const now = new Set(after.rules.map(({ id }) => id))
  const kept = before.rules.filter(({ id }) => now.has(id)).map(({ id }) => id)
  const order = after.rules.filter(({ id }) => old.has(id)).map(({ id }) => id)
  const differences = after.rules.flatMap((rule): RuleDifference[] => {
    const earlier = old.get(rule.id)
    if (!earlier) return [{ rule, kind: 'added' }]
    if (!isSameRule(earlier, rule)) return [{ rule, kind: 'changed' }]
    return kept.indexOf(rule.id) === order.indexOf(rule.id) ? [] : [{ rule, kind: 'moved' }]
  })
  const removed = before.rules.filter(({ id }) => !now.has(id)).map((rule) => ({ rule, kind: 'removed' as const }))
  return [...differences, ...removed]
}

function isSameRule(a: RoutingRule, b: RoutingRule): boolean {
  const text = ({ name, queueId, when }: RoutingRule) =>
    JSON.stringify([
      name,
      queueId,
      when.clauses,
      when.sources,
      when.languages,
      when.platforms,
      when.accountStatuses,
      when.reachMin,
      when.scoreMin,
    ])
  return text(a) === text(b)
}
