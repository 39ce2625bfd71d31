import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SkeletonRows } from '#client/ui/waiting.tsx'
import type { ReviewSort } from '#shared/contract/reviews.ts'
import { settings, tickInset, tickWidth, widthOf } from './queue.columns.tsx'
import css from './queue.module.css'
import type { ColumnId, View } from './view.ts'

/** @param hasTicks rows may be ticked: the box stands before the first column */
export function Columns({ of, hasTicks = false }: { of: readonly ColumnId[]; hasTicks?: boolean }) {
  return (
    <colgroup>
      {hasTicks ? <col style={{ width: tickWidth }} /> : null}
      {of.map((id) => (
        <col key={id} style={{ width: widthIn(id, hasTicks) }} />
      ))}
    </colgroup>
  )
}

function widthIn(id: ColumnId, hasTicks: boolean) {
  const { width } = settings[id]
  return width && hasTicks && id === 'preview' ? width - tickInset : width
}

type HeadProps = {
  of: readonly ColumnId[]
  sort: ReviewSort
  isDecided: boolean
  onSort?: (sort: ReviewSort) => void
  /** The box that ticks all, where rows may be ticked. */
  tick?: ReactNode
}

export function HeadRow({ of, sort, isDecided, onSort, tick }: HeadProps) {
  const { t } = useTranslation('queue')
  const nameOf = useColumnName()
  return (
    <tr>
      {tick ? <th data-tick>{tick}</th> : null}
      {of.map((id) => {
        const name = id === 'due' && isDecided ? t('column.decided') : nameOf(id)
        const by = id === 'due' && isDecided ? undefined : settings[id].sort
        const isSorted = by === sort
        const Arrow = by === 'due' ? IconArrowUp : IconArrowDown
        const direction = by === 'due' ? 'ascending' : 'descending'
        return (
          <th key={id} scope="col" aria-sort={isSorted ? direction : undefined}>
            {by && onSort ? (
              <button type="button" onClick={() => onSort(by)}>
                {name}
                {isSorted ? <Arrow size={11} aria-hidden /> : null}
              </button>
            ) : (
              <span className={id === 'preview' ? 'vh' : undefined}>{name}</span>
            )}
          </th>
        )
      })}
    </tr>
  )
}

export function useColumnName() {
  const { t } = useTranslation('queue')
  return (id: ColumnId) => t(`column.${id}`)
}

/** The same columns while the first rows are on their way, so that nothing moves when they come. */
export function LoadingTable({ view, isDecided, hasTicks }: { view: View; isDecided: boolean; hasTicks: boolean }) {
  const { t } = useTranslation('queue')
  const cells = view.columns.map((id) => (id === 'preview' ? { box: [44, 33] as const } : id === 'caption' ? 82 : 70))
  return (
    <div className={css.scroll}>
      <table
        className={css.table}
        data-density={view.density}
        style={{ minWidth: widthOf(view.columns) + (hasTicks ? tickWidth : 0) }}
        aria-busy
        aria-label={t('foot.loading')}
      >
        <Columns of={view.columns} hasTicks={hasTicks} />
        <thead>
          <HeadRow of={view.columns} sort="priority" isDecided={isDecided} tick={hasTicks ? <span /> : null} />
        </thead>
        <tbody>
          <SkeletonRows
            columns={hasTicks ? [{ box: [16, 16] }, ...cells] : cells}
            isTall={view.density === 'comfortable'}
          />
        </tbody>
      </table>
    </div>
  )
}
