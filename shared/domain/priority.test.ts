import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultWeights, factsIn, isNewAccount, mostOf, type PriorityFacts, priorityOf } from './priority.ts'
import { AccountStatus, Severity, SourceKind } from './words.ts'

const plain: PriorityFacts = {
  sources: ['user_report'],
  severity: 'medium',
  accountStatus: 'active',
  flagCount: 1,
  reach: 0,
  score: 0,
  isNews: false,
  isNewAccount: false,
}

const anyFacts: fc.Arbitrary<PriorityFacts> = fc.record({
  sources: fc.subarray([...SourceKind.options], { minLength: 1 }),
  severity: fc.option(fc.constantFrom(...Severity.options)),
  accountStatus: fc.constantFrom(...AccountStatus.options),
  flagCount: fc.integer({ min: 1, max: 2_000_000 }),
  reach: fc.maxSafeNat(),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  isNews: fc.boolean(),
  isNewAccount: fc.boolean(),
})

const of = (facts: Partial<PriorityFacts>) => priorityOf({ ...plain, ...facts }).priority

describe('priorityOf', () => {
  it('stays within 0 and 100', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { priority } = priorityOf(facts)
        expect(Number.isInteger(priority)).toBe(true)
        expect(priority).toBeGreaterThanOrEqual(0)
        expect(priority).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('is the sum of its terms', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { priority, terms } = priorityOf(facts)
        expect(terms.reduce((sum, term) => sum + term.value, 0)).toBe(priority)
      }),
    )
  })

  it('never falls when flags, reach, score or a source are added', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (facts, more) => {
        const grown = {
          ...facts,
          sources: [...new Set([...facts.sources, ...more.sources])],
          flagCount: facts.flagCount + more.flagCount,
          reach: Math.max(facts.reach, more.reach),
          score: Math.max(facts.score, more.score),
        }
        expect(priorityOf(grown).priority).toBeGreaterThanOrEqual(priorityOf(facts).priority)
      }),
    )
  })

  it('never rises with news', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const news = priorityOf({ ...facts, isNews: true }).priority
        expect(news).toBeLessThanOrEqual(priorityOf({ ...facts, isNews: false }).priority)
      }),
    )
  })

  it('can be taken up again from its terms', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { priority, terms } = priorityOf(facts)
        expect(priorityOf({ ...facts, ...factsIn(terms) }).priority).toBe(priority)
      }),
    )
  })

  it('reaches 100 when everything speaks for haste', () => {
    const worst = {
      sources: ['removal_order'] as const,
      severity: 'critical' as const,
      accountStatus: 'limited' as const,
      flagCount: 16,
      reach: 100_000,
      score: 1,
      isNewAccount: true,
    }
    expect(of(worst)).toBe(100)
    expect(of({ ...worst, isNews: true })).toBe(82)
  })

  it('stays a sum within 0 and 100 under any weights that come to no more', () => {
    const worth = fc.integer({ min: 0, max: 14 })
    const each = fc.record({ each: worth, most: worth })
    const anyWeights = fc.record({
      source: fc.record({
        removal_order: worth,
        hash_match: worth,
        trusted_flagger: worth,
        own_initiative: worth,
        user_report: worth,
        classifier: worth,
      }),
      severity: fc.record({ critical: worth, high: worth, medium: worth, unsorted: worth, low: worth, none: worth }),
      account: fc.record({ limited: worth, blocked: worth, active: worth, unknown: worth, deleted: worth }),
      flags: each,
      reach: each,
      score: worth,
      newAccount: worth,
      news: worth,
    })
    fc.assert(
      fc.property(anyFacts, anyWeights, (facts, weights) => {
        expect(mostOf(weights)).toBeLessThanOrEqual(100)
        const { priority, terms } = priorityOf({ ...facts, reporterWeight: 12 }, weights)
        expect(terms.reduce((sum, term) => sum + term.value, 0)).toBe(priority)
        expect(priority).toBeGreaterThanOrEqual(0)
        expect(priority).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('comes to 100 by its first weights', () => {
    expect(mostOf(defaultWeights)).toBe(100)
  })

  it('puts an order before a trusted flagger before a user', () => {
    const order = of({ sources: ['removal_order'] })
    const trusted = of({ sources: ['user_report', 'trusted_flagger'] })
    expect([order, trusted, of({})]).toEqual([48, 36, 24])
  })

  it('looks at what nobody sorted before what is low', () => {
    expect(of({ severity: null })).toBeGreaterThan(of({ severity: 'low' }))
  })
})

describe('isNewAccount', () => {
  it('ends after thirty days', () => {
    const at = new Date('2026-07-30T00:00:00Z')
    expect(isNewAccount(new Date('2026-07-01T00:00:00Z'), at)).toBe(true)
    expect(isNewAccount(new Date('2026-06-30T00:00:00Z'), at)).toBe(false)
    expect(isNewAccount(null, at)).toBe(false)
  })
})
