import { IconAlertTriangle, IconClockExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#client/ui/format.ts'
import { Drill } from '#client/ui/links.tsx'
import type { Board, BoardCount } from '#shared/contract/board.ts'
import css from './board.module.css'
import { type Figure, listOf } from './figures.ts'

/** What is late, or soon will be, is marked by a sign as well. */
const signs = { overdue: ['bad', IconAlertTriangle], dueSoon: ['warn', IconClockExclamation] } as const

type Props = { board: Board; figure: Figure; count: BoardCount; queueId: string | null; of: string }

/** A figure that opens the list it was counted from; nought has none to open. `of` says whose figure it is. */
export function Count({ board, figure, count, queueId, of }: Props) {
  const { t } = useTranslation('board')
  const format = useFormat()
  if (count.value === 0) return <span className="t3 num">0</span>
  const shown = count.exact ? format.number(count.value) : t('atLeast', { n: format.number(count.value) })
  const [tone, Sign] = figure === 'overdue' || figure === 'dueSoon' ? signs[figure] : ([undefined, undefined] as const)
  return (
    <Drill
      className={css.count}
      {...listOf(board, figure, queueId)}
      aria-label={`${t(`figure.${figure}`)}, ${of}: ${shown}`}
    >
      {Sign ? <Sign size={13} stroke={2} className={tone} aria-hidden /> : null}
      <bdi className={tone}>{shown}</bdi>
    </Drill>
  )
}
