import { type FoundWord, findWords, searchWords } from './search-words.ts'

/** Words that stand side by side; of the last one only the beginning when `isPrefix`. */
export type SearchTerm = { words: string[]; isPrefix: boolean }

/** What the whole query is the name of. */
export type Named =
  | { kind: 'reference'; number: number }
  | { kind: 'id'; id: string }
  | { kind: 'sha256'; sha256: string }
  | { kind: 'link'; link: string }

export type Search = { terms: SearchTerm[]; named: Named | null }

/**
 * Reads a query: words in any order, all of which must be there; `"words in this order"`; `begin*`, also at the end of a
 * phrase. What is written together and falls into several words (`covid-19`, `artyom_2`, 恐怖) is a phrase. A query that
 * is nothing but `DKT-48213`, an id, a SHA-256 or a link finds what it names, and also texts in which it is written.
 *
 * The last word is not taken for an unfinished one: a query means the same in an address, an export and a saved view.
 */
export function parseSearch(q: string): Search {
  const text = q.trim()
  const terms = Array.from(text.replace(/[“”„«»]/g, '"').matchAll(/"([^"]*)"?|[^\s"]+/g), (match) => {
    const part = (match[1] ?? match[0]).trim()
    return { words: searchWords(part), isPrefix: /[\p{L}\p{N}\p{M}]\*$/v.test(part) }
  })
  return { terms: terms.filter(({ words }) => words.length > 0), named: nameIn(text) }
}

function nameIn(text: string): Named | null {
  const number = /^dkt-?(\d{1,15})$/i.exec(text)?.[1]
  if (number) return { kind: 'reference', number: Number(number) }
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return { kind: 'id', id: text.toLowerCase() }
  if (/^[\da-f]{64}$/i.test(text)) return { kind: 'sha256', sha256: text.toLowerCase() }
  if (!/^(https?:\/\/\S+|[\w-]+(\.[\w-]+)+\/\S+)$/i.test(text)) return null
  const link = plainLink(text)
  return link === null ? null : { kind: 'link', link }
}

/** Added by those who share a link; they name nothing. */
const tracking = /^(utm_.*|fbclid|gclid|igshid|si|ref_src)$/

/**
 * A link without what differs between two people who copy it: scheme, `www.` and `m.`, the end slash, tracking, the
 * part after `#`. Null when it is none.
 */
export function plainLink(text: string): string | null {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`)
  if (!url || !/^https?:$/.test(url.protocol)) return null
  for (const name of [...url.searchParams.keys()]) if (tracking.test(name)) url.searchParams.delete(name)
  const host = url.host.replace(/^(www|m|mobile)\./, '')
  return `${host}${url.pathname.replace(/\/+$/, '')}${url.search}`.slice(0, 1_000)
}

export type Range = { from: number; to: number }

/** Where a text has what was searched for: ranges of the text as it is written, in order and apart from each other. */
export function markHits(text: string, q: string): Range[] {
  const { terms } = parseSearch(q)
  if (terms.length === 0 || text === '') return []
  const words = findWords(text)
  const hits = terms.flatMap((term) => hitsOf(words, term))
  return merge(hits.sort((a, b) => a.from - b.from))
}

function hitsOf(words: FoundWord[], term: SearchTerm): Range[] {
  const hits: Range[] = []
  for (let at = 0; at + term.words.length <= words.length; at += 1) {
    const found = words.slice(at, at + term.words.length)
    if (found.every(({ word }, index) => isWord(word, term, index))) {
      hits.push({ from: found[0]!.from, to: found.at(-1)!.to })
    }
  }
  return hits
}

function isWord(word: string, { words, isPrefix }: SearchTerm, index: number): boolean {
  const asked = words[index]!
  return isPrefix && index === words.length - 1 ? word.startsWith(asked) : word === asked
}

function merge(ranges: Range[]): Range[] {
  const merged: Range[] = []
  for (const range of ranges) {
    const last = merged.at(-1)
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to)
    else merged.push({ ...range })
  }
  return merged
}
