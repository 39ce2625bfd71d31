import type { PriorityTerm } from '../contract/reviews.ts'
import type { AccountStatus, Severity, SourceKind } from './words.ts'

/** What the order of the queue is made of. */
export type PriorityFacts = {
  sources: readonly SourceKind[]
  /** Of the suspected clause; null while it is unsorted. */
  severity: Severity | null
  accountStatus: AccountStatus
  flagCount: number
  /** People who saw it, as far as anybody said. */
  reach: number
  /** The highest classifier score, 0 to 1. */
  score: number
  /** News reporting: context that makes a violation less likely. It lowers the priority and decides nothing. */
  isNews: boolean
  isNewAccount: boolean
  /** Of the most trusted reporter: 1 to 12, 0 where none is marked. */
  reporterWeight?: number
}

/** What each fact is worth. All whole numbers, none negative. */
export type PriorityWeights = {
  /** Only the strongest source counts: how many there are is told by the flags. */
  source: Record<SourceKind, number>
  severity: Record<Severity | 'unsorted', number>
  account: Record<AccountStatus, number>
  /** For each doubling of the number of flags, and at most. */
  flags: { each: number; most: number }
  /** For each power of ten of people reached, and at most. */
  reach: { each: number; most: number }
  /** Times the classifier's score. */
  score: number
  newAccount: number
  /** What news takes away. */
  news: number
}

/** Of an organisation that chose nothing. An account with a history weighs most while it can still post. */
export const defaultWeights: PriorityWeights = {
  source: { removal_order: 32, hash_match: 24, trusted_flagger: 20, own_initiative: 12, user_report: 8, classifier: 6 },
  severity: { critical: 28, high: 20, medium: 12, unsorted: 8, low: 6, none: 0 },
  account: { limited: 8, blocked: 6, active: 4, unknown: 2, deleted: 0 },
  flags: { each: 3, most: 12 },
  reach: { each: 2, most: 10 },
  score: 5,
  newAccount: 5,
  news: 18,
}

/** The most that all terms but the reporter's can come to together. More than 100 is refused: a priority is at most that. */
export function mostOf(weights: PriorityWeights): number {
  const { source, severity, account, flags, reach, score, newAccount } = weights
  const highest = (of: Record<string, number>) => Math.max(...Object.values(of))
  return highest(source) + highest(severity) + highest(account) + flags.most + reach.most + score + newAccount
}

/** Told even when they are worth nothing, since `factsIn` reads them. */
const alwaysTold: readonly PriorityTerm['code'][] = ['news', 'reporter']
export const newAccountMs = 30 * 86_400_000

/**
 * 0 to 100, and the terms that add up to exactly that. The greatest worth of every term but the reporter's together is
 * at most 100; a trusted reporter raises the sum, at most to 100. News lowers it, at most to 0.
 *
 * | term | worth | of an organisation that chose nothing |
 * | --- | --- | --- |
 * | source | of the strongest source | 6 (classifier) to 32 (removal order) |
 * | severity | of the suspected clause | 0 to 28, 8 while unsorted |
 * | account | by status | 0 to 8 |
 * | flags | for each doubling of their number, up to a most | 3, at most 12 |
 * | reach | for each power of ten of people reached, up to a most | 2, at most 10 |
 * | score | times the classifier's score | 5 |
 * | new_account | | 5 |
 * | reporter | the weight of the most trusted one | 1 to 12 |
 * | news | taken away | 18 |
 */
export function priorityOf(
  facts: PriorityFacts,
  weights: PriorityWeights = defaultWeights,
): { priority: number; terms: PriorityTerm[] } {
  const source = strongest(facts.sources, weights)
  const severity = facts.severity ?? 'unsorted'
  const terms: PriorityTerm[] = [
    { code: 'source', detail: source ?? '', value: source ? weights.source[source] : 0 },
    { code: 'severity', detail: severity, value: weights.severity[severity] },
    { code: 'account', detail: facts.accountStatus, value: weights.account[facts.accountStatus] },
    { code: 'flags', detail: String(facts.flagCount), value: flagsWorth(facts.flagCount, weights) },
    { code: 'reach', detail: String(facts.reach), value: reachWorth(facts.reach, weights) },
    { code: 'score', detail: String(facts.score), value: Math.round(facts.score * weights.score) },
    { code: 'new_account', detail: '', value: facts.isNewAccount ? weights.newAccount : 0 },
  ]
  const weight = facts.reporterWeight ?? 0
  const before = terms.reduce((total, term) => total + term.value, 0)
  if (weight > 0) terms.push({ code: 'reporter', detail: String(weight), value: Math.min(weight, 100 - before) })
  const sum = terms.reduce((total, term) => total + term.value, 0)
  const lowered = facts.isNews ? Math.min(weights.news, sum) : 0
  if (facts.isNews) terms.push({ code: 'news', detail: '', value: 0 - lowered })
  return { priority: sum - lowered, terms: terms.filter((term) => term.value !== 0 || alwaysTold.includes(term.code)) }
}

/** The facts that only the terms of an earlier reckoning still hold, so that a further flag can add to them. */
export function factsIn(terms: readonly PriorityTerm[]) {
  const detail = (code: PriorityTerm['code']) => Number(terms.find((term) => term.code === code)?.detail ?? 0)
  return {
    reach: detail('reach'),
    score: detail('score'),
    isNews: terms.some((term) => term.code === 'news'),
    reporterWeight: detail('reporter'),
  }
}

/** Whether an account was opened within the 30 days before `at`. */
export function isNewAccount(createdAt: Date | null, at: Date): boolean {
  return createdAt !== null && at.getTime() - createdAt.getTime() < newAccountMs
}

function strongest(sources: readonly SourceKind[], { source }: PriorityWeights): SourceKind | undefined {
  return sources.toSorted((a, b) => source[b] - source[a])[0]
}

function flagsWorth(count: number, { flags }: PriorityWeights): number {
  return Math.min(flags.each * (31 - Math.clz32(Math.max(count, 1))), flags.most)
}

function reachWorth(people: number, { reach }: PriorityWeights): number {
  return Math.min(reach.each * (String(people).length - 1), reach.most)
}
