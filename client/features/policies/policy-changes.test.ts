import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changedLines } from './policy-changes.ts'

it('shows what is new, what is gone and where it stood', () => {
  expect(changedLines(['a', 'new', 'c'], ['a', 'b', 'c', 'd'])).toEqual([
    { text: 'a', change: 'kept' },
    { text: 'new', change: 'added' },
    { text: 'b', change: 'removed' },
    { text: 'c', change: 'kept' },
    { text: 'd', change: 'removed' },
  ])
})

it('tells both versions whole, whatever they say', () => {
  const version = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'))
  fc.assert(
    fc.property(version, version, (now, before) => {
      const lines = changedLines(now, before)
      expect(lines.filter((line) => line.change !== 'removed').map((line) => line.text)).toEqual(now)
      expect(
        lines
          .filter((line) => line.change !== 'added')
          .map((line) => line.text)
          .sort(),
      ).toEqual([...before].sort())
    }),
  )
})
