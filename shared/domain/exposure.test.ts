import { expect, it } from 'vitest'
import { blankHouseCare, blankOwnCare, dailyReveals } from './exposure.ts'

it.each([
  [null, 120, 120],
  [30, 120, 30],
  [500, 120, 120],
  [30, null, 30],
  [null, null, null],
])('lets a person ask for less than the organisation and never for more: %s of %s', (own, house, budget) => {
  const limits = [
    { ...blankOwnCare, dailyReveals: own },
    { ...blankHouseCare, dailyReveals: house },
  ] as const
  expect(dailyReveals(...limits)).toBe(budget)
})
