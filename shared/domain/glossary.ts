import type { CompiledGlossary } from './glossary/compile.ts'
import { kinds, type Letters, readLetters } from './glossary/letters.ts'
import { walkFrom } from './glossary/walk.ts'

/** A term in a text: UTF-16 offsets of the text as it is written. */
export type FoundTerm = {
  from: number
  to: number
  termId: string
  /** Written with look-alikes, signs, gaps or repeated letters. */
  isDisguised: boolean
}

/** Every term of a text, in order and apart from each other: of several at one place the longest, the plainest first. */
export function findTerms(text: string, { start }: CompiledGlossary): FoundTerm[] {
  const letters = readLetters(text)
  const found: FoundTerm[] = []
  let at = 0
  while (at < letters.chars.length) {
    const hit = isWordStart(letters, at) ? walkFrom(letters, at, start) : null
    if (hit) {
      const { end, termId, isDisguised } = hit
      found.push({ from: letters.from[at]!, to: letters.to[end - 1]!, termId, isDisguised })
      at = end
    } else at += 1
  }
  return found
}

/** A sign may begin a disguised word; a letter does not that follows a letter, nor a figure that follows a figure. */
function isWordStart({ kinds: kindOf }: Letters, at: number) {
  const { [at]: kind, [at - 1]: before } = kindOf
  return kind !== kinds.space && before !== kinds.letter && !(kind === kinds.digit && before === kinds.digit)
}
