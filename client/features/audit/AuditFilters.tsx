import { Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleQuery } from '#client/api/reference-data.ts'
import { type Choice, ChoiceList } from '#client/ui/ChoiceList.tsx'
import { FilterChip } from '#client/ui/FilterChip.tsx'
import { systemPerson } from '#shared/contract/events.ts'
import { type AuditSearch, chosenOf, type Facet, facets, fromTheTop } from './audit.search.ts'
import { useSubjectKind } from './names.tsx'
import { RangeChip } from './RangeChip.tsx'
import { shorten } from './say-data.ts'
import { useKindWords } from './words.ts'

type Props = { search: AuditSearch; known: { kinds: string[]; subjectKinds: string[] } | null }

/** Every filter is there to press, whether in force or not; every change is in the address at once. */
export function AuditFilters({ search, known }: Props) {
  const { t } = useTranslation('audit')
  const navigate = useNavigate()
  const choices = useChoices(known)
  const [open, setOpen] = useState<Facet | null>(null)

  const go = (next: AuditSearch) => navigate({ to: '/audit', search: next, replace: true })
  function choose(facet: Facet, chosen: string[]) {
    const { [facet]: _, ...rest } = fromTheTop(search)
    go(chosen.length > 0 ? { ...rest, [facet]: chosen.join(',') } : rest)
  }
  function summary(facet: Facet) {
    const labels = chosenOf(search, facet).map(
      (value) => choices[facet].find((choice) => choice.value === value)?.label ?? shorten(value),
    )
    const [first, ...others] = labels
    if (!first) return t(`facet.any.${facet}`)
    return others.length > 1 ? t('facet.more', { first, count: others.length }) : labels.join(', ')
  }

  return (
    <div className="row6 wrap">
      {facets.map((facet) => (
        <Popover
          key={facet}
          opened={open === facet}
          onChange={(on) => setOpen(on ? facet : null)}
          position="bottom-start"
          trapFocus
          returnFocus
          hideDetached={false}
        >
          <Popover.Target>
            <FilterChip
              name={t(`facet.${facet}`)}
              value={summary(facet)}
              aria-expanded={open === facet}
              onClick={() => setOpen(open === facet ? null : facet)}
              onRemove={search[facet] ? () => choose(facet, []) : undefined}
            />
          </Popover.Target>
          <Popover.Dropdown p="xs" aria-label={t(`facet.${facet}`)}>
            <ChoiceList
              name={t(`facet.${facet}`)}
              choices={choices[facet]}
              chosen={chosenOf(search, facet)}
              onChange={(chosen) => choose(facet, chosen)}
            />
          </Popover.Dropdown>
        </Popover>
      ))}
      <RangeChip
        {...(search.from && { from: search.from })}
        {...(search.to && { to: search.to })}
        onChange={(range) => {
          const { from: _, to: __, ...rest } = fromTheTop(search)
          go({ ...rest, ...range })
        }}
      />
      {search.subjectId ? (
        <FilterChip
          name={t('only.name')}
          value={shorten(search.subjectId)}
          title={search.subjectId}
          onRemove={() => {
            const { subjectId: _, ...rest } = fromTheTop(search)
            go(rest)
          }}
        />
      ) : null}
    </div>
  )
}

/** People by name, the system first; kinds and subjects in words. */
function useChoices(known: Props['known']): Record<Facet, Choice[]> {
  const { t } = useTranslation('audit')
  const subjectOf = useSubjectKind()
  const kindOf = useKindWords()
  const { data: people } = useQuery(peopleQuery)
  const persons = [...(people?.values() ?? [])].map(({ id, name }) => ({ value: id, label: name }))
  persons.sort((a, b) => a.label.localeCompare(b.label))
  return {
    person: [{ value: systemPerson, label: t('who.system') }, ...persons],
    kind: (known?.kinds ?? []).map((kind) => ({ value: kind, label: kindOf(kind) })),
    subjectKind: (known?.subjectKinds ?? []).map((kind) => ({ value: kind, label: subjectOf(kind) })),
  }
}
