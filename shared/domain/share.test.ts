import { describe, expect, it } from 'vitest'
import { shareOf } from './share.ts'

/** Published values of the score interval without continuity correction (Newcombe 1998, table I, method 3). */
const known = [
  { hits: 81, of: 263, low: 0.2553, high: 0.3662 },
  { hits: 15, of: 148, low: 0.0624, high: 0.1605 },
  { hits: 0, of: 20, low: 0, high: 0.1611 },
  { hits: 1, of: 29, low: 0.0061, high: 0.1718 },
]

describe('shareOf', () => {
  it.each(known)('gives the known interval of $hits in $of', ({ hits, of, low, high }) => {
    const share = shareOf(hits, of)!
    expect(share.share).toBeCloseTo(hits / of, 10)
    expect(share.low).toBeCloseTo(low, 4)
    expect(share.high).toBeCloseTo(high, 4)
  })

  it('mirrors when hits and misses change places', () => {
    const [one, other] = [shareOf(3, 17)!, shareOf(14, 17)!]
    expect(one.low).toBeCloseTo(1 - other.high, 10)
    expect(one.high).toBeCloseTo(1 - other.low, 10)
  })

  it('reaches 1 when all were hits, and says nothing of none', () => {
    expect(shareOf(5, 5)).toMatchObject({ share: 1, high: 1 })
    expect(shareOf(0, 0)).toBeNull()
  })
})
