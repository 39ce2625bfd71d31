import { fold } from '../fold.ts'

/** What stands at a place of a text. */
export const kinds = { letter: 1, digit: 2, space: 3, sign: 4 } as const
export type Kind = (typeof kinds)[keyof typeof kinds]

/** A text folded letter by letter; `from` and `to` are where each stands in the text as written (UTF-16 offsets). */
export type Letters = { chars: string[]; kinds: Kind[]; from: number[]; to: number[] }

/** How a character may be read: as a letter of its own script, or as one that it stands in for. */
export type Reading = { letter: string; isOwn: boolean }

/** Reads a text: case, marks, compatibility forms and invisible characters go as in `fold`. */
export function readLetters(text: string): Letters {
  const read: Letters = { chars: [], kinds: [], from: [], to: [] }
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    const simple = isAlone(text.charCodeAt(at + 1)) ? table[code] : undefined
    if (simple) {
      push(read, simple, at, at + 1)
      at += 1
      continue
    }
    cluster.lastIndex = at
    const end = at + (cluster.exec(text)?.[0].length ?? 1)
    for (const char of fold(text.slice(at, end))) push(read, seen(char), at, end)
    at = end
  }
  return read
}

type Seen = { char: string; kind: Kind }

function push(read: Letters, { char, kind }: Seen, from: number, to: number) {
  read.chars.push(char)
  read.kinds.push(kind)
  read.from.push(from)
  read.to.push(to)
}

const seenBefore = new Map<string, Seen>()

function seen(char: string): Seen {
  const known = seenBefore.get(char)
  if (known) return known
  const found = { char, kind: kindOf(char) }
  if (seenBefore.size < 20_000) seenBefore.set(char, found)
  return found
}

function kindOf(char: string): Kind {
  if (/[[\p{L}\p{M}]--[\u02b0-\u02ff]]/v.test(char)) return kinds.letter
  if (/\p{N}/v.test(char)) return kinds.digit
  return /[\s\p{Z}]/v.test(char) ? kinds.space : kinds.sign
}

/** A character and what composes with it or cannot be seen. */
const cluster = /[^\p{M}\p{Cf}][\p{M}\p{Cf}\u0640]*|[\p{M}\p{Cf}]+/svy

/** ASCII and Cyrillic letters, most of what is written here, need no folding by rule: a tenth of the time. */
const table: (Seen | undefined)[] = []
for (let code = 0; code < 0x530; code += 1) {
  const isSimple = code < 0x80 || (code >= 0x400 && code < 0x482) || code >= 0x48a
  if (!isSimple) continue
  const char = fold(String.fromCharCode(code))
  if (char.length === 1) table[code] = seen(char)
}

/** Nothing that composes follows. */
function isAlone(next: number) {
  return Number.isNaN(next) || next < 0xad || (next >= 0x400 && next < 0x482) || (next >= 0x48a && next < 0x530)
}
