import { useTranslation } from 'react-i18next'
import { FindList } from '#client/ui/FindList.tsx'
import { type ChipName, isList, valuesIn } from '../filters.ts'
import type { QueueSearch } from '../queue.search.ts'
import { useChoices } from './choices.ts'

type Props = {
  search: QueueSearch
  /** The filters that may be added. */
  names: readonly ChipName[]
  onOpen: (name: ChipName) => void
  /** A value was named, so nothing else is to be asked. */
  onAdd: (name: ChipName, values: string) => void
}

/** Values offered beside the filters' own names, at most. */
const mostValues = 12

/** Finds a filter by its name, or by the name of one of its values: “tel” offers Platform: Telegram. */
export function AddFilterList({ search, names, onOpen, onAdd }: Props) {
  const { t } = useTranslation('queue')
  const choicesOf = useChoices(search)
  const all = names.map((name) => ({ value: name as string, label: t(`facet.${name}`) }))

  function find(text: string) {
    if (text === '') return all.filter(({ value }) => search[value as ChipName] === undefined)
    const fits = (label: string) => label.toLowerCase().includes(text.toLowerCase())
    const byName = all.filter(({ label }) => fits(label))
    const byValue = names.flatMap((name) =>
      isList(name)
        ? choicesOf(name)
            .filter(({ value, label }) => fits(label) && !valuesIn(name, search[name]).includes(value))
            .map(({ value, label }) => ({ value: `${name}=${value}`, label: `${t(`facet.${name}`)}: ${label}` }))
        : [],
    )
    return [...byName, ...byValue.slice(0, mostValues)]
  }
  function choose(chosen: string) {
    const [name, value] = chosen.split('=') as [ChipName, string | undefined]
    if (value === undefined) return onOpen(name)
    const before = isList(name) ? valuesIn(name, search[name]) : []
    onAdd(name, [...before, value].join(','))
  }
  return <FindList name={t('filterBy')} placeholder={t('filterFind')} find={find} onChoose={choose} />
}
