import { EventFilter } from '#shared/contract/events.ts'

/** Filters of which several values may be in force at once; in the address they stand as `kind=a,b`. */
export const facets = ['person', 'kind', 'subjectKind'] as const
export type Facet = (typeof facets)[number]

/** What the address of the audit log may say. `entry` is the open one, `cursor` where the page stands. */
export type AuditSearch = { [F in Facet]?: string } & {
  subjectId?: string
  from?: string
  to?: string
  cursor?: string
  entry?: number
}

/** Keeps what makes sense and drops the rest, so that an old or cut link still opens the log. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const read: AuditSearch = {}
  for (const name of [...facets, 'subjectId', 'cursor'] as const) {
    const value = search[name]
    if (typeof value === 'string' && value !== '') read[name] = value
  }
  for (const name of ['from', 'to'] as const) {
    const at = EventFilter.shape[name].safeParse(search[name])
    if (at.success && at.data) read[name] = at.data
  }
  const entry = Number(search.entry)
  if (Number.isSafeInteger(entry) && entry > 0) read.entry = entry
  return read
}

export function chosenOf(search: AuditSearch, facet: Facet): string[] {
  return search[facet]?.split(',').filter(Boolean).slice(0, 50) ?? []
}

/** The same list from its beginning: what a changed filter leads to. */
export function fromTheTop({ cursor: _, entry: __, ...filters }: AuditSearch): AuditSearch {
  return filters
}

/** The filters as the API takes them. */
export function filterOf(search: AuditSearch) {
  const chosen = facets.flatMap((facet) => {
    const values = chosenOf(search, facet)
    return values.length > 0 ? [[facet, values] as const] : []
  })
  const { subjectId, from, to } = search
  return {
    ...(Object.fromEntries(chosen) as { [F in Facet]?: string[] }),
    ...(subjectId && { subjectId }),
    ...(from && { from }),
    ...(to && { to }),
  }
}
