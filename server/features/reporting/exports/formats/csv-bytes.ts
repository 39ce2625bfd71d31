import { maybeComputed, needsApostrophe } from './defuse.ts'

/** How the bytes of a column are treated. Numbers and codes of ours are `plain`: they stay as PostgreSQL writes them. */
export type ByteKind = 'text' | 'link' | 'time' | 'plain'

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
export function createCsvBytes(kinds: ByteKind[]) {
  const columns = Uint8Array.from(kinds, (kind) => (kind === 'link' ? isLink : kind === 'time' ? isTime : 0))
  const pass: Pass = { source: Buffer.alloc(0), target: Buffer.alloc(0), from: 0, to: 0 }
  let rows = 0
  return {
    /** What is ready of all that came so far. */
    push(chunk: Buffer): Buffer {
      pass.source = pass.source.length > 0 ? Buffer.concat([pass.source, chunk]) : chunk
      const needed = pass.source.length * growth + 16
      if (pass.target.length < needed) pass.target = Buffer.allocUnsafe(needed)
      rows += writeRecords(pass, columns)
      pass.source = Buffer.from(pass.source.subarray(pass.from))
      return Buffer.from(pass.target.subarray(0, pass.to))
    },
    /** Records so far. */
    rows: () => rows,
    /** @throws Error when the last record is not whole */
    end() {
      if (pass.source.length > 0) throw new Error('The last record is cut off.')
    },
  }
}

const isLink = 1
const isTime = 2

/** One way through a piece: what is read and what is written, and how far each is. */
type Pass = { source: Buffer; target: Buffer; from: number; to: number }

/**
 * Writes the whole records of the source, leaves `from` and `to` behind the last of them, and answers how many. One long
 * function on purpose: a call for each field would take half of the time.
 */
function writeRecords(pass: Pass, columns: Uint8Array): number {
  const { source, target } = pass
  const length = source.length
  let [from, to, column, records] = [0, 0, 0, 0]
  pass.from = 0
  pass.to = 0
  while (from < length) {
    if (source[from] === quote) {
      target[to++] = source[from++]!
      if (from < length && maybeComputed[source[from]!] === 1 && needsApostrophe(source, from))
        target[to++] = apostrophe
      if (columns[column] === isLink) {
        const host = writeHost(source, from, target, to)
        from += host.read
        to += host.written
      }
      for (;;) {
        if (from === length) return records
        const byte = source[from++]!
        target[to++] = byte
        if (byte === quote) {
          if (from === length) return records
          if (source[from] !== quote) break
          target[to++] = source[from++]!
        } else if (byte === carriageReturn) {
          target[to - 1] = lineFeed
          if (from < length && source[from] === lineFeed) from += 1
        }
      }
    } else if (columns[column] === isTime) {
      // PostgreSQL writes `2026-06-01 10:00:00.5+00`.
      const begin = from
      for (; from < length && source[from] !== comma && source[from] !== lineFeed; from += 1) {
        if (source[from] === plus) from += 2
        else target[to++] = source[from] === space ? letterT : source[from]!
      }
      if (from > begin) target[to++] = letterZ
    } else {
      while (from < length && source[from] !== comma && source[from] !== lineFeed) target[to++] = source[from++]!
    }
    if (from >= length) return records
    column += 1
    if (source[from++] === comma) {
      target[to++] = comma
    } else {
      if (column !== columns.length) throw new Error(`A record has ${column} columns, not ${columns.length}.`)
      target[to++] = carriageReturn
      target[to++] = lineFeed
      column = 0
      records += 1
      pass.from = from
      pass.to = to
    }
  }
  return records
}

/** `https://example.org` as `hxxps://example[.]org`; what follows the host is left to the caller. */
function writeHost(source: Buffer, begin: number, target: Buffer, place: number) {
  let [from, to] = [begin, place]
  let scheme = begin
  while (scheme < source.length && source[scheme] !== colon && source[scheme] !== quote) scheme += 1
  if (source[scheme] !== colon || source[scheme + 1] !== slash || source[scheme + 2] !== slash) return untouched
  const isHttp = source[begin + 1] === smallT && source[begin + 2] === smallT
  for (; from < scheme + 3; from += 1) target[to++] = isHttp && source[from] === smallT ? letterX : source[from]!
  for (; from < source.length; from += 1) {
    const byte = source[from]!
    if (byte === slash || byte === colon || byte === quote) break
    if (byte === dot) target[to++] = opening
    target[to++] = byte
    if (byte === dot) target[to++] = closing
  }
  return { read: from - begin, written: to - place }
}

const untouched = { read: 0, written: 0 }

/** A record of names, as `createCsvBytes` would write it. */
export function toHeader(names: string[]): Buffer {
  return Buffer.from(`\ufeff${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',')}\r\n`)
}
