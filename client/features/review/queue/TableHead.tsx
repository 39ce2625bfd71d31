import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { SkeletonRows } from '#client/ui/waiting.tsx'
import type { ReviewSort } from '#shared/contract/reviews.ts'
import { settings, widthOf } from './queue.columns.tsx'
import css from './queue.module.css'
import type { ColumnId, View } from './view.ts'

export function Columns({ of }: { of: readonly ColumnId[] }) {
  return (
    <colgroup>
      {of.map((id) => (
        <col key={id} style={{ width: settings[id].width }} />
      ))}
    </colgroup>
  )
}

type HeadProps = {
  of: readonly ColumnId[]
  sort: ReviewSort
  isDecided: boolean
  onSort?: (sort: ReviewSort) => void
}

export function HeadRow({ of, sort, isDecided, onSort }: HeadProps) {
  const { t } = useTranslation('queue')
  const nameOf = useColumnName()
  return (
    <tr>
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
export function LoadingTable({ view, isDecided }: { view: View; isDecided: boolean }) {
  const { t } = useTranslation('queue')
  return (
    <div className={css.scroll}>
      <table
        className={css.table}
        data-density={view.density}
        style={{ minWidth: widthOf(view.columns) }}
        aria-busy
        aria-label={t('foot.loading')}
      >
        <Columns of={view.columns} />
        <thead>
          <HeadRow of={view.columns} sort="priority" isDecided={isDecided} />
        </thead>
        <tbody>
          <SkeletonRows
            columns={view.columns.map((id) => (id === 'preview' ? { box: [44, 33] } : id === 'caption' ? 82 : 70))}
            isTall={view.density === 'comfortable'}
          />
        </tbody>
      </table>
    </div>
  )
}
