import { searchWords } from '#shared/domain/search-words.ts'

/** The last place in a text that PostgreSQL keeps, and the places of one word. Words that stand further on have none. */
const lastPlace = 16_383
const mostPlaces = 255
/** A tsvector holds 1 MB. */
const mostBytes = 900_000

/**
 * Texts as the words that a search finds them by, ready for `::tsvector`: folded and split by the same rules as a query.
 * A phrase never reaches from one text into the next. Beyond some 16,000 words a text is found by words, not by phrases.
 *
 * @param exact words that are kept as they are and have no place, such as links
 */
export function toTsvector(texts: readonly string[], exact: readonly string[] = []): string {
  const places = new Map<string, number[]>(exact.map((word) => [word, []]))
  let place = 0
  for (const text of texts) {
    for (const word of searchWords(text)) {
      place += 1
      const known = places.get(word)
      if (!known) places.set(word, place > lastPlace ? [] : [place])
      else if (place <= lastPlace && known.length < mostPlaces) known.push(place)
    }
    place += 1
  }
  let bytes = 0
  const lexemes: string[] = []
  for (const [word, at] of places) {
    bytes += 4 * word.length + 2 * at.length + 8
    if (bytes > mostBytes) break
    lexemes.push(at.length > 0 ? `${quoteWord(word)}:${at.join(',')}` : quoteWord(word))
  }
  return lexemes.join(' ')
}

/** As PostgreSQL reads a word inside a tsvector or a tsquery. */
export const quoteWord = (word: string) => `'${mustDouble.test(word) ? word.replaceAll(/['\\]/g, '$&$&') : word}'`

const mustDouble = /['\\]/
