import { needsApostrophe } from './defuse.ts'

/** How the bytes of a column are treated. Numbers and codes of ours are `plain`: they stay as PostgreSQL writes them. */
export type ColumnKind = 'text' | 'link' | 'time' | 'plain'

const [quote, comma, lineFeed, carriageReturn, space, plus] = [0x22, 0x2c, 0x0a, 0x0d, 0x20, 0x2b]
const [apostrophe, slash, colon, dot, opening, closing] = [0x27, 0x2f, 0x3a, 0x2e, 0x5b, 0x5d]
const [letterT, letterZ, letterX, smallT] = [0x54, 0x5a, 0x78, 0x74]

/** A byte becomes three at most: a dot in the host of a link. */
const growth = 3

/**
 * Turns the CSV that `COPY … (format csv, force_quote …)` writes into one that people open in a spreadsheet program:
 * records end with CRLF, times are ISO 8601 in UTC, line breaks in text are LF, cells are defused (`defuse.ts`), links
 * are written so that no program follows them: `hxxps://example[.]org/path`. Texts and links are the quoted columns.
 *
 * Works on bytes in one pass, because a million rows of strings would cost ten times as much. A record that is not whole
 * yet is kept for the next `push`.
 */
export function createCsvBytes(kinds: ColumnKind[]) {
  let source: Buffer = Buffer.alloc(0)
  let target = Buffer.alloc(0)
  let from = 0
  let to = 0
  let rows = 0

  /** False when the source ends inside. */
  function writeRecord(): boolean {
    for (const kind of kinds) {
      const isWhole = source[from] === quote ? writeQuoted(kind === 'link') : writeBare(kind === 'time')
      if (!isWhole) return false
      const separator = source[from++]
      if (separator === comma) target[to++] = comma
    }
    if (source[from - 1] !== lineFeed) throw new Error('The record has more columns than were named.')
    target[to++] = carriageReturn
    target[to++] = lineFeed
    return true
  }

  function writeQuoted(isLink: boolean): boolean {
    target[to++] = quote
    from += 1
    if (needsApostrophe(source, from)) target[to++] = apostrophe
    if (isLink) writeHost()
    const length = source.length
    while (from < length) {
      const byte = source[from++]!
      if (byte === quote) {
        if (from === length) return false
        target[to++] = quote
        if (source[from] !== quote) return true
        from += 1
        target[to++] = quote
      } else if (byte === carriageReturn) {
        target[to++] = lineFeed
        if (source[from] === lineFeed) from += 1
      } else {
        target[to++] = byte
      }
    }
    return false
  }

  /** `https://example.org` as `hxxps://example[.]org`; the rest of the link is left to the caller. */
  function writeHost() {
    const scheme = source.indexOf('://', from)
    const end = source.indexOf(quote, from)
    if (scheme < 0 || scheme > end) return
    const isHttp = source[from + 1] === smallT && source[from + 2] === smallT
    for (; from < scheme + 3; from += 1) target[to++] = isHttp && source[from] === smallT ? letterX : source[from]!
    for (; from < end && source[from] !== slash && source[from] !== colon; from += 1) {
      const byte = source[from]!
      if (byte === dot) target[to++] = opening
      target[to++] = byte
      if (byte === dot) target[to++] = closing
    }
  }

  /** PostgreSQL writes `2026-06-01 10:00:00.5+00`. */
  function writeBare(isTime: boolean): boolean {
    const length = source.length
    for (; from < length; from += 1) {
      const byte = source[from]!
      if (byte === comma || byte === lineFeed) return true
      if (!isTime) target[to++] = byte
      else if (byte === plus) target[to++] = letterZ
      else if (byte === space) target[to++] = letterT
      else if (target[to - 1] !== letterZ) target[to++] = byte
    }
    return false
  }

  return {
    /** What is ready of all that came so far. */
    push(chunk: Buffer): Buffer {
      source = source.length > 0 ? Buffer.concat([source, chunk]) : chunk
      if (target.length < source.length * growth + 16) target = Buffer.allocUnsafe(source.length * growth + 16)
      from = 0
      to = 0
      let [begun, written] = [0, 0]
      while (from < source.length && writeRecord()) {
        rows += 1
        begun = from
        written = to
      }
      source = Buffer.from(source.subarray(begun))
      return Buffer.from(target.subarray(0, written))
    },
    /** Records so far. */
    rows: () => rows,
    /** @throws Error when the last record is not whole */
    end() {
      if (source.length > 0) throw new Error('The last record is cut off.')
    },
  }
}

/** A record of names, as `createCsvBytes` would write it. */
export function toHeader(names: string[]): Buffer {
  return Buffer.from(`\ufeff${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',')}\r\n`)
}
