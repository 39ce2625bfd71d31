import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import { useFormat } from '#client/ui/format.ts'
import { platformName } from '#client/ui/tags.tsx'
import { type RuleConditions, sectionToken } from '#shared/domain/routing.ts'

/** The words of what a rule asks, one after the other; none when it asks nothing. */
export function useConditions() {
  const { t } = useTranslation('routing')
  const { t: ui } = useTranslation('ui')
  const format = useFormat()
  const nameOfClause = useClauseNames()
  return (when: RuleConditions): { id: string; name: string; value: string }[] => {
    const list = (id: 'clauses' | 'sources' | 'languages' | 'platforms' | 'accountStatuses', words: string[]) =>
      words.length === 0 ? [] : [{ id, name: t(`rule.${id}`), value: words.join(', ') }]
    return [
      ...list('clauses', when.clauses.map(nameOfClause)),
      ...list(
        'sources',
        when.sources.map((kind) => ui(`source.${kind}`)),
      ),
      ...list(
        'languages',
        when.languages.map((code) => format.language(code)),
      ),
      ...list('platforms', when.platforms.map(platformName)),
      ...list(
        'accountStatuses',
        when.accountStatuses.map((status) => ui(`status.${status}`)),
      ),
      ...(when.reachMin === null
        ? []
        : [{ id: 'reach', name: '', value: t('when.reach', { n: format.number(when.reachMin) }) }]),
      ...(when.scoreMin === null ? [] : [{ id: 'score', name: '', value: t('when.score', { n: when.scoreMin }) }]),
    ]
  }
}

/** What stands for clauses in a rule, by the name people know it by. */
export function useClauseNames() {
  const { t } = useTranslation('routing')
  const { data: policies } = useQuery(policiesQuery)
  const clauses = [...(policies?.values() ?? [])].filter(({ kind }) => kind === 'clause')
  const sections = new Map(clauses.map(({ section }) => [sectionToken(section.code), section]))
  return (token: string): string => {
    if (token === 'unsorted') return t('rule.unsorted')
    const section = sections.get(token)
    if (section) return t('rule.section', section)
    const clause = policies?.get(token)
    if (clause) return `${clause.code} ${clause.shortName}`
    return token.endsWith('.') ? t('rule.prefix', { prefix: token }) : token
  }
}

/** Everything that a rule may ask of the clause: unsorted, sections, beginnings of ids, clauses. */
export function useClauseTokens(): { value: string; label: string }[] {
  const { data: policies } = useQuery(policiesQuery)
  const nameOf = useClauseNames()
  const clauses = [...(policies?.values() ?? [])].filter(({ kind }) => kind === 'clause')
  const sections = [...new Set(clauses.map(({ section }) => sectionToken(section.code)))]
  const prefixes = [...new Set(clauses.flatMap(({ id }) => (id.includes('.') ? [`${id.split('.')[0]}.`] : [])))]
  return ['unsorted', ...sections, ...prefixes, ...clauses.map(({ id }) => id)].map((value) => ({
    value,
    label: nameOf(value),
  }))
}
