import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import css from './intake.module.css'

type Props = { clause: string | null; error: string | null; onChoose: (clause: string | null) => void }

/** Every clause of the policy, by section, found by code or name. */
export function ClauseField({ clause, error, onChoose }: Props) {
  const { t } = useTranslation('intake')
  const { data: policies } = useQuery(policiesQuery)
  const clauses = [...(policies?.values() ?? [])].filter(({ kind, isRetired }) => kind === 'clause' && !isRetired)
  const sections = Map.groupBy(clauses, ({ section }) => section.name)
  return (
    <Select
      name="clause"
      className={css.wide ?? ''}
      label={t('flag.clause')}
      placeholder={t('flag.clause.find')}
      nothingFoundMessage={t('flag.clause.none')}
      searchable
      clearable
      limit={60}
      maxDropdownHeight={320}
      value={clause}
      error={error}
      onChange={onChoose}
      data={[...sections].map(([group, inSection]) => ({
        group,
        items: inSection.map(({ id, code, current }) => ({ value: id, label: `${code} ${current.label}` })),
      }))}
    />
  )
}
