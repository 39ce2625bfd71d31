import { expect, it } from 'vitest'
import { buildDecision } from '#test/support/build.ts'
import { cellCount, priorRows } from './prior-cells.ts'

const now = Date.parse('2026-07-03T12:00:00Z')
const daysAgo = (days: number) => new Date(now - days * 24 * 3_600_000).toISOString()

it('has a row a clause and in each fortnight the hardest that was done', () => {
  const praise = { clause: { id: 'praise', version: 1 } }
  const [first, second] = priorRows(
    [
      buildDecision({ ...praise, decidedAt: daysAgo(1), measures: [{ target: 'post', kind: 'label' }] }),
      buildDecision({ ...praise, decidedAt: daysAgo(2), measures: [{ target: 'post', kind: 'remove' }] }),
      buildDecision({ decidedAt: daysAgo(20), outcome: 'no_violation', clause: null, measures: [] }),
    ],
    now,
  )

  expect(first).toMatchObject({ clause: 'praise', count: 2 })
  expect(first?.cells.at(-1)).toBe('remove')
  expect(second).toMatchObject({ clause: null, count: 1 })
  expect(second?.cells.at(-2)).toBe('keep')
})

it('counts what lies before its cells and draws none of it', () => {
  const [row] = priorRows([buildDecision({ decidedAt: daysAgo(400) })], now)

  expect(row).toMatchObject({ count: 1, cells: Array.from({ length: cellCount }, () => null) })
})
