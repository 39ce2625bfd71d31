import { readSearch, type SearchOf } from '#client/ui/list/list-search.ts'
import { FlagEffect, SourceKind } from '#shared/domain/words.ts'

export const flagsSpec = {
  source: SourceKind.options,
  sourceName: 'list',
  policy: 'list',
  effect: FlagEffect.options,
  setAside: 'switch',
  reporter: 'text',
  account: 'text',
  from: 'time',
  to: 'time',
  sort: ['oldest'],
} as const
export type FlagsSearch = SearchOf<typeof flagsSpec>
export const readFlagsSearch = (raw: Record<string, unknown>): FlagsSearch => readSearch(flagsSpec, raw)

export const reportersSpec = {
  q: 'text',
  sourceName: 'list',
  trusted: 'switch',
  muted: 'switch',
  sort: ['newest'],
} as const
export type ReportersSearch = SearchOf<typeof reportersSpec>
export const readReportersSearch = (raw: Record<string, unknown>): ReportersSearch => readSearch(reportersSpec, raw)
