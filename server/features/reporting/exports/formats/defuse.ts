const apostrophe = 0x27

/** By first byte: 0 harmless, 1 computed by a spreadsheet, 2 looked past, 3 the first of several bytes. */
const first = new Uint8Array(256)
for (let byte = 0x01; byte <= 0x20; byte += 1) first[byte] = 2
for (const character of '=+-@\t\r\n\0') first[character.charCodeAt(0)] = 1
for (const lead of [0xc2, 0xe1, 0xe2, 0xe3, 0xef]) first[lead] = 3

/** 1 for the first bytes of cells that have to be looked at: of a hundred cells hardly one. */
export const maybeComputed = first.map((kind, byte) => (kind > 0 || byte === apostrophe ? 1 : 0))

const keyOf = (bytes: Uint8Array, at: number) =>
  ((bytes[at]! << 16) | (bytes[at + 1]! << 8) | (bytes[at + 2] ?? 0)) >>> 0

/** Characters of three bytes: spaces and invisible ones are looked past, full-width operators are computed. */
const wide = new Map<number, 1 | 2>()
for (const character of '\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff')
  wide.set(keyOf(Buffer.from(character), 0), 2)
for (let code = 0x2000; code <= 0x200f; code += 1) wide.set(keyOf(Buffer.from(String.fromCharCode(code)), 0), 2)
for (const character of '＝＋－＠') wide.set(keyOf(Buffer.from(character), 0), 1)

/**
 * Whether a text cell (UTF-8, from `at`) gets `'` before it, because a spreadsheet would compute it: it begins with
 * `= + - @`, their full-width forms, a tab, a line break or NUL, also after white space or invisible characters. So does
 * one that begins with `'` and would be computed without: taking one `'` off every cell for which this holds with it
 * gives back what was there.
 */
export function needsApostrophe(bytes: Uint8Array, at: number): boolean {
  let place = at
  while (bytes[place] === apostrophe) place += 1
  for (;;) {
    const byte = bytes[place]
    if (byte === undefined) return false
    const kind = first[byte]
    if (kind === 1) return true
    if (kind === 2) {
      place += 1
    } else if (kind === 3) {
      const isNoBreakSpace = byte === 0xc2 && bytes[place + 1] === 0xa0
      const found = isNoBreakSpace ? 2 : wide.get(keyOf(bytes, place))
      if (found !== 2) return found === 1
      place += isNoBreakSpace ? 2 : 3
    } else {
      return false
    }
  }
}
