import { describe, expect, it } from 'vitest'
import { wilson } from './intervals.ts'

describe('wilson', () => {
  it.each([
    // Newcombe, Statistics in Medicine 17 (1998), table I.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('holds the share of %i in %i', (k, n, low, high) => {
    const interval = wilson(k, n)!
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  it('is the same from the other side', () => {
    const [some, others] = [wilson(15, 148)!, wilson(133, 148)!]
    expect(others.high).toBeCloseTo(1 - some.low, 12)
    expect(others.low).toBeCloseTo(1 - some.high, 12)
    expect(wilson(20, 20)!.high).toBe(1)
  })

  it('says nothing of nothing', () => {
    expect(wilson(0, 0)).toBeNull()
  })
})
