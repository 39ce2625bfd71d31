import { useNavigate } from '@tanstack/react-router'
import { lazy, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '#client/api/session.ts'
import { AddFilter, FilterChip } from '#client/ui/FilterChip.tsx'
import { useBox } from '#client/ui/hanging.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import { type ChipName, type Filters, filterNames } from '../filters.ts'
import { type QueueSearch, withFilter } from '../queue.search.ts'
import { useFilterWords } from './filter-words.ts'
import css from './queue.module.css'

const load = () => Promise.all([import('./FilterBox.tsx'), import('./AddFilterList.tsx')])
const FilterBox = lazy(async () => ({ default: (await load())[0].FilterBox }))
const AddFilterList = lazy(async () => ({ default: (await load())[1].AddFilterList }))

/** Come with a link and can only be dropped: nobody types an id. */
const given = new Set<ChipName>(['account', 'id'])
/** Ask for decided reviews, so they lead to their tab. */
const ofDecided = new Set<ChipName>(['outcome', 'exemption', 'decided', 'decidedBy'])

/** The filters in force as chips, and the way to add one. Every change is in the address at once. */
export function QueueFilters({ search }: { search: QueueSearch }) {
  const navigate = useNavigate()
  const summaryOf = useFilterWords(search)
  const mayKnowReporters = useMay('reporter.read')
  const { seesRestricted } = useSession().scope
  const [open, setOpen] = useState<ChipName | null>(null)

  function change(name: ChipName, value: Filters[ChipName]) {
    const next = withFilter(search, name, value)
    const isElsewhere = value !== undefined && ofDecided.has(name) && !search.tab && !search.state?.includes('decided')
    navigate({ to: '/queue', search: isElsewhere ? { ...next, tab: 'decided' } : next, replace: true })
  }
  const shown = filterNames.filter((name) => search[name] !== undefined || name === open)
  const isUseless: Partial<Record<ChipName, boolean>> = {
    state: search.tab !== undefined,
    reporter: !mayKnowReporters,
    isRestricted: !seesRestricted,
  }
  const names = filterNames.filter((name) => !given.has(name) && !isUseless[name])
  return (
    <div className={css.chips}>
      {shown.map((name) => (
        <Chip
          key={name}
          name={name}
          search={search}
          summary={summaryOf(name)}
          isOpen={open === name}
          onOpen={(isOpen) => setOpen(isOpen ? name : null)}
          onChange={(value) => change(name, value)}
        />
      ))}
      <Adder search={search} names={names} onOpen={setOpen} onAdd={change} />
    </div>
  )
}

type ChipProps = {
  name: ChipName
  search: QueueSearch
  summary: string
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  onChange: (value: Filters[ChipName]) => void
}

function Chip({ name, search, summary, isOpen, onOpen, onChange }: ChipProps) {
  const { t } = useTranslation('queue')
  const { target, hang } = useBox({ position: 'bottom-start', warm: load, isOpen, onOpen })
  const label = t(`facet.${name}`)
  const onRemove = search[name] === undefined ? undefined : () => onChange(undefined)
  if (given.has(name)) return <FilterChip name={label} value={summary} onRemove={onRemove} isFixed />
  return (
    <>
      <FilterChip name={label} value={summary} onRemove={onRemove} {...target} />
      {hang(<FilterBox {...{ name, search, onChange }} onClose={() => onOpen(false)} />, label)}
    </>
  )
}

type AdderProps = {
  search: QueueSearch
  names: readonly ChipName[]
  onOpen: (name: ChipName) => void
  onAdd: (name: ChipName, value: string) => void
}

function Adder({ search, names, onOpen, onAdd }: AdderProps) {
  const { t } = useTranslation('queue')
  const { target, hang, setOpen } = useBox({ position: 'bottom-start', warm: load })
  useKeys({ addFilter: () => setOpen(true) })
  return (
    <>
      <AddFilter {...target} />
      {hang(
        <AddFilterList
          search={search}
          names={names}
          onOpen={(name) => {
            setOpen(false)
            onOpen(name)
          }}
          onAdd={(name, value) => {
            setOpen(false)
            onAdd(name, value)
          }}
        />,
        t('filterBy'),
      )}
    </>
  )
}
