import type { ExportKind } from '#shared/contract/exports.ts'

/** Said again here: the routes read the address before the page, and its contract, are there. */
const kinds: readonly ExportKind[] = ['reviews', 'decisions', 'accounts', 'flags', 'appeals', 'events', 'report']

/** What the address may say: an export to be asked for, as a list hands it over. */
export type ExportSearch = { kind?: ExportKind; from?: string; to?: string; filter?: Record<string, unknown> }

/** Keeps what makes sense and drops the rest, so that an old or cut link still opens the page. */
export function readExportSearch(search: Record<string, unknown>): ExportSearch {
  const kind = kinds.find((each) => each === search.kind)
  const day = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : null)
  const [from, to] = [day(search.from), day(search.to)]
  const { filter } = search
  const isFilter = typeof filter === 'object' && filter !== null && !Array.isArray(filter)
  return {
    ...(kind && { kind }),
    ...(from && { from }),
    ...(to && { to }),
    ...(isFilter && { filter: filter as Record<string, unknown> }),
  }
}
