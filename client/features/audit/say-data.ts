/** As much of a hash or an id as people compare by eye. */
export function shorten(id: string) {
  if (/^[0-9a-f]{40,}$/.test(id)) return `${id.slice(0, 6)}…${id.slice(-4)}`
  return /^[0-9a-f-]{36}$/.test(id) ? id.slice(-8) : id
}

/** What is read first of an entry; the rest follows as the log has it. */
const important = ['outcome', 'clause', 'exemption', 'measures']

/** The facts an entry holds, the telling ones first. */
export function factsOf(data: Record<string, unknown>): [key: string, value: unknown][] {
  const rank = (key: string) => (important.indexOf(key) + important.length + 1) % (important.length + 1)
  return Object.entries(data).sort(([a], [b]) => rank(a) - rank(b))
}

/** A fact as two words: what it is, and its value; null for one that is left out. */
type Teller = (key: string, value: unknown) => readonly [name: string, said: string] | null

const asLogged: Teller = (key, value) => [key, sayValue(value, shorten)]

/** What an entry holds, in one line: `outcome violation, clause tve.recruitment v2`. */
export function sayData(data: Record<string, unknown>, tell = asLogged): string {
  return factsOf(data)
    .flatMap(([key, value]) => {
      const [name, said] = tell(key, value) ?? ['', '']
      return said === '' ? [] : [`${name} ${said}`]
    })
    .join(', ')
}

/** A value in words; nothing for none. `cut` shortens ids and hashes, where there is little room. */
export function sayValue(value: unknown, cut: (id: string) => string = String): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((each) => sayValue(each, cut)).join(' + ')
  if (typeof value !== 'object') return cut(String(value))
  const { id, version } = value as { id?: unknown; version?: unknown }
  if (typeof id === 'string' && typeof version === 'number') return `${id} v${version}`
  return Object.entries(value)
    .map(([key, each]) => `${key}=${sayValue(each, cut)}`)
    .join(' ')
}
