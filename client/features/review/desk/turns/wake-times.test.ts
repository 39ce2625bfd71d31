import { describe, expect, it } from 'vitest'
import { isEveningPast, type Wake, wakeTime } from './wake-times.ts'

const local = (text: string) => new Date(text)

describe('the end of a hold', () => {
  it.each<[Wake, string]>([
    ['hour', '2026-03-10T11:31:00'],
    ['evening', '2026-03-10T18:00:00'],
    ['morning', '2026-03-11T09:00:00'],
    ['days', '2026-03-13T09:00:00'],
    ['week', '2026-03-17T09:00:00'],
  ])('%s is at a whole minute ahead', (wake, expected) => {
    expect(wakeTime(wake, local('2026-03-10T10:30:20'))).toEqual(local(expected))
  })

  it('is left to the person for a time of their own', () => {
    expect(wakeTime('own', new Date())).toBeNull()
  })

  it('is the evening of the next day once this one has begun', () => {
    expect(isEveningPast(local('2026-03-10T17:29:00'))).toBe(false)
    expect(isEveningPast(local('2026-03-10T17:31:00'))).toBe(true)
    expect(wakeTime('evening', local('2026-03-10T21:00:00'))).toEqual(local('2026-03-11T18:00:00'))
  })
})
