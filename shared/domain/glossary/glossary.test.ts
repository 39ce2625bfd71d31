import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measuredTerms } from '#test/fixtures/glossary/terms.ts'
import { fold } from '../fold.ts'
import { findTerms } from '../glossary.ts'
import { compileGlossary, type GlossaryForm } from './compile.ts'
import type { Endings } from './endings.ts'

const glossaryOf = (...forms: GlossaryForm[]) => compileGlossary([{ id: 'term', forms }])
const form = (text: string, language: string, endings: Endings = 'noun'): GlossaryForm => ({ text, language, endings })

const taghut = glossaryOf(form('тагут', 'ru'), form('тағұт', 'kk'), form('taghut', 'ar'), form('طاغوت', 'ar'))
const found = (text: string, glossary = taghut) => findTerms(text, glossary).map(({ from, to }) => text.slice(from, to))

describe('findTerms', () => {
  it.each([
    ['case and marks', 'ТАГУТ та́гут ṬĀGHŪT', ['ТАГУТ', 'та́гут', 'ṬĀGHŪT']],
    ['Russian endings', 'тагута тагуту тагутом тагуте тагуты тагутов тагутами', null],
    ['Kazakh suffixes in chains', 'тағұттың тағұтқа тағұттардың тағұттардан тағұттармен тағұттарымыздан', null],
    ['Kazakh letters typed as Russian ones', 'тагуттардын тагутка', null],
    ['Arabic clitics, vowel signs and tatweel', 'الطاغوت والطاغوت للطَّاغُوتِ بالطـــاغوت طاغوتهم', null],
    ['compatibility forms', 'ｔａｇｈｕｔ 𝐭𝐚𝐠𝐡𝐮𝐭', null],
    ['plurals of transliterations', 'taghuts', null],
  ])('sees through %s', (_what, text, expected) => {
    expect(found(text)).toEqual(expected ?? text.split(' '))
  })

  it.each([
    ['letters of another alphabet', 'тaгyт'],
    ['digits and signs', 'т@гут'],
    ['a sign in place of a letter', 'т*гут'],
    ['letters held apart by signs', 'т.а.г.у.т'],
    ['letters held apart by spaces', 'т а г у т'],
    ['letters held apart by emoji', 'т🔥а🔥г🔥у🔥т'],
    ['repeated letters', 'тагууууут'],
    ['a bracket inside', 'та(гут'],
    ['digits in Latin letters', 't4ghut'],
  ])('sees through %s, and says that it is a disguise', (_what, text) => {
    expect(findTerms(`И ${text}!`, taghut)).toEqual([
      { from: 2, to: 2 + text.length, termId: 'term', isDisguised: true },
    ])
  })

  it('takes invisible characters and directions with the word, as no disguise of its letters', () => {
    const text = 'та\u200bг\u2060у\u00adт'
    expect(findTerms(text, taghut)).toEqual([{ from: 0, to: text.length, termId: 'term', isDisguised: false }])
  })

  it.each([
    'нетагут',
    'тагутский',
    'тагутология',
    'tagh',
    'таг ут',
    'та гут',
    'т а г',
    '*****',
    'т***т',
    'Тата, гуторить',
    'т.д. и т.п.',
    '@@@@@',
  ])('marks nothing in %s', (text) => {
    expect(found(text)).toEqual([])
  })

  it('knows nothing of a word inside another', () => {
    const cattle = glossaryOf(form('мал', 'kk'))
    expect(found('малды малдар малымды', cattle)).toHaveLength(3)
    expect(found('мало малыш маленький нормал малика', cattle)).toEqual([])
  })

  it('keeps Kazakh letters apart where they are written', () => {
    expect(found('ән', glossaryOf(form('ан', 'ru', 'none')))).toEqual([])
    expect(found('ан ән', glossaryOf(form('ән', 'kk', 'none')))).toEqual(['ан', 'ән'])
  })

  it('takes yo for ye, either way', () => {
    expect(found('осёл осел', glossaryOf(form('осел', 'ru')))).toHaveLength(2)
    expect(found('осёл осел', glossaryOf(form('осёл', 'ru')))).toHaveLength(2)
  })

  it('finds several words in a row, each with its endings', () => {
    const phrase = glossaryOf(form('чёрное солнце', 'ru'), form('груз 200', 'ru'))
    expect(found('Под солнце. Чёрным  солнцем', glossaryOf(form('чёрн|ым солнце', 'ru')))).toEqual([])
    expect(found('чёрное солнце и грузом 200', phrase)).toEqual(['чёрное солнце', 'грузом 200'])
    expect(found('груз 2000, груз', phrase)).toEqual([])
  })

  it('takes figures as they stand', () => {
    const figures = glossaryOf(form('88', 'und', 'none'))
    expect(found('88 и #88', figures)).toEqual(['88', '88'])
    expect(found('1888 8-8 в888в 880', figures)).toEqual([])
  })

  it('ends the stem where the bar says', () => {
    const fighter = glossaryOf(form('бо|ец', 'ru', 'any'))
    expect(found('боец бойцами', fighter)).toEqual(['боец', 'бойцами'])
  })

  it('prefers the longer of two terms, and the one that is no disguise', () => {
    const both = compileGlossary([
      { id: 'short', forms: [form('вата', 'ru')] },
      { id: 'long', forms: [form('вата белая', 'ru')] },
      { id: 'latin', forms: [form('bata', 'en', 'none')] },
    ])
    expect(findTerms('вата белая', both).map(({ termId }) => termId)).toEqual(['long'])
    expect(findTerms('bata', both).map(({ termId }) => termId)).toEqual(['latin'])
  })
})

const letter = fc.constantFrom(...'абвгдежзиклмнопрстуфхцчшыэюя')
const word = fc.array(letter, { minLength: 5, maxLength: 10 }).map((letters) => letters.join(''))
/** No letter twice in a row: a repetition would be a spelling. */
const plainWord = word.filter((text) => !/(.)\1/.test(text))
const lookAlikes: Record<string, string> = { а: 'a', е: 'e', о: 'o', с: 'c', р: 'p', х: 'x', у: 'y' }
const disguises: Record<string, (text: string) => string> = {
  'upper case': (text) => text.toUpperCase(),
  'look-alikes': (text) => text.replace(/[аеосрху]/g, (each) => lookAlikes[each]!),
  'zero-width characters': (text) => [...text].join('\u200b'),
  'marks above': (text) => [...text].join('\u0336'),
  dots: (text) => [...text].join('.'),
  spaces: (text) => [...text].join(' '),
  'repeated letters': (text) => text.replace(/^../, (two) => two + two[1]!.repeat(3)),
}

describe('whatever the text', () => {
  const everything = compileGlossary(measuredTerms)

  it('tells places that are in order, apart, within the text and never inside a character', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('тагут', 'т.а', 'طاغوت', 'вaта', '👩‍👩‍👧', '\u0301', '\u202e', 'Ʝ', '***', 'мал', ' '),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        let end = 0
        for (const { from, to } of findTerms(text, everything)) {
          expect(from).toBeGreaterThanOrEqual(end)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(text.length)
          for (const at of [from, to])
            expect(text.slice(at - 1, at + 1)).not.toMatch(/^[\ud800-\udbff][\udc00-\udfff]$/)
          end = to
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each(Object.entries(disguises))('finds a word by itself and under %s', (_name, disguise) => {
    fc.assert(
      fc.property(plainWord, (text) => {
        const glossary = glossaryOf(form(text, 'ru', 'none'))
        const written = disguise(text)
        const caption = `Вот: ${written}, да`
        // A word wholly of look-alikes is a word of the other alphabet.
        fc.pre(/\p{Script=Cyrillic}/v.test(written))
        expect(findTerms(caption, glossary).map(({ from, to }) => caption.slice(from, to))).toContain(written)
      }),
    )
  })

  it('finds no word that is another', () => {
    fc.assert(
      fc.property(plainWord, plainWord, (one, other) => {
        fc.pre(one !== other && !other.startsWith(one.slice(0, -1)))
        expect(found(`${other} и ${other}${one}`, glossaryOf(form(one, 'ru')))).toEqual([])
      }),
    )
  })

  it('finds what is folded wherever it finds what is written', () => {
    fc.assert(
      fc.property(plainWord, (text) => {
        const glossary = glossaryOf(form(text, 'ru'))
        expect(found(fold(text), glossary)).toEqual([fold(text)])
      }),
    )
  })

  it('stays fast with hundreds of terms and texts made to be slow', () => {
    const many = compileGlossary(
      Array.from({ length: 500 }, (_, n) => ({
        id: `t${n}`,
        forms: [
          form(`${'абвгдежзик'[n % 10]}а${'лмнопрстуф'[((n / 10) % 10) | 0]}ата${n % 7}`, 'ru'),
          form('ааааа', 'ru'),
        ],
      })),
    )
    const slow = [
      'а'.repeat(20_000),
      'а.'.repeat(10_000),
      'а '.repeat(10_000),
      'а*'.repeat(10_000),
      'a1'.repeat(10_000),
    ]
    for (const text of slow) {
      const start = performance.now()
      findTerms(text, many)
      expect(performance.now() - start).toBeLessThan(2_000)
    }
  })
})
