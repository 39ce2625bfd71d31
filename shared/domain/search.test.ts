import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markHits, parseSearch, plainLink } from './search.ts'
import { findWords, searchWords } from './search-words.ts'

const mixed = fc.array(fc.constantFrom(...'аӘqЙ ёَبةـé́ßİがｶﾞ한ᄒ가恐कि💀️ไท1٢_.\u200d'), { maxLength: 30 })
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  mixed.map((letters) => letters.join('')),
)

/** The marked parts, as they are written. */
const marked = (text: string, q: string) => markHits(text, q).map(({ from, to }) => text.slice(from, to))

describe('words', () => {
  it.each([
    ['Don’t, stop! #тагут @artyom_2', 'don t stop тагут artyom 2'],
    ['恐怖 カルト', '恐 怖 カ ル ト'],
    ['ไทย 💀kill', 'ไ ท ย 💀 kill'],
    ['한국어 हिन्दी', '한국어 हिन्दी'],
    ['... — !', ''],
  ])('are read from %s', (text, words) => {
    expect(searchWords(text).join(' ')).toBe(words)
  })

  it('are the same with their places and without', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(findWords(text).map(({ word }) => word)).toEqual(searchWords(text))
      }),
      { numRuns: 3_000 },
    )
  })

  it('stand in order inside the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { from, to } of findWords(text)) expect(0 <= from && from < to && to <= text.length).toBe(true)
      }),
    )
  })

  it('are cut when they are very long, but no character is', () => {
    const [word] = searchWords(`a${'𐐨'.repeat(80)}`)
    expect(word!.length).toBe(99)
    expect(word!.isWellFormed()).toBe(true)
  })
})

describe('a query', () => {
  const words = (...words: string[]) => ({ words, isPrefix: false })

  it('is words, phrases and beginnings', () => {
    expect(parseSearch('Тагут "слава  воинам" бег* «ду ма*»').terms).toEqual([
      words('тагут'),
      words('слава', 'воинам'),
      { words: ['бег'], isPrefix: true },
      { words: ['ду', 'ма'], isPrefix: true },
    ])
  })

  it('takes what is written together for a phrase', () => {
    expect(parseSearch('artyom_2 恐怖').terms).toEqual([words('artyom', '2'), words('恐', '怖')])
  })

  it('reads a quote that was not closed to the end', () => {
    expect(parseSearch('a "b c').terms).toEqual([words('a'), words('b', 'c')])
  })

  it('has no words when nothing in it is a letter or a digit', () => {
    expect(parseSearch('!! * "—"').terms).toEqual([])
  })

  it.each([
    ['dkt-48213', { kind: 'reference', number: 48213 }],
    ['0199A1B2-0000-7000-8000-000000000001', { kind: 'id', id: '0199a1b2-0000-7000-8000-000000000001' }],
    ['AB'.repeat(32), { kind: 'sha256', sha256: 'ab'.repeat(32) }],
    ['https://m.vk.com/wall-1_2/?utm_source=x#top', { kind: 'link', link: 'vk.com/wall-1_2' }],
    ['vk.com/wall-1_2', { kind: 'link', link: 'vk.com/wall-1_2' }],
    ['see DKT-48213', null],
    ['и/или', null],
  ])('knows what %s names', (q, named) => {
    expect(parseSearch(q).named).toEqual(named)
  })

  it('does not stumble over anything typed', () => {
    fc.assert(
      fc.property(anyText, (q) => {
        expect(() => parseSearch(q)).not.toThrow()
      }),
    )
  })
})

describe('plainLink', () => {
  it.each([
    'http://www.youtube.com/watch?v=Ab_1&si=xyz',
    'https://m.youtube.com/watch?v=Ab_1',
    'youtube.com/watch?v=Ab_1#t=3',
  ])('sees one address in %s', (link) => {
    expect(plainLink(link)).toBe('youtube.com/watch?v=Ab_1')
  })

  it('knows other schemes for no links', () => {
    expect(plainLink('javascript://x/y')).toBeNull()
  })
})

describe('markHits', () => {
  it('marks words whatever their case and marks', () => {
    expect(marked('Слава ТАГУ́ТУ и тагут', 'тагут* СЛАВА')).toEqual(['Слава', 'ТАГУ́ТУ', 'тагут'])
  })

  it('marks a phrase as a whole, and nothing of it elsewhere', () => {
    expect(marked('дым и огонь, огонь и дым', '"дым и"')).toEqual(['дым и'])
  })

  it('marks Arabic with vowel signs, Kazakh and Chinese', () => {
    expect(marked('قال السَّلامُ عليكم', 'السلام')).toEqual(['السَّلامُ'])
    expect(marked('Қазақ ӘНІ, кан', 'әні қан')).toEqual(['ӘНІ'])
    expect(marked('打倒恐怖分子', '恐怖')).toEqual(['恐怖'])
  })

  it('marks nothing for a query without words', () => {
    expect(markHits('a b', '*')).toEqual([])
  })

  it('marks every word that is searched for, apart from each other and inside the text', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, pick) => {
        const words = searchWords(text)
        if (words.length === 0) return
        const hits = markHits(text, words[pick % words.length]!)
        expect(hits.length).toBeGreaterThan(0)
        for (const [index, { from, to }] of hits.entries()) {
          expect(from).toBeLessThan(to)
          expect(from).toBeGreaterThan(index > 0 ? hits[index - 1]!.to : -1)
          expect(to).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })
})
