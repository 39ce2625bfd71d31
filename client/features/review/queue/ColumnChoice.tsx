import { ActionIcon, Button, Checkbox, SegmentedControl } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '#client/ui/announce.tsx'
import css from './ColumnChoice.module.css'
import { useColumnName } from './TableHead.tsx'
import { type ColumnId, columnIds, type Density, plainColumns, type View } from './view.ts'

type Props = { view: View; onChange: (part: Partial<View>) => void }
type Direction = 'up' | 'down'

/** Columns to tick and to put in order, and the density. Alt and an arrow move a column as its buttons do. */
export function ColumnChoice({ view, onChange }: Props) {
  const { t } = useTranslation('queue')
  const { columns, density } = view
  const hidden = columnIds.filter((id) => !columns.includes(id))
  const { list, follow } = useFollowedFocus()

  function toggle(id: ColumnId) {
    onChange({ columns: columns.includes(id) ? columns.filter((each) => each !== id) : [...columns, id] })
  }
  function move(id: ColumnId, name: string, direction: Direction) {
    const from = columns.indexOf(id)
    const to = direction === 'up' ? from - 1 : from + 1
    if (from < 0 || to < 0 || to >= columns.length) return
    const others = columns.filter((each) => each !== id)
    onChange({ columns: [...others.slice(0, to), id, ...others.slice(to)] })
    follow(id)
    announce(t('view.moved', { name, at: to + 1, of: columns.length }))
  }
  return (
    <div className={css.choice}>
      <SegmentedControl
        fullWidth
        aria-label={t('view.density')}
        data={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
        value={density}
        onChange={(value) => onChange({ density: value as Density })}
      />
      <ul className={css.list} aria-label={t('view.columns')} ref={list}>
        {[...columns, ...hidden].map((id, index) => (
          <Line
            key={id}
            id={id}
            isShown={columns.includes(id)}
            isFirst={index === 0}
            isLast={index === columns.length - 1}
            onToggle={() => toggle(id)}
            onMove={(name, direction) => move(id, name, direction)}
          />
        ))}
      </ul>
      <Button onClick={() => onChange({ columns: plainColumns, density: 'comfortable' })}>{t('view.reset')}</Button>
    </div>
  )
}

type LineProps = {
  id: ColumnId
  isShown: boolean
  isFirst: boolean
  isLast: boolean
  onToggle: () => void
  onMove: (name: string, direction: Direction) => void
}

function Line({ id, isShown, isFirst, isLast, onToggle, onMove }: LineProps) {
  const { t } = useTranslation('queue')
  const name = useColumnName()(id)
  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || !isShown || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(name, event.key === 'ArrowUp' ? 'up' : 'down')
  }
  return (
    <li className={css.line} data-id={id} onKeyDown={onKeyDown}>
      <Checkbox label={name} checked={isShown} disabled={id === 'caption'} onChange={onToggle} />
      {isShown ? (
        <span className="row4 push">
          <ActionIcon
            size={24}
            aria-label={t('view.up', { name })}
            aria-disabled={isFirst}
            data-direction="up"
            onClick={() => onMove(name, 'up')}
          >
            <IconChevronUp size={14} />
          </ActionIcon>
          <ActionIcon
            size={24}
            aria-label={t('view.down', { name })}
            aria-disabled={isLast}
            data-direction="down"
            onClick={() => onMove(name, 'down')}
          >
            <IconChevronDown size={14} />
          </ActionIcon>
        </span>
      ) : null}
    </li>
  )
}

/** A line that moves takes the focus with it: the browser drops it when the line is put elsewhere. */
function useFollowedFocus() {
  const list = useRef<HTMLUListElement>(null)
  const [followed, setFollowed] = useState<{ id: ColumnId; control: string } | null>(null)
  useLayoutEffect(() => {
    if (!followed) return
    list.current?.querySelector<HTMLElement>(`[data-id="${followed.id}"] ${followed.control}`)?.focus()
  }, [followed])
  function follow(id: ColumnId) {
    const direction = (document.activeElement as HTMLElement | null)?.dataset.direction
    setFollowed({ id, control: direction ? `[data-direction="${direction}"]` : 'input' })
  }
  return { list, follow }
}
