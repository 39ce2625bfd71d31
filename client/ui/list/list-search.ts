/**
 * What the address of a list may say: a list of known words, a list of any, a text, a moment, or yes and no. Everything
 * stands in the address as people would write it: `outcome=violation,exempt`, `new=yes`.
 */
export type Spec = Record<string, readonly string[] | 'list' | 'text' | 'switch' | 'time'>
export type SearchOf<S extends Spec> = { [Name in keyof S]?: string }

const mostValues = 50

/** Keeps what makes sense and drops the rest, so that an old or cut link still opens a list. */
export function readSearch<S extends Spec>(spec: S, raw: Record<string, unknown>): SearchOf<S> {
  const read: SearchOf<S> = {}
  for (const name of Object.keys(spec) as (keyof S & string)[]) {
    const value = readValue(spec[name]!, raw[name])
    if (value !== '') read[name] = value
  }
  return read
}

function readValue(kind: Spec[string], raw: unknown): string {
  if (typeof raw !== 'string' && typeof raw !== 'number') return ''
  const text = String(raw).trim()
  if (kind === 'text') return text.slice(0, 200)
  if (kind === 'switch') return text === 'yes' || text === 'no' ? text : ''
  if (kind === 'time') return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) && Date.parse(text) ? text : ''
  const values = [...new Set(text.split(',').filter((value) => value !== ''))]
  return (kind === 'list' ? values : values.filter((value) => kind.includes(value))).slice(0, mostValues).join(',')
}

export function valuesIn(text: string | undefined): string[] {
  return text ? text.split(',') : []
}

/** The same as the API takes it. */
export function queryOf<S extends Spec>(spec: S, search: SearchOf<S>): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  for (const [name, kind] of Object.entries(spec)) {
    const value = search[name]
    if (value === undefined) continue
    if (kind === 'switch') query[name] = value === 'yes' ? 'true' : 'false'
    else query[name] = kind === 'text' || kind === 'time' ? value : valuesIn(value)
  }
  return query
}

/** The search with these values instead; an empty one is taken away. */
export function withValues<Search extends object>(search: Search, values: Record<string, string | undefined>): Search {
  const entries = Object.entries({ ...search, ...values }).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(entries) as Search
}
