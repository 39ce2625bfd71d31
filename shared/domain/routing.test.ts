import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asksNothing, compareRules, compileRules, type RoutedFacts, type RoutingRule, type RuleSet } from './routing.ts'
import { AccountStatus, SourceKind } from './words.ts'

const clauses = ['tve.recruitment', 'tve.threat-to-life', 'tve.threat', 'hate.slur', 'harm.selfharm']
const sectionOf = new Map(clauses.map((id) => [id, id.startsWith('tve.') ? '2' : '4']))
const queues = ['urgent', 'extremism', 'hate', 'general']
const languages = ['ru', 'ru-KZ', 'kk', 'ar', 'en']

const anyFacts: fc.Arbitrary<RoutedFacts> = fc.record({
  policyId: fc.option(fc.constantFrom(...clauses)),
  sourceKind: fc.constantFrom(...SourceKind.options),
  language: fc.option(fc.constantFrom(...languages)),
  platform: fc.constantFrom('vk', 'telegram'),
  accountStatus: fc.constantFrom(...AccountStatus.options),
  reach: fc.option(fc.integer({ min: 0, max: 5_000 })),
  score: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
})

const some = <Value>(...of: Value[]) => fc.subarray(of, { maxLength: Math.min(2, of.length) })
const anyRule: fc.Arbitrary<RoutingRule> = fc.record({
  id: fc.uuid(),
  name: fc.constant(''),
  queueId: fc.constantFrom(...queues),
  when: fc.record({
    clauses: some('tve.', 'hate.slur', 'section:2', 'section:4', 'unsorted', 'tve.threat'),
    sources: some(...SourceKind.options),
    languages: some('ru', 'kk', 'en'),
    platforms: some('vk'),
    accountStatuses: some(...AccountStatus.options),
    reachMin: fc.option(fc.integer({ min: 0, max: 5_000 })),
    scoreMin: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  }),
})
const anySet: fc.Arbitrary<RuleSet> = fc.record({
  rules: fc.uniqueArray(anyRule, { maxLength: 12, selector: ({ id }) => id }),
  lastResortId: fc.constantFrom(...queues),
})
const anyTaken = fc.dictionary(fc.constantFrom(...queues), some('ru', 'kk')).map((of) => new Map(Object.entries(of)))

/** The rule as it is told to people, condition by condition. */
function fits({ when, queueId }: RoutingRule, facts: RoutedFacts, taken: ReadonlyMap<string, string[]>): boolean {
  const { language, policyId, reach, score } = facts
  const speaks = (codes: readonly string[]) =>
    language !== null && codes.some((code) => language === code || language.startsWith(`${code}-`))
  const names = (token: string) => {
    if (token === 'unsorted') return policyId === null
    if (policyId === null) return false
    if (token.startsWith('section:')) return sectionOf.get(policyId) === token.slice(8)
    return token.endsWith('.') ? policyId.startsWith(token) : token === policyId
  }
  const only = taken.get(queueId) ?? []
  return [
    when.clauses.length === 0 || when.clauses.some(names),
    when.sources.length === 0 || when.sources.includes(facts.sourceKind),
    when.languages.length === 0 || speaks(when.languages),
    only.length === 0 || language === null || speaks(only),
    when.platforms.length === 0 || when.platforms.includes(facts.platform),
    when.accountStatuses.length === 0 || when.accountStatuses.includes(facts.accountStatus),
    when.reachMin === null || (reach !== null && reach >= when.reachMin),
    when.scoreMin === null || (score !== null && Math.fround(score) >= Math.fround(when.scoreMin)),
  ].every(Boolean)
}

describe('compileRules', () => {
  it('gives each flag exactly one queue: that of the first rule that fits, or else the last resort', () => {
    fc.assert(
      fc.property(anySet, fc.array(anyFacts, { minLength: 1, maxLength: 20 }), anyTaken, (set, flags, taken) => {
        const route = compileRules(set, { sectionOf, languagesOf: taken })
        for (const facts of flags) {
          const first = set.rules.find((rule) => fits(rule, facts, taken))
          const expected = first
            ? { queueId: first.queueId, ruleId: first.id }
            : { queueId: set.lastResortId, ruleId: null }
          expect(route(facts)).toEqual(expected)
          expect(route(facts)).toEqual(expected)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('takes a clause by its own name only, and what begins so by a dot', () => {
    const rule = (token: string): RuleSet => ({
      rules: [
        {
          id: 'a',
          name: '',
          queueId: 'urgent',
          when: {
            clauses: [token],
            sources: [],
            languages: [],
            platforms: [],
            accountStatuses: [],
            reachMin: null,
            scoreMin: null,
          },
        },
      ],
      lastResortId: 'general',
    })
    const flag = (policyId: string): RoutedFacts => ({
      policyId,
      sourceKind: 'user_report',
      language: null,
      platform: 'vk',
      accountStatus: 'active',
      reach: null,
      score: null,
    })
    const ask = (token: string, policyId: string) =>
      compileRules(rule(token), { sectionOf, languagesOf: new Map() })(flag(policyId)).queueId
    expect(ask('tve.threat', 'tve.threat')).toBe('urgent')
    expect(ask('tve.threat', 'tve.threat-to-life')).toBe('general')
    expect(ask('tve.', 'tve.threat-to-life')).toBe('urgent')
    expect(ask('section:4', 'hate.slur')).toBe('urgent')
  })
})

describe('compareRules', () => {
  it('finds nothing between a set and itself, and everything between it and an empty one', () => {
    fc.assert(
      fc.property(anySet, (set) => {
        const empty = { ...set, rules: [] }
        expect(compareRules(set, set)).toEqual([])
        expect(compareRules(empty, set).map(({ kind }) => kind)).toEqual(set.rules.map(() => 'added'))
        expect(compareRules(set, empty).map(({ kind }) => kind)).toEqual(set.rules.map(() => 'removed'))
      }),
    )
  })
})

describe('asksNothing', () => {
  it('knows a rule that would take everything', () => {
    fc.assert(
      fc.property(anyRule, anyFacts, (rule, facts) => {
        if (asksNothing(rule)) expect(fits(rule, facts, new Map())).toBe(true)
      }),
    )
  })
})
