import { describe, expect, it } from 'vitest'
import { dueAt, targetOf } from './due.ts'

const hour = 3_600_000
const flagged = new Date('2026-07-02T10:00:00Z')

describe('dueAt', () => {
  it('counts from the time of the flag', () => {
    const received = new Date('2026-07-02T15:00:00Z')
    expect(dueAt(flagged, received, 24 * hour)).toEqual(new Date('2026-07-03T10:00:00Z'))
  })

  it('does not believe a time after its arrival', () => {
    const received = new Date('2026-07-02T09:00:00Z')
    expect(dueAt(flagged, received, hour)).toEqual(flagged)
  })
})

describe('targetOf', () => {
  const queue = (targetMs: number, sourceTargets = {}) => ({ targetMs, sourceTargets })

  it('gives a removal order one hour in any queue', () => {
    expect(targetOf('removal_order', queue(72 * hour))).toBe(hour)
    expect(targetOf('removal_order', queue(hour / 2))).toBe(hour / 2)
    expect(targetOf('user_report', queue(72 * hour))).toBe(72 * hour)
  })

  it('gives a source the time of its own, and an order never more than its hour', () => {
    const targets = queue(72 * hour, { trusted_flagger: 4 * hour, removal_order: 5 * hour })
    expect(targetOf('trusted_flagger', targets)).toBe(4 * hour)
    expect(targetOf('classifier', targets)).toBe(72 * hour)
    expect(targetOf('removal_order', targets)).toBe(hour)
  })
})
