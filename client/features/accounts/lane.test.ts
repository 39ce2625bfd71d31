import { describe, expect, it } from 'vitest'
import type { AccountMoment } from '#shared/contract/accounts.ts'
import { piecesOf, placeLabels, spanOf, ticksOf } from './lane.ts'

const at = (day: string) => `${day}T00:00:00.000Z`
const day = (text: string) => Date.parse(at(text))
const status = (on: string, is: 'active' | 'blocked' | 'deleted'): AccountMoment => ({
  kind: 'status',
  at: at(on),
  status: is,
  cause: null,
  source: 'vk',
})

describe('piecesOf', () => {
  it('follows the account from its opening to now', () => {
    const moments: AccountMoment[] = [
      { kind: 'opened', at: at('2015-05-01') },
      status('2015-06-13', 'blocked'),
      status('2015-06-19', 'deleted'),
    ]
    const now = day('2015-07-02')
    expect(piecesOf(moments, { from: 0, to: now })).toEqual([
      { from: day('2015-05-01'), to: day('2015-06-13'), status: 'active' },
      { from: day('2015-06-13'), to: day('2015-06-19'), status: 'blocked' },
      { from: day('2015-06-19'), to: now, status: 'deleted' },
    ])
  })

  it('knows nothing of the time before somebody said so', () => {
    const post = { kind: 'post', at: at('2015-05-03'), reviewId: '', captionExcerpt: '', mediaCount: 0 } as const
    const [first] = piecesOf([post, status('2015-06-13', 'blocked')], { from: 0, to: day('2015-07-02') })
    expect(first).toEqual({ from: day('2015-05-03'), to: day('2015-06-13'), status: 'unknown' })
  })
})

describe('ticksOf', () => {
  it.each([
    ['days', '2015-07-01', '2015-07-05'],
    ['weeks', '2015-05-01', '2015-06-10'],
    ['months', '2015-01-10', '2015-07-20'],
    ['years', '2008-01-10', '2015-07-20'],
  ])('marks %s, few enough to be read', (_, from, to) => {
    const span = { from: day(from), to: day(to) }
    const ticks = ticksOf(span, 7)
    expect(ticks.length).toBeGreaterThan(2)
    expect(ticks.length).toBeLessThanOrEqual(8)
    expect(ticks.every((tick) => tick >= span.from && tick <= span.to && tick % 86_400_000 === 0)).toBe(true)
  })
})

describe('spanOf', () => {
  it('reaches from the first thing that happened to now', () => {
    const span = spanOf([status('2015-06-13', 'blocked')], day('2015-07-02'))
    expect(span.from).toBeLessThan(day('2015-06-13'))
    expect(span.to).toBeGreaterThan(day('2015-07-02'))
  })

  it('leaves an opening long before all else behind', () => {
    const opened = { kind: 'opened', at: at('2009-01-01') } as const
    const span = spanOf([opened, status('2015-06-13', 'blocked')], day('2015-07-03'))
    expect(span.from).toBeGreaterThan(day('2015-06-01'))
    expect(span.from).toBeLessThan(day('2015-06-13'))
  })
})

describe('placeLabels', () => {
  it('puts what matters above the line, gives way below and leaves out what has no room', () => {
    const labels = [
      { x: 100, width: 60, rank: 1 },
      { x: 110, width: 60, rank: 0 },
      { x: 105, width: 60, rank: 2 },
      { x: 5, width: 60, rank: 3 },
    ]
    expect(placeLabels(labels, 400)).toEqual([
      { side: 'below', x: 100 },
      { side: 'above', x: 110 },
      null,
      { side: 'above', x: 30 },
    ])
  })
})
