import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countLetters, foldAt } from './fold.ts'
import { findHidden } from './hidden.ts'
import { findLinks } from './links.ts'
import { findMixedWords, strangersIn } from './mixed.ts'
import { segmentsOf } from './segments.ts'

const fixture = join(import.meta.dirname, '../../../test/fixtures/captions/nasty.jsonl')
const render = () => null
const pieces = [
  'тагут',
  ' ',
  '\n',
  'أهلا',
  '👩‍👩‍👧‍👦',
  '🏳️‍🌈',
  'e\u0301\u0323',
  '\u200b',
  '\u202e',
  '\u2069',
  'https://vk.com@evil.example/a?b',
  'пaспорт',
  '\u{e0041}',
  '(www.пример.рф).',
  '한',
  '\u1112\u1161',
  '1\u00a0000',
]
const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' }))).map((each) => each.join(''))

it('puts together again to the text, byte for byte, and never cuts a letter at a mark', () => {
  fc.assert(
    fc.property(text, fc.array(fc.tuple(fc.nat(80), fc.integer({ min: 1, max: 9 }))), (all, places) => {
      const marks = places.map(([start, size]) => ({ start, end: start + size, render }))
      const hidden = findHidden(all)
      const found = { marks, hidden, links: findLinks(all), mixed: findMixedWords(all) }
      const segments = segmentsOf(all, found)
      expect(segments.map((segment) => segment.text).join('')).toBe(all)

      const letters = new Set([...new Intl.Segmenter().segment(all)].map(({ index }) => index)).add(all.length)
      for (const { mark } of segments) {
        if (mark) expect(letters.has(mark.start) && letters.has(mark.end)).toBe(true)
      }
      const fold = foldAt(all, { characters: 20, lines: 2 })
      expect(fold).toBeGreaterThanOrEqual(Math.min(all.length, 1))
      expect(fold).toBeLessThanOrEqual(all.length)
    }),
    { numRuns: 300 },
  )
})

it('gives every nasty caption of the fixtures back as it was, with all that hides in it drawn', async () => {
  const lines = (await readFile(fixture, 'utf8')).trimEnd().split('\n')
  const captions = lines.map((line) => (JSON.parse(line) as { caption?: string }).caption ?? '')
  expect(captions.filter((caption) => findHidden(caption).length > 0).length).toBeGreaterThan(20)
  for (const caption of captions) {
    const segments = segmentsOf(caption, {
      hidden: findHidden(caption),
      links: findLinks(caption),
      mixed: findMixedWords(caption),
    })
    expect(segments.map((segment) => segment.text).join('')).toBe(caption)
  }
})

it('marks whole letters: a mark that ends within one takes all of it', () => {
  const caption = 'a👩‍👩‍👧‍👦b'
  const marked = segmentsOf(caption, { marks: [{ start: 2, end: 4, render }] }).filter(({ mark }) => mark)
  expect(marked.map((segment) => segment.text)).toEqual(['👩‍👩‍👧‍👦'])
})

it('finds where a link really leads', () => {
  const [deceit] = findLinks('See https://vk.com@evil.example:8080/wall?x=1, now')
  expect(deceit).toMatchObject({ host: 'evil.example', href: 'https://vk.com@evil.example:8080/wall?x=1' })
  const [foreign] = findLinks('(www.пример.рф/путь)')
  expect(foreign).toMatchObject({ host: 'www.xn--e1afmkfd.xn--p1ai', punycode: 'www.xn--e1afmkfd.xn--p1ai' })
  const [bare] = findLinks('t.me/channel: come')
  expect(bare).toMatchObject({ start: 0, end: 12, host: 't.me', punycode: null })
  const [wiki] = findLinks('(https://en.wikipedia.org/wiki/Taghut_(term))')
  expect(wiki?.href).toBe('https://en.wikipedia.org/wiki/Taghut_(term)')
  expect(findLinks('e.g. this and that, 3.5/5, javascript:alert(1), a@b.example/x')).toEqual([])
})

it('tells words of two alphabets, and the letters that do not belong', () => {
  expect(findMixedWords('Мой пaспорт и мoй дом')).toMatchObject([{ word: 'пaспорт' }, { word: 'мoй' }])
  expect(strangersIn('пaспорт')).toEqual({ script: 'Latin', letters: 'a' })
  expect(findMixedWords('Wi-Fi для IT-отдела, Қазақстан, naïve')).toEqual([])
})

it('folds by letters and by lines, at the end of a word, and is quick with twenty thousand Arabic letters', () => {
  const fold = { characters: 700, lines: 8 }
  expect(foldAt('short', fold)).toBe(5)
  const tall = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n')
  expect(tall.slice(0, foldAt(tall, fold)).split('\n')).toHaveLength(8)
  const nearly = Array.from({ length: 10 }, () => 'line').join('\n')
  expect(foldAt(nearly, fold)).toBe(nearly.length)

  const arabic = 'والأسماء عندنا معهم '.repeat(1_000)
  const began = performance.now()
  const head = arabic.slice(0, foldAt(arabic, fold))
  expect(head.endsWith('معهم') || head.endsWith('عندنا') || head.endsWith('والأسماء')).toBe(true)
  expect(countLetters(arabic)).toBe(20_000)
  expect(segmentsOf(arabic, { links: findLinks(arabic), hidden: findHidden(arabic) })).toHaveLength(1)
  expect(performance.now() - began).toBeLessThan(300)
})

it('folds a letter with ten thousand marks on it, too', () => {
  const heap = `a${'\u0301'.repeat(10_000)}`
  expect(foldAt(heap, { characters: 700, lines: 8 })).toBe(700)
})
