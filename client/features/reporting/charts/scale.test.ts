import { expect, it } from 'vitest'
import { apart, labelled, ticksTo } from './scale.ts'

it('ends the axis at a round figure above the largest', () => {
  expect(ticksTo(388)).toEqual([0, 100, 200, 300, 400])
  expect(ticksTo(3)).toEqual([0, 1, 2, 3])
  expect(ticksTo(0)).toEqual([0, 1])
  for (const largest of [1, 7, 19, 62, 210, 999, 54_321])
    expect(ticksTo(largest).at(-1)).toBeGreaterThanOrEqual(largest)
})

it('labels the first place and then evenly', () => {
  expect(labelled(30, 5)).toEqual([0, 6, 12, 18, 24])
  expect(labelled(3, 5)).toEqual([0, 1, 2])
})

it('moves labels apart without changing their order', () => {
  expect(apart([100, 104, 40], 12)).toEqual([100, 112, 40])
  expect(apart([100, 40, 40], 12)).toEqual([100, 52, 40])
  expect(apart([100, 104, 40], 12, 105)).toEqual([93, 105, 40])
})
