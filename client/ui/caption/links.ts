/** An address in a text. It is never followed by itself. */
export type FoundLink = {
  start: number
  end: number
  /** Where it really leads, as a browser would read it; hosts in other letters are in their own code (`xn--…`). */
  href: string
  /** The host that would be asked, and where it stands in the text; null where it is written in a way of its own. */
  host: string
  hostAt: { start: number; end: number } | null
  /** The host as browsers send it, when that is not what is written. */
  punycode: string | null
}

// What may be an address; a sentence's own marks behind it are taken off again.
const address =
  /(?:(?:https?|ftp):\/\/|www\.)[^\s<>"“”«»]+|(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,4}\p{L}{2,24}(?::\d{2,5})?\/[^\s<>"“”«»]*/giu
const behind = /[.,;:!?…'’)\]}、。！？،؛؟]+$/u

/** At most this many are told apart: a text of nothing but addresses stays readable, and quick. */
const most = 200

export function findLinks(text: string): FoundLink[] {
  if (!/[./]/.test(text)) return []
  const found: FoundLink[] = []
  for (const match of text.matchAll(address)) {
    const link = readLink(withoutTail(match[0]), match.index)
    if (link) found.push(link)
    if (found.length === most) break
  }
  return found
}

/** A closing bracket stays where it was opened within the address. */
function withoutTail(raw: string): string {
  const tail = behind.exec(raw)?.[0]
  if (!tail) return raw
  const head = raw.slice(0, -tail.length)
  return tail.startsWith(')') && head.split('(').length > head.split(')').length ? `${head})` : head
}

function readLink(written: string, start: number): FoundLink | null {
  const scheme = /^[a-z]+:\/\//i.exec(written)?.[0] ?? ''
  const url = URL.parse(scheme ? written : `http://${written}`)
  if (!url?.hostname) return null
  const authority = /^[^/?#\\]*/.exec(written.slice(scheme.length))![0]
  // A name and an @ before the host are there to deceive: what counts comes behind the last one.
  const from = scheme.length + authority.lastIndexOf('@') + 1
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '')
  const isSame = host.toLowerCase() === url.hostname
  return {
    start,
    end: start + written.length,
    href: url.href,
    host: url.hostname,
    hostAt: host ? { start: start + from, end: start + from + host.length } : null,
    punycode: isSame ? null : url.hostname,
  }
}
