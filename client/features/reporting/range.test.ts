import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, against, daysIn, eachDay, isDay, periodOf, shapeOf, step, toSpans } from './range.ts'

/** Four weeks may be a whole February, and then go on by months. */
const shaped = ['7d', 'month', 'quarter'] as const
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('periods', () => {
  it('are whole months and quarters, also in February', () => {
    expect(periodOf('month', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
    expect(periodOf('quarter', '2026-11-22')).toEqual({ from: '2026-10-01', to: '2026-12-31' })
    expect(periodOf('28d', '2026-03-01')).toEqual({ from: '2026-02-02', to: '2026-03-01' })
  })

  it('have one day where clocks change', () => {
    expect(daysIn({ from: '2026-03-28', to: '2026-03-30' })).toBe(3)
    expect(eachDay({ from: '2026-10-24', to: '2026-10-26' })).toEqual(['2026-10-24', '2026-10-25', '2026-10-26'])
  })

  it('are held against the month, the quarter or the days before', () => {
    expect(against({ from: '2026-03-01', to: '2026-03-31' }, 'before')).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    })
    expect(against({ from: '2026-01-01', to: '2026-03-31' }, 'before')).toEqual({
      from: '2025-10-01',
      to: '2025-12-31',
    })
    expect(against({ from: '2026-06-03', to: '2026-06-09' }, 'before')).toEqual({
      from: '2026-05-27',
      to: '2026-06-02',
    })
    expect(against({ from: '2026-02-01', to: '2026-02-28' }, 'year')).toEqual({ from: '2025-02-01', to: '2025-02-28' })
    expect(against({ from: '2029-02-01', to: '2029-02-28' }, 'year')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
    expect(against({ from: '2026-06-03', to: '2026-06-09' }, 'none')).toBeNull()
  })

  it('keep their shape through any steps, forth and back', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...shaped), fc.integer({ min: 1, max: 30 }), (today, preset, times) => {
        const period = periodOf(preset, today)
        let there = period
        for (let n = 0; n < times; n += 1) {
          const next = step(there, -1)
          expect(addDays(next.to, 1)).toBe(there.from)
          expect(shapeOf(next)).toBe(shapeOf(period))
          there = next
        }
        for (let n = 0; n < times; n += 1) there = step(there, 1)
        expect(there).toEqual(period)
      }),
      { numRuns: 100 },
    )
  })

  it('are cut into spans that hold each day once', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 }), (from, length) => {
        const period = { from, to: addDays(from, length) }
        expect(toSpans(period).flatMap(eachDay)).toEqual(eachDay(period))
      }),
      { numRuns: 100 },
    )
  })
})

describe('isDay', () => {
  it('knows the calendar', () => {
    expect(['2026-06-30', '2028-02-29'].every(isDay)).toBe(true)
    expect(['2026-02-30', '2026-6-1', '0001-01-01', '', 20260601, undefined].some(isDay)).toBe(false)
  })
})
