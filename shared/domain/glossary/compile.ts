import { fold } from '../fold.ts'
import { arabicPrefixes, type Endings, stemsOf, type Tail } from './endings.ts'
import { kinds, readLetters } from './letters.ts'

/** One way of writing a term. `|` in the text says where its stem ends. */
export type GlossaryForm = { text: string; language: string; endings: Endings }
export type GlossaryTerm = { id: string; forms: readonly GlossaryForm[] }

/** One word of a form: after its stem come its endings, then the next word or the end. */
export type FormWord = {
  termId: string
  /** Of the whole form. */
  letters: number
  /** Of these, those that no ending replaces. */
  firm: number
  /** Figures only: read as they stand. */
  isNumber: boolean
  tail: Tail
  next: Place | null
}

/** A place in the tree of all stems. */
export type Place = { next: Map<string, Place>; words: FormWord[] }

export type CompiledGlossary = { start: Place }

const place = (): Place => ({ next: new Map(), words: [] })

/** Done once for a glossary; `findTerms` then takes the time of the text, however many terms there are. */
export function compileGlossary(terms: readonly GlossaryTerm[]): CompiledGlossary {
  const start = place()
  for (const { id, forms } of terms) for (const form of forms) addForm(start, id, form)
  return { start }
}

function addForm(start: Place, termId: string, { text, language, endings }: GlossaryForm) {
  const words = formWords(text)
  if (words.length === 0) return
  const letters = words.join('').replaceAll('|', '').length
  const isNumber = /^[\p{N}\|]+$/v.test(words.join(''))
  let next: Place | null = null
  for (const [index, word] of words.toReversed().entries()) {
    const isFirst = index === words.length - 1
    const into: Place = isFirst ? start : place()
    for (const stem of stemsOf({ word, language, endings })) {
      if (stem.letters === '') continue
      const prefixes = isFirst && endings !== 'none' && /\p{Script=Arabic}/v.test(word) ? ['', ...arabicPrefixes] : ['']
      for (const prefix of prefixes) {
        const firm = letters - word.replaceAll('|', '').length + stem.letters.length
        insert(into, fold(prefix) + stem.letters, { termId, letters, firm, isNumber, tail: stem.tail, next })
      }
    }
    next = into
  }
}

/** The words of a form, folded as a text is. */
function formWords(text: string): string[] {
  const { chars, kinds: kindOf } = readLetters(text)
  const kept = chars.map((char, at) => {
    if (char === '|' || kindOf[at] === kinds.letter || kindOf[at] === kinds.digit) return char
    return kindOf[at] === kinds.space || char === '-' ? ' ' : ''
  })
  return kept
    .join('')
    .split(' ')
    .filter((word) => word.replaceAll('|', '') !== '')
}

function insert(start: Place, letters: string, word: FormWord) {
  let at = start
  for (const letter of letters) {
    const next = at.next.get(letter) ?? place()
    at.next.set(letter, next)
    at = next
  }
  // Of two terms that are written alike the first is marked.
  const isKnown = at.words.some(({ tail, next }) => tail === word.tail && next === null && word.next === null)
  if (!isKnown) at.words.push(word)
}
