import { expect, it } from 'vitest'
import { instantOf, wallOf } from './wall-clock.ts'

it.each([
  ['UTC', '2026-07-02T13:52', '2026-07-02T13:52:00.000Z'],
  ['Asia/Almaty', '2026-07-02T13:52', '2026-07-02T08:52:00.000Z'],
  ['America/New_York', '2026-01-15T00:30', '2026-01-15T05:30:00.000Z'],
  ['Asia/Kathmandu', '2026-07-02T05:00', '2026-07-01T23:15:00.000Z'],
])('tells the moment at which clocks in %s show %s', (zone, wall, instant) => {
  expect(instantOf(wall, zone)).toBe(instant)
  expect(wallOf(instant, zone)).toBe(wall)
})

it('takes an hour that there is not for the one after the leap', () => {
  expect(wallOf(instantOf('2026-03-29T02:30', 'Europe/Berlin'), 'Europe/Berlin')).toMatch(/^2026-03-29T0[13]:30$/)
})

it('goes there and back in the zone of the viewer', () => {
  expect(wallOf(instantOf('2026-07-02T13:52', null), null)).toBe('2026-07-02T13:52')
})
