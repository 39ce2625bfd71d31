import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { measuredTerms } from '#test/fixtures/glossary/terms.ts'
import { findTerms } from '../glossary.ts'
import { searchWords } from '../search-words.ts'
import { compileGlossary, type GlossaryForm } from './compile.ts'

// Decision record 0024 says how these were made and what the figures mean.

type Labelled = {
  id: string
  term: string
  from: number
  to: number
  isTerm: boolean
  sense: 'coded' | 'harmless' | null
  caption: string
}
type Inflected = { forms: GlossaryForm[]; inflected: string[]; others: string[] }
type Disguised = { id: string; caption: string; corrected: string }

function readLines<Line>(name: string): Line[] {
  const file = new URL(`../../../test/fixtures/glossary/${name}.jsonl`, import.meta.url)
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line) => (line ? [JSON.parse(line) as Line] : []))
}

const glossary = compileGlossary(measuredTerms)

describe('the hundred captions that were read one by one', () => {
  const labelled = readLines<Labelled>('labelled')
  const marked = labelled.filter(({ caption, term, from, to }) =>
    findTerms(caption, glossary).some((found) => found.termId === term && found.from === from && found.to === to),
  )

  it('are marked rightly in 97 of a hundred', () => {
    expect(labelled).toHaveLength(100)
    const right = marked.filter(({ isTerm }) => isTerm)
    expect(right).toHaveLength(97)
    expect(right.length / marked.length).toBeGreaterThanOrEqual(0.97)
  })

  it('have the harmless sense in 15 of the 47 whose term has two: a mark decides nothing', () => {
    const ofTwo = marked.filter(({ sense }) => sense !== null)
    expect(ofTwo).toHaveLength(47)
    expect(ofTwo.filter(({ sense }) => sense === 'harmless')).toHaveLength(15)
  })
})

describe('the 97 comments with words in disguise', () => {
  const pairs = readLines<Disguised>('disguised')
  /** Each word of the corrected comment that the comment as written does not have, and whether it is found there. */
  const words = pairs.flatMap(({ caption, corrected }) => {
    const plain = new Set(searchWords(caption))
    const hidden = new Set(searchWords(corrected).filter((word) => !plain.has(word)))
    return [...hidden].map((word) => {
      const forms = [{ text: word, language: 'ru', endings: 'none' as const }]
      return { word, found: findTerms(caption, compileGlossary([{ id: word, forms }])) }
    })
  })

  it('show 70 of the 106 words that were disguised (66 %)', () => {
    expect(words).toHaveLength(106)
    expect(words.filter(({ found }) => found.length > 0).length).toBeGreaterThanOrEqual(70)
  })

  it('say of every one that it was disguised', () => {
    expect(words.flatMap(({ found }) => found).every(({ isDisguised }) => isDisguised)).toBe(true)
  })
})

describe.each([
  { language: 'ru', share: '58 of 58', found: 58, of: 58, others: 46 },
  { language: 'kk', share: '115 of 117', found: 115, of: 117, others: 63 },
])('the words of the captions that begin like a term, in $language', ({ language, share, found, of, others }) => {
  const rows = readLines<Inflected>('inflected').filter(({ forms }) => forms[0]!.language === language)
  const isMarked = (word: string, forms: GlossaryForm[]) =>
    findTerms(word, compileGlossary([{ id: 'term', forms }])).some(({ to }) => to === word.length)

  it(`are marked where they are its forms: ${share}`, () => {
    const words = rows.flatMap(({ inflected, forms }) => inflected.map((word) => isMarked(word, forms)))
    expect(words).toHaveLength(of)
    expect(words.filter(Boolean)).toHaveLength(found)
  })

  it(`are left alone where they are other words: ${others} of ${others}`, () => {
    const words = rows.flatMap((row) => row.others.map((word) => ({ word, isMarked: isMarked(word, row.forms) })))
    expect(words).toHaveLength(others)
    expect(words.filter((each) => each.isMarked)).toEqual([])
  })
})
