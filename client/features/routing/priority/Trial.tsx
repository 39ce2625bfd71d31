import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '#client/ui/DataTable.tsx'
import { useFormat } from '#client/ui/format.ts'
import type { WeightsTrial } from '#shared/contract/routing.ts'

/** What other weights would make of the reviews that stand first. */
export function Trial({ trial }: { trial: WeightsTrial }) {
  const { t } = useTranslation('routing')
  const format = useFormat()
  const { looked, higher, lower, first } = trial
  const columns: Column<WeightsTrial['first'][number]>[] = [
    {
      id: 'place',
      header: t('priority.place'),
      isEnd: true,
      cell: ({ place, placeBefore }) => (
        <span className="num">
          {place} {place === placeBefore ? null : <span className="t3">({format.number(placeBefore)})</span>}
        </span>
      ),
    },
    {
      id: 'review',
      header: t('priority.review'),
      isMono: true,
      cell: ({ reviewId, reference }) => (
        <Link to="/reviews/$reviewId" params={{ reviewId }} preload={false}>
          {reference}
        </Link>
      ),
    },
    { id: 'was', header: t('priority.was'), isEnd: true, cell: ({ before }) => before },
    {
      id: 'becomes',
      header: t('priority.becomes'),
      isEnd: true,
      cell: ({ before, priority }) => <span className={before === priority ? '' : 'b'}>{priority}</span>,
    },
  ]
  return (
    <>
      <p className="sm" role="status">
        {t('priority.looked', {
          looked: `${format.number(looked.value)}${looked.exact ? '' : '+'}`,
          higher: format.number(higher),
          lower: format.number(lower),
        })}
      </p>
      <DataTable label={t('priority.first')} columns={columns} rows={first} rowId={({ reviewId }) => reviewId} />
    </>
  )
}
