import { useQuery } from '@tanstack/react-query'
import { sectionToken } from '#shared/domain/routing.ts'
import { policiesQuery } from './reference-data.ts'

type Harm = { value: string; code: string; name: string; isSection: boolean }

/** Kinds of harm (sections of the policy) and clauses, each section before its clauses. */
export function useHarms(): Harm[] {
  const { data: policies } = useQuery(policiesQuery)
  const clauses = [...(policies?.values() ?? [])].filter(({ kind }) => kind === 'clause')
  return [...Map.groupBy(clauses, ({ section }) => section.code)].flatMap(([code, own]) => [
    { value: sectionToken(code), code, name: own[0]!.section.name, isSection: true },
    ...own.map(({ id, code, shortName }) => ({ value: id, code, name: shortName, isSection: false })),
  ])
}
