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

/** Only the strongest source counts: how many there are is told by the flags. */
const sourceWorth: Record<SourceKind, number> = {
  removal_order: 32,
  hash_match: 24,
  trusted_flagger: 20,
  own_initiative: 12,
  user_report: 8,
  classifier: 6,
}

const severityWorth: Record<Severity | 'unsorted', number> = {
  critical: 28,
  high: 20,
  medium: 12,
  unsorted: 8,
  low: 6,
  none: 0,
}

/** An account with a history weighs most while it can still post, least when it is gone. */
const accountWorth: Record<AccountStatus, number> = { limited: 8, blocked: 6, active: 4, unknown: 2, deleted: 0 }

const most = { flags: 12, reach: 10, score: 5 }
const newAccountWorth = 5
/** Told even when they are worth nothing, since `factsIn` reads them. */
const alwaysTold: readonly PriorityTerm['code'][] = ['news', 'reporter']
/** What news takes away. */
const newsWorth = 18
export const newAccountMs = 30 * 86_400_000

/**
 * 0 to 100, and the terms that add up to exactly that. The greatest worth of every term but the reporter's together is
 * 100; a trusted reporter raises the sum, at most to 100. News lowers it, at most to 0.
 *
 * | term | worth |
 * | --- | --- |
 * | source | the strongest source: 6 (classifier) to 32 (removal order) |
 * | severity | of the suspected clause: 0 to 28, 8 while unsorted |
 * | account | 0 to 8 by status |
 * | flags | 3 for each doubling of their number, at most 12 |
 * | reach | 2 for each power of ten of people reached, at most 10 |
 * | score | 5 times the classifier's score |
 * | new_account | 5 |
 * | reporter | the weight of the most trusted one: 1 to 12 |
 * | news | -18 |
 */
export function priorityOf(facts: PriorityFacts): { priority: number; terms: PriorityTerm[] } {
  const source = strongest(facts.sources)
  const severity = facts.severity ?? 'unsorted'
  const terms: PriorityTerm[] = [
    { code: 'source', detail: source ?? '', value: source ? sourceWorth[source] : 0 },
    { code: 'severity', detail: severity, value: severityWorth[severity] },
    { code: 'account', detail: facts.accountStatus, value: accountWorth[facts.accountStatus] },
    { code: 'flags', detail: String(facts.flagCount), value: flagsWorth(facts.flagCount) },
    { code: 'reach', detail: String(facts.reach), value: reachWorth(facts.reach) },
    { code: 'score', detail: String(facts.score), value: Math.round(facts.score * most.score) },
    { code: 'new_account', detail: '', value: facts.isNewAccount ? newAccountWorth : 0 },
  ]
  const weight = facts.reporterWeight ?? 0
  const before = terms.reduce((total, term) => total + term.value, 0)
  if (weight > 0) terms.push({ code: 'reporter', detail: String(weight), value: Math.min(weight, 100 - before) })
  const sum = terms.reduce((total, term) => total + term.value, 0)
  const lowered = facts.isNews ? Math.min(newsWorth, sum) : 0
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

function strongest(sources: readonly SourceKind[]): SourceKind | undefined {
  return sources.toSorted((a, b) => sourceWorth[b] - sourceWorth[a])[0]
}

function flagsWorth(count: number): number {
  return Math.min(3 * (31 - Math.clz32(Math.max(count, 1))), most.flags)
}

function reachWorth(people: number): number {
  return Math.min(2 * (String(people).length - 1), most.reach)
}
