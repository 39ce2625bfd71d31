import fc from 'fast-check'
import { expect, it } from 'vitest'
import { diffLines, diffWords, type Part } from './word-diff.ts'

/** `[-went-]{+came+}` */
const shown = (parts: readonly Part[]) =>
  parts.map(({ text, change }) => ({ kept: text, added: `{+${text}+}`, removed: `[-${text}-]` })[change]).join('')

it('tells words that went and came, and no more', () => {
  const told = (before: string, now: string) => shown(diffWords(before, now))
  expect(told('own travel with a place.', 'own travel with a place, or with a photograph.')).toBe(
    'own travel with a place{+, or with a photograph+}.',
  )
  expect(told('Limit the account', 'Block the whole account')).toBe('[-Limit-]{+Block+} the{+ whole+} account')
  expect(told('one red fox', 'two grey fox')).toBe('[-one red-]{+two grey+} fox')
  expect(told('Призыв вступить', 'Призыв выехать')).toBe('Призыв [-вступить-]{+выехать+}')
  expect(told('', 'New')).toBe('{+New+}')
})

it('pairs a line with what it was before, and lines unlike each other with none', () => {
  const lines = diffLines(
    ['an invitation', 'a statement of travel with a place', 'travel help', 'a badge'],
    [
      'an invitation',
      'a statement of travel with a place or a route',
      'travel help, or photographs of all of the route',
      'documents destroyed',
    ],
  )
  expect(lines.map(({ change, parts }) => `${change}: ${shown(parts)}`)).toEqual([
    'kept: an invitation',
    'reworded: a statement of travel with a place{+ or a route+}',
    'reworded: travel help{+, or photographs of all of the route+}',
    'removed: [-a badge-]',
    'added: {+documents destroyed+}',
  ])
})

const word = fc.constantFrom('a', 'the', 'place', 'путь', 'طريق', ',', '.', ' ', '  ', 'photo')
const text = fc.array(word, { maxLength: 14 }).map((words) => words.join(''))
const side = (parts: readonly Part[], left: 'added' | 'removed') =>
  parts.flatMap((part) => (part.change === left ? [] : [part.text])).join('')

it('tells both texts whole, whatever they say', () => {
  fc.assert(
    fc.property(text, text, (before, now) => {
      const parts = diffWords(before, now)
      expect([side(parts, 'added'), side(parts, 'removed')]).toEqual([before, now])
    }),
  )
})

it('tells both lists whole, whatever they say', () => {
  const list = fc.array(text.filter(Boolean), { maxLength: 5 })
  fc.assert(
    fc.property(list, list, (before, now) => {
      const lines = diffLines(before, now)
      const read = (left: 'added' | 'removed') =>
        lines.filter(({ change }) => change !== left).map(({ parts }) => side(parts, left))
      expect([read('added'), read('removed')]).toEqual([before, now])
    }),
    { numRuns: 60 },
  )
})
