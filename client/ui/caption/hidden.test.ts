import { expect, it } from 'vitest'
import { countHidden, findHidden, reorderingIn } from './hidden.ts'

const named = (text: string) => findHidden(text).map(({ label, times }) => (times > 1 ? `${label} ${times}` : label))

it('names what cannot be seen, in its order, neighbours of a kind together', () => {
  expect(named('a\u200b\u200b\u200bb\u200cc\u00add\u2060')).toEqual(['ZWSP 3', 'ZWNJ', 'SHY', 'WJ'])
  expect(named('\u202eabc\u202c \u2067x\u2069')).toEqual(['RLO', 'PDF', 'RLI', 'PDI'])
  expect(named('1\u00a0000\u202f000\ufeff')).toEqual(['NBSP', 'NNBSP', 'BOM'])
  expect(named('\u0007\u001b\u0085\u3164\u2800')).toEqual(['CTRL', 'ESC', 'NEL', 'HF', 'BLANK'])
  expect(countHidden(findHidden('a\u200b\u200b\u200bb\u00ad'))).toBe(4)
})

it('leaves what is seen: emoji of several people, flags, keycaps, line breaks, tabs, wide spaces among Chinese', () => {
  const family = '👩‍👩‍👧‍👦 🏳️‍🌈 ❤️ 👩🏽‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇰🇿 1️⃣ 👁️‍🗨️'
  expect(named(family)).toEqual([])
  expect(named('one\r\ntwo\n\tthree')).toEqual([])
  expect(named('有人　说')).toEqual([])
})

it('shows the same characters where they hold nothing together', () => {
  expect(named('a\u200db')).toEqual(['ZWJ'])
  expect(named('👩\u200d')).toEqual(['ZWJ'])
  expect(named('a\ufe0f')).toEqual(['VS16'])
  expect(named('one\rtwo')).toEqual(['CR'])
  expect(named('a\u3000b')).toEqual(['IDSP'])
})

it('spells out a text that hides in tags', () => {
  const smuggled = Array.from('kill', (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')
  expect(findHidden(`Hello${smuggled}`)).toMatchObject([{ label: 'TAG kill', times: 4, start: 5, end: 13 }])
  expect(findHidden(`🏴${smuggled}`)).toMatchObject([{ label: 'TAG kill' }])
})

it('tells a text that reads in another order than it was written', () => {
  const order = (text: string) => reorderingIn(text, findHidden(text))
  expect(order('access_level != "user\u202e \u2066// Check if admin\u2069 \u2066"')).toBe('overridden')
  expect(order('a \u2067b')).toBe('unclosed')
  expect(order('a \u2067b\n c\u2069')).toBe('unclosed')
  expect(order('a \u2067b\u2069 c')).toBeNull()
  expect(order('\u200fأهلا\u200f')).toBeNull()
})

it('is quick with a long text', () => {
  const text = 'هذا نص طويل\u200c '.repeat(2_000)
  const began = performance.now()
  expect(countHidden(findHidden(text))).toBe(2_000)
  expect(performance.now() - began).toBeLessThan(200)
})
