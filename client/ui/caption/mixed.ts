/** A word of which one letter is from another alphabet and looks like one of its own. */
export type MixedWord = { start: number; end: number; word: string }

const seam =
  /(?:\p{sc=Cyrillic}\p{M}*\p{sc=Latin}|\p{sc=Latin}\p{M}*\p{sc=Cyrillic}|\p{sc=Greek}\p{M}*[\p{sc=Latin}\p{sc=Cyrillic}]|[\p{sc=Latin}\p{sc=Cyrillic}]\p{M}*\p{sc=Greek})/u
const word = /[\p{L}\p{M}]+/gu

/** More than this many are not told one by one. */
const most = 50

export function findMixedWords(text: string): MixedWord[] {
  if (!seam.test(text)) return []
  const found: MixedWord[] = []
  for (const match of text.matchAll(word)) {
    if (!seam.test(match[0])) continue
    found.push({ start: match.index, end: match.index + match[0].length, word: match[0] })
    if (found.length === most) break
  }
  return found
}

/** The letters of the alphabet that has fewer in the word: the ones that were put there. */
export function strangersIn(mixed: string): { letters: string; script: 'Latin' | 'Cyrillic' | 'Greek' } {
  const byScript = [
    { script: 'Latin', letters: mixed.match(/\p{sc=Latin}/gu) ?? [] },
    { script: 'Cyrillic', letters: mixed.match(/\p{sc=Cyrillic}/gu) ?? [] },
    { script: 'Greek', letters: mixed.match(/\p{sc=Greek}/gu) ?? [] },
  ] as const
  const { script, letters } = byScript
    .filter((each) => each.letters.length > 0)
    .toSorted((a, b) => a.letters.length - b.letters.length)[0]!
  return { script, letters: [...new Set(letters)].join('') }
}
