import { describe, expect, it } from 'vitest'
import { baseStatus, heldBy, holdStart, statusAfterChange } from './account-hold.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 12, minute))

describe('heldBy', () => {
  it('goes by the strongest measure', () => {
    expect(heldBy(['warn', 'limit', 'block'])).toBe('blocked')
    expect(heldBy(['terminate', 'limit'])).toBe('deleted')
  })

  it('is nothing by a warning or a measure on the post', () => {
    expect(heldBy(['warn', 'remove'])).toBeNull()
  })
})

describe('statusAfterChange', () => {
  const none: string[] = []

  it('returns to what the account was before', () => {
    const change = { base: 'active', before: ['block'], after: none, begun: none } as const
    expect(statusAfterChange({ status: 'blocked', ...change })).toBe('active')
  })

  it('returns only as far as another measure lets it', () => {
    const change = { base: 'active', before: ['block', 'limit'], after: ['limit'], begun: none } as const
    expect(statusAfterChange({ status: 'blocked', ...change })).toBe('limited')
  })

  it('leaves what somebody else has stated since', () => {
    const change = { base: 'active', before: ['block'], after: none, begun: none } as const
    expect(statusAfterChange({ status: 'deleted', ...change })).toBe('deleted')
    expect(statusAfterChange({ status: 'limited', ...change })).toBe('limited')
  })

  it('takes the place of the measure it replaces in one step', () => {
    const change = { base: 'active', before: ['block'], after: ['limit'], begun: ['limit'] } as const
    expect(statusAfterChange({ status: 'blocked', ...change })).toBe('limited')
    expect(statusAfterChange({ status: 'active', ...change })).toBe('limited')
  })

  it('never betters a status by a weaker measure', () => {
    const change = { base: 'blocked', before: none, after: ['limit'], begun: ['limit'] } as const
    expect(statusAfterChange({ status: 'blocked', ...change })).toBe('blocked')
  })
})

describe('holdStart', () => {
  it('goes back through measures that followed each other', () => {
    const intervals = [
      { from: at(1), to: at(4) },
      { from: at(4), to: at(9) },
      { from: at(9), to: null },
    ]
    expect(holdStart(intervals, at(20))).toEqual(at(1))
  })

  it('stops at a gap', () => {
    const intervals = [
      { from: at(1), to: at(4) },
      { from: at(5), to: null },
    ]
    expect(holdStart(intervals, at(20))).toEqual(at(5))
    expect(holdStart([{ from: at(1), to: at(4) }], at(20))).toEqual(at(20))
  })
})

describe('baseStatus', () => {
  it('is what others stated before the hold, in whatever order it is given', () => {
    const stated = [
      { status: 'limited', since: at(3) },
      { status: 'active', since: at(1) },
    ] as const
    expect(baseStatus(stated, at(4))).toBe('limited')
    expect(baseStatus(stated, at(2))).toBe('active')
  })

  it('takes a block stated during ours for its echo, a deletion for the truth', () => {
    const before = { status: 'active', since: at(1) } as const
    expect(baseStatus([before, { status: 'blocked', since: at(5) }], at(4))).toBe('active')
    expect(baseStatus([before, { status: 'deleted', since: at(5) }], at(4))).toBe('deleted')
  })

  it('is unknown when nobody said anything', () => {
    expect(baseStatus([], at(4))).toBe('unknown')
  })
})
