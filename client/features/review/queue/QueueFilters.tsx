import { Menu, Popover } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AddFilter, FilterChip } from '#client/ui/FilterChip.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import { chosenOf, type Facet, facets, listOf, type QueueSearch } from '../queue.search.ts'
import { FacetList } from './FacetList.tsx'
import { useFacetChoices } from './facets.ts'

/** The filters in force as chips, and the way to add one. Every change is in the address at once. */
export function QueueFilters({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const choices = useFacetChoices()
  const [open, setOpen] = useState<Facet | null>(null)
  const adder = useRef<HTMLButtonElement>(null)
  useKeys({ filter: () => adder.current?.click() })

  function change(facet: Facet, chosen: string[]) {
    const { [facet]: _, ...rest } = listOf(search)
    navigate({ to: '/queue', search: chosen.length > 0 ? { ...rest, [facet]: chosen.join(',') } : rest, replace: true })
  }
  function summary(facet: Facet) {
    const labels = chosenOf(search, facet).map(
      (value) => choices[facet].find((choice) => choice.value === value)?.label ?? value,
    )
    const [first = '', ...others] = labels
    return others.length > 1 ? t('facet.more', { first, count: others.length }) : labels.join(', ')
  }

  const inForce = facets.filter((facet) => chosenOf(search, facet).length > 0 || facet === open)
  const left = facets.filter((facet) => !inForce.includes(facet))
  return (
    <>
      {inForce.map((facet) => (
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
              onRemove={chosenOf(search, facet).length > 0 ? () => change(facet, []) : undefined}
            />
          </Popover.Target>
          <Popover.Dropdown p="xs" aria-label={t(`facet.${facet}`)}>
            <FacetList
              name={t(`facet.${facet}`)}
              choices={choices[facet]}
              chosen={chosenOf(search, facet)}
              onChange={(chosen) => change(facet, chosen)}
            />
          </Popover.Dropdown>
        </Popover>
      ))}
      {left.length > 0 ? (
        <Menu position="bottom-start" width={160}>
          <Menu.Target>
            <AddFilter ref={adder} />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('filterBy')}</Menu.Label>
            {left.map((facet) => (
              <Menu.Item key={facet} onClick={() => setOpen(facet)}>
                {t(`facet.${facet}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </>
  )
}
