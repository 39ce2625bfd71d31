import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ByteKind, createCsvBytes, toHeader } from './csv-bytes.ts'

/** The rule as it is written down, on characters; with the leading `'` that make it reversible. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what the rule is about
const rule = /^'*[\s\u0000-\u001f\u200b-\u200f\u2060\ufeff]*[=+\-@\t\r\n\u0000＝＋－＠]/u

/** As COPY writes it with every column quoted. */
const copied = (rows: string[][]) =>
  rows.map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`).join('')

function transform(csv: string, kinds: ByteKind[], cutAt: number[] = []) {
  const bytes = Buffer.from(csv)
  const transformer = createCsvBytes(kinds)
  const cuts = [0, ...cutAt.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  const parts = cuts.slice(1).map((cut, index) => transformer.push(bytes.subarray(cuts[index], cut)))
  transformer.end()
  return { text: Buffer.concat(parts).toString(), rows: transformer.rows() }
}

const texts = (value: string) => transform(copied([[value]]), ['text']).text

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(...'=+-@\'"\t\r\n ;,\u0001aЯ＝＠\u200b\ufeff\u00a0\u2028\u3000😀\u202e'),
    maxLength: 8,
  }),
)
const sane = nasty.map((text) => text.replaceAll('\0', '').toWellFormed())
const toLf = (text: string) => text.replace(/\r\n?/g, '\n')

describe('the CSV for people', () => {
  it.each([
    '=1+1',
    '+49 30 1',
    '-5',
    '@SUM(1,1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u200b=1',
    '\ufeff=1',
    '＝1',
    '＋1',
    '－1',
    '＠a',
    '\u00a0 =1',
    "'=1",
  ])('defuses %j', (value) => {
    expect(texts(value)).toBe(`"'${toLf(value)}"\r\n`)
  })

  it.each(['a=1', '1-2', '5', "'abc", '«=»', '', ' a', 'ⅩⅤ', '😀='])('leaves %j alone', (value) => {
    expect(texts(value)).toBe(`"${value}"\r\n`)
  })

  it('gives back what was there when one apostrophe is taken off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(sane, sane, sane), { minLength: 1 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (rows, cuts) => {
          const { text, rows: count } = transform(copied(rows), ['text', 'text', 'text'], cuts)
          const parsed: string[][] = parse(text, { record_delimiter: '\r\n' })
          expect(count).toBe(rows.length)
          for (const value of parsed.flat()) expect(rule.test(value) ? value.startsWith("'") : true).toBe(true)
          const restored = parsed.map((row) => row.map((value) => (rule.test(value) ? value.slice(1) : value)))
          expect(restored).toEqual(rows.map((row) => row.map(toLf)))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('writes times as ISO 8601 in UTC, and nothing for none', () => {
    const { text } = transform('2026-06-01 10:00:00.12+00,,2026-06-01 10:00:00+00\n', ['time', 'time', 'time'])
    expect(text).toBe('2026-06-01T10:00:00.12Z,,2026-06-01T10:00:00Z\r\n')
  })

  it('leaves numbers as they are, negative ones too', () => {
    expect(transform('-5,,17\n', ['plain', 'plain', 'plain']).text).toBe('-5,,17\r\n')
  })

  it.each([
    ['https://vk.example.org:8080/a.html?x=1.2', 'hxxps://vk[.]example[.]org:8080/a.html?x=1.2'],
    ['http://example.org', 'hxxp://example[.]org'],
    ['at://did:plc:1/app.bsky.feed.post/2', 'at://did:plc:1/app.bsky.feed.post/2'],
    ['not a link', 'not a link'],
    ['=HYPERLINK("http://a.b")', `'=HYPERLINK(""http://a.b"")`],
  ])('writes the link %s as %s', (link, written) => {
    expect(transform(copied([[link]]), ['link']).text).toBe(`"${written}"\r\n`)
  })

  it('says when the last record is cut off', () => {
    const transformer = createCsvBytes(['text', 'text'])
    expect(transformer.push(Buffer.from('"a","b"\n"c","d')).toString()).toBe('"a","b"\r\n')
    expect(() => transformer.end()).toThrow('cut off')
  })

  it('begins with a byte order mark and quotes the names', () => {
    expect(toHeader(['decision', 'decided (UTC)']).toString()).toBe('\ufeff"decision","decided (UTC)"\r\n')
  })
})
