import { useTranslation } from 'react-i18next'
import { Drill } from '#client/ui/links.tsx'
import { Ago } from '#client/ui/time.tsx'
import type { Board } from '#shared/contract/board.ts'
import css from './board.module.css'
import { Count } from './Count.tsx'
import { type Figure, listOf, oldestOf, totalOf } from './figures.ts'

const shown = ['waiting', 'overdue', 'dueSoon', 'inHand', 'escalated', 'appeals', 'decided'] as const satisfies Figure[]

/** All queues together. */
export function Totals({ board }: { board: Board }) {
  const { t } = useTranslation('board')
  const oldest = oldestOf(board.queues)
  return (
    <dl className={`panel ${css.totals}`} aria-label={t('all')}>
      {shown.map((figure) => (
        <div key={figure}>
          <dt className="xs t3">{t(`figure.${figure}`)}</dt>
          <dd>
            <Count board={board} figure={figure} count={totalOf(board.queues, figure)} queueId={null} of={t('all')} />
          </dd>
          <dd className="xs t3">
            {figure === 'waiting' && oldest ? (
              <Drill {...listOf(board, 'oldest', null)}>
                {t('oldest')} <Ago at={oldest} as="plain" />
              </Drill>
            ) : null}
            {figure === 'decided' ? (
              <Drill {...listOf(board, 'opened', null)}>
                {t('opened', { count: totalOf(board.queues, 'opened').value })}
              </Drill>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}
