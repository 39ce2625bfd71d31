/** What a text may be that somebody pasted. */
export type Clues = {
  /** Of any kind, whole. */
  uuid: string | null
  /** Of `DKT-123`. */
  number: number | null
  /** Of a file. */
  sha256: string | null
  /** The same page under the addresses it goes by. */
  urls: string[]
  /** Handles and ids that platforms gave, as written. */
  names: string[]
  /** How a name may begin; null where only the whole makes sense. */
  prefix: string | null
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const reference = /^(?:dkt-|#)?(\d{1,15})$/i
const hash = /^[0-9a-f]{64}$/i
/** Shorter ones begin too many names. */
const shortest = 2

export function readText(text: string): Clues {
  const trimmed = text.trim()
  const clues = { uuid: null, number: null, sha256: null, urls: [], prefix: null }
  const url = readUrl(trimmed)
  if (url) {
    const inside = url.pathname.split('/').flatMap((part) => [...part.matchAll(uuids)].map(([id]) => id.toLowerCase()))
    return { ...clues, uuid: inside.at(-1) ?? null, urls: addressesOf(url, trimmed), names: namesIn(url) }
  }
  if (uuid.test(trimmed)) return { ...clues, uuid: trimmed.toLowerCase(), names: [trimmed] }
  if (hash.test(trimmed)) return { ...clues, sha256: trimmed.toLowerCase(), names: [trimmed] }
  const number = reference.exec(trimmed)?.[1]
  const name = trimmed.replace(/^@/, '')
  return {
    ...clues,
    number: number ? Number(number) : null,
    names: [...new Set([trimmed, name])].filter(Boolean),
    prefix: name.length >= shortest ? name : null,
  }
}

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

/** Also without the scheme, as addresses are written in texts. */
function readUrl(text: string): URL | null {
  if (/\s/.test(text)) return null
  if (/^https?:\/\//i.test(text)) return URL.parse(text)
  return /^[\w-]+(\.[\w-]+)+\//.test(text) ? URL.parse(`https://${text}`) : null
}

/** With and without what browsers and platforms add: scheme, `www.` and `m.`, the last slash, query and fragment. */
function addressesOf(url: URL, text: string): string[] {
  const host = url.host.replace(/^(www|m)\./, '')
  const path = url.pathname.replace(/\/+$/, '')
  const hosts = [...new Set([url.host, host, `www.${host}`, `m.${host}`])]
  const tails = [...new Set([`${path}${url.search}`, `${path}/${url.search}`, path, `${path}/`])]
  const all = ['https', 'http'].flatMap((scheme) =>
    hosts.flatMap((each) => tails.map((tail) => `${scheme}://${each}${tail}`)),
  )
  return [...new Set([text, ...all])]
}

/** The end of the way is what platforms call a thing: `/artyom_2`, `/wall-1_2`. */
function namesIn(url: URL): string[] {
  const last = url.pathname.split('/').filter(Boolean).at(-1)
  if (!last) return []
  const name = decode(last).replace(/^@/, '')
  return name ? [name] : []
}

function decode(part: string) {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
