import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  follows,
  nextStep,
  type StrikeLadder,
  StrikeLadder as StrikeLadderSchema,
  stepAt,
  strikesOf,
  usualLadder,
} from './strikes.ts'
import { AccountStatus } from './words.ts'

const dayMs = 86_400_000
const now = new Date('2026-11-22T12:00:00Z')
const ago = (days: number) => new Date(now.getTime() - days * dayMs)

const decision = fc.record({
  outcome: fc.constantFrom('violation', 'no_violation', 'exempt'),
  weight: fc.nat(10),
  decidedAt: fc.integer({ min: -30, max: 800 }).map(ago),
  isStanding: fc.boolean(),
})
const ladder: fc.Arbitrary<StrikeLadder> = fc.record({
  windowDays: fc.integer({ min: 1, max: 700 }),
  steps: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }).map((at) =>
    at
      .sort((one, other) => one - other)
      .map((strikes, nth) => ({
        strikes,
        kind: (['warn', 'limit', 'block'] as const)[nth % 3]!,
        days: nth % 3 ? 7 : null,
      })),
  ),
})

describe('strikes', () => {
  it('are the weights of the violations that stand and are younger than the window, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(decision), ladder, (decisions, { windowDays }) => {
        let plain = 0
        for (const { outcome, weight, decidedAt, isStanding } of decisions) {
          const ageDays = (now.getTime() - decidedAt.getTime()) / dayMs
          if (outcome === 'violation' && isStanding && ageDays < windowDays) plain += weight
        }
        expect(strikesOf(decisions, { windowDays }, now)).toBe(plain)
        expect(strikesOf(decisions.toReversed(), { windowDays }, now)).toBe(plain)
      }),
    )
  })

  it('never rise by what is taken back, corrected or grown old', () => {
    fc.assert(
      fc.property(fc.array(decision), ladder, fc.nat(), fc.nat(400), (decisions, { windowDays }, which, laterDays) => {
        const before = strikesOf(decisions, { windowDays }, now)
        const fallen = decisions.map((each, at) =>
          at === which % decisions.length ? { ...each, isStanding: false } : each,
        )
        expect(strikesOf(fallen, { windowDays }, now)).toBeLessThanOrEqual(before)
        const later = new Date(now.getTime() + laterDays * dayMs)
        expect(strikesOf(decisions, { windowDays }, later)).toBeLessThanOrEqual(before)
      }),
    )
  })
})

describe('the ladder', () => {
  it('gives the highest step that is reached, and never a lower one for more strikes', () => {
    fc.assert(
      fc.property(ladder, fc.nat(60), fc.nat(60), ({ steps }, strikes, more) => {
        const step = stepAt({ steps }, strikes)
        expect(step).toEqual(steps.filter((each) => each.strikes <= strikes).at(-1) ?? null)
        const higher = stepAt({ steps }, strikes + more)
        expect(higher?.strikes ?? 0).toBeGreaterThanOrEqual(step?.strikes ?? 0)
      }),
    )
  })

  it('says nothing of what adds no strikes, nor less than what holds already', () => {
    fc.assert(
      fc.property(
        ladder,
        fc.nat(40),
        fc.nat(10),
        fc.constantFrom(...AccountStatus.options),
        (of, before, added, status) => {
          const step = nextStep(of, { before, added, status })
          if (added === 0 || status === 'deleted') expect(step).toBeNull()
          if (step) expect(step).toEqual(stepAt(of, before + added))
          if (status === 'blocked') expect([undefined, 'block', 'terminate']).toContain(step?.kind)
          if (status === 'active' && added > 0) expect(step).toEqual(stepAt(of, before + added))
        },
      ),
    )
  })

  it.each([
    [2, 1, null],
    [2, 2, 'limit'],
    [5, 2, 'block'],
    [9, 1, 'terminate'],
  ])('as it comes leads from %i strikes and %i more to %s', (before, added, kind) => {
    expect(nextStep(usualLadder, { before, added, status: 'active' })?.kind ?? null).toBe(kind)
  })

  it('is followed by the same measure for as many days, give or take one', () => {
    const [limit, , terminate] = usualLadder.steps
    const lasting = (days: number) => [
      { target: 'account' as const, kind: 'limit', endsAt: new Date(now.getTime() + days * dayMs).toISOString() },
    ]
    expect([6, 7, 8].map((days) => follows(limit!, lasting(days), now))).toEqual([true, true, true])
    expect([1, 30].map((days) => follows(limit!, lasting(days), now))).toEqual([false, false])
    expect(follows(limit!, [{ target: 'account', kind: 'limit' }], now)).toBe(false)
    expect(follows(limit!, [{ target: 'post', kind: 'limit' }], now)).toBe(false)
    expect(follows(terminate!, [{ target: 'account', kind: 'terminate' }], now)).toBe(true)
  })

  it('has rising steps, and an end only where there is one', () => {
    const [limit] = usualLadder.steps
    const isValid = (steps: StrikeLadder['steps']) => StrikeLadderSchema.safeParse({ windowDays: 365, steps }).success
    expect(isValid(usualLadder.steps)).toBe(true)
    expect(isValid([])).toBe(true)
    expect(isValid([limit!, limit!])).toBe(false)
    expect(isValid([{ strikes: 1, kind: 'warn', days: 3 }])).toBe(false)
  })
})
