import { useQuery } from '@tanstack/react-query'
import { policiesQuery } from '#client/api/reference-data.ts'
import { Look, lookOf, type Strength, type Treatment } from '#shared/domain/redaction.ts'

/** From what shows most to what shows least. */
export const looks = Look.options

export function treatmentFrom(look: Look): Treatment {
  const [strength, grey] = look.split('-') as [Strength, 'grey'?]
  return { strength, isGrey: grey !== undefined }
}

/** What a chooser that may be left empty says: a look, or nothing. */
export const lookOrNone = (treatment: Treatment | null | undefined): Look | '' => (treatment ? lookOf(treatment) : '')

/** With one kind given a treatment of its own, or none any more. */
export function withKind(byKind: Record<string, Treatment>, kind: string, look: Look | '') {
  const { [kind]: _, ...rest } = byKind
  return look === '' ? rest : { ...rest, [kind]: treatmentFrom(look) }
}

/** The kinds of harm: sections of the policy, without the exemptions. */
export function useKinds(): { code: string; name: string }[] {
  const { data: policies } = useQuery(policiesQuery)
  const clauses = [...(policies?.values() ?? [])].filter(({ kind }) => kind === 'clause')
  return [...new Map(clauses.map(({ section }) => [section.code, section])).values()].sort((one, other) =>
    one.code.localeCompare(other.code, 'en', { numeric: true }),
  )
}
