import { nameOfCode, tagText } from './hidden-names.ts'

/** A run of one character that shows nothing of itself, or of tags, which spell a text that nobody sees. */
export type Hidden = {
  start: number
  end: number
  /** Code point of the first one. */
  code: number
  times: number
  /** What stands on the chip. */
  label: string
  /** Unicode's name. */
  name: string
}

const candidate =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800\ufff9-\ufffb]/gu
const wholeEmoji = /^\p{RGI_Emoji}$/v
const eastAsian = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef]/u
const pictureBefore = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u
const pictureAfter = /^\p{Extended_Pictographic}/u
const zeroWidthJoiner = 0x200d
const isTag = (code: number) => code >= 0xe0020 && code <= 0xe007f

/**
 * Every character of the text that cannot be seen, or looks like a space and is another one, in its order. What holds an
 * emoji together is part of it, and line breaks and tabs are seen.
 */
export function findHidden(text: string): Hidden[] {
  const found: Hidden[] = []
  for (const { 0: char, index } of text.matchAll(candidate)) {
    const code = char.codePointAt(0)!
    if (isSeen(text, index, code)) continue
    const last = found.at(-1)
    const end = index + char.length
    if (last?.end === index && (last.code === code || (isTag(last.code) && isTag(code)))) {
      last.end = end
      last.times += 1
    } else {
      found.push({ start: index, end, code, times: 1, ...nameOfCode(code) })
    }
  }
  for (const run of found) if (isTag(run.code)) run.label = `TAG ${tagText(text.slice(run.start, run.end))}`
  return found
}

/** How many there are. */
export const countHidden = (found: readonly Hidden[]) => found.reduce((sum, { times }) => sum + times, 0)

function isSeen(text: string, index: number, code: number) {
  if (code === 0x0a || code === 0x09) return true
  if (code === 0x0d) return text[index + 1] === '\n'
  if (code === 0x3000) return eastAsian.test(text[index - 1] ?? '') || eastAsian.test(text[index + 1] ?? '')
  if (code === 0xfe0e || code === 0xfe0f) return isPicture(text, index)
  if (code === zeroWidthJoiner) {
    return (
      pictureBefore.test(text.slice(Math.max(0, index - 4), index)) &&
      pictureAfter.test(text.slice(index + 1, index + 3))
    )
  }
  return isTag(code) && isFlag(text, index)
}

/** A selector behind a character that has two looks chooses one of them. */
function isPicture(text: string, index: number) {
  const before = text.slice(Math.max(0, index - 2), index)
  return /\p{Extended_Pictographic}$/u.test(before) || (/[\d#*]$/.test(before) && text[index + 1] === '\u20e3')
}

/** England, Scotland and Wales: a black flag, and tags that say whose. */
function isFlag(text: string, index: number) {
  const start = text.lastIndexOf('\u{1f3f4}', index)
  if (start < 0 || index - start > 14) return false
  const end = text.indexOf('\u{e007f}', start)
  return end >= index && end - start <= 14 && wholeEmoji.test(text.slice(start, end + 2))
}

const opensOverride = new Set([0x202d, 0x202e])
const opensEmbedding = new Set([0x202a, 0x202b])
const opensIsolate = new Set([0x2066, 0x2067, 0x2068])

export type Reordering = 'overridden' | 'unclosed'

/**
 * Whether controls make the text read in an order in which it was not written: letters are forced into a direction, or
 * a direction is opened in a line and not closed in it, so that it takes hold of what follows.
 */
export function reorderingIn(text: string, found: readonly Hidden[]): Reordering | null {
  if (found.some(({ code }) => opensOverride.has(code))) return 'overridden'
  let embeddings = 0
  let isolates = 0
  let line = 0
  for (const { code, times, start } of found) {
    if (text.slice(line, start).includes('\n') && embeddings + isolates > 0) return 'unclosed'
    line = start
    if (opensEmbedding.has(code)) embeddings += times
    if (opensIsolate.has(code)) isolates += times
    if (code === 0x202c) embeddings = Math.max(0, embeddings - times)
    if (code === 0x2069) isolates = Math.max(0, isolates - times)
  }
  return embeddings + isolates > 0 ? 'unclosed' : null
}
