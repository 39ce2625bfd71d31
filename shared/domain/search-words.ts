import { fold } from './fold.ts'

/** A word of a text, folded, and where it stands in the text as it was written (UTF-16 offsets). */
export type FoundWord = { word: string; from: number; to: number }

/** Longer words are told apart by their beginning only. */
const longestWord = 100

/**
 * The words of a text, folded, in their order. A word is a run of letters and digits. Scripts that put no space between
 * words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give one word a character, and so does an emoji: a phrase then
 * finds what stands together.
 */
export function searchWords(text: string): string[] {
  return (fold(text).match(wordPattern) ?? []).map(cut)
}

const wordPattern =
  /[[\p{L}\p{N}]&&[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]]\p{M}*|\p{Extended_Pictographic}|[[\p{L}\p{N}\p{M}]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]]+/gv

function cut(word: string): string {
  if (word.length <= longestWord) return word
  const splitsPair = word.charCodeAt(longestWord - 1) >>> 10 === 0x36
  return word.slice(0, splitsPair ? longestWord - 1 : longestWord)
}

/** As `searchWords`, with places. Folds letter by letter, which takes longer. */
export function findWords(text: string): FoundWord[] {
  let folded = ''
  const origin: { from: number; to: number }[] = []
  for (const { 0: letter, index } of text.matchAll(letterPattern)) {
    const part = fold(letter)
    for (let at = 0; at < part.length; at += 1) origin.push({ from: index, to: index + letter.length })
    folded += part
  }
  return Array.from(folded.matchAll(wordPattern), ({ 0: word, index }) => ({
    word: cut(word),
    from: origin[index]!.from,
    to: origin[index + word.length - 1]!.to,
  }))
}

/** A character and what composes with it: marks, invisible ones, vowels and finals of Hangul, halfwidth voicing marks. */
const letterPattern = /[^\p{M}\p{Cf}][\p{M}\p{Cf}\u0640\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]*|[\p{M}\p{Cf}]+/gsv
