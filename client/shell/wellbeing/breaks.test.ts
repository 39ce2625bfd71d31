import { describe, expect, it } from 'vitest'
import { laterMs, noteUse, onDay, reasonFor, restMs, type Stretch, startStretch } from './breaks.ts'

const minute = 60_000
const limits = { isPrompted: true, minutes: 60, items: 10 }
const day = '2026-07-03'

/** Works without a pause. */
function work(stretch: Stretch, minutes: number, heavy = 0) {
  let [now, at] = [stretch.usedAt, stretch]
  for (let done = 0; done < minutes; done += 1) {
    now += minute
    at = noteUse(at, now, heavy)
  }
  return { now, stretch: at }
}

describe('a break', () => {
  it('is proposed after an hour of work, and not before', () => {
    const before = work(startStretch(0, day, 0), 59)
    expect(reasonFor(before.stretch, limits, before.now, 0)).toBeNull()
    const after = work(startStretch(0, day, 0), 60)
    expect(reasonFor(after.stretch, limits, after.now, 0)).toBe('minutes')
  })

  it('is proposed after as many heavy posts, however short it took', () => {
    const { now, stretch } = work(startStretch(0, day, 4), 2)
    expect(reasonFor(stretch, limits, now, 13)).toBeNull()
    expect(reasonFor(stretch, limits, now, 14)).toBe('items')
  })

  it('counts anew after hands were off for a while', () => {
    const { now, stretch } = work(startStretch(0, day, 0), 59)
    const back = noteUse(stretch, now + restMs, 9)
    const after = work(back, 59, 9)
    expect(reasonFor(after.stretch, limits, after.now, 18)).toBeNull()
  })

  it('that is put off is not proposed again before its time', () => {
    const { now, stretch } = work(startStretch(0, day, 0), 60)
    const later = work({ ...stretch, quietUntil: now + laterMs }, 14)
    expect(reasonFor(later.stretch, limits, later.now, 0)).toBeNull()
    const again = work(later.stretch, 1)
    expect(reasonFor(again.stretch, limits, again.now, 0)).toBe('minutes')
  })

  it('is never proposed to who does not want it', () => {
    const { now, stretch } = work(startStretch(0, day, 0), 300)
    expect(reasonFor(stretch, { ...limits, isPrompted: false }, now, 99)).toBeNull()
    expect(reasonFor(stretch, { isPrompted: true, minutes: null, items: null }, now, 99)).toBeNull()
  })

  it('counts the posts of another day from nothing', () => {
    const { now, stretch } = work(startStretch(0, day, 8), 2)
    expect(reasonFor(onDay(stretch, '2026-07-04'), limits, now, 10)).toBe('items')
  })

  it('under way is not proposed', () => {
    const { now, stretch } = work(startStretch(0, day, 0), 60)
    expect(reasonFor({ ...stretch, restingSince: now }, limits, now, 99)).toBeNull()
  })
})
