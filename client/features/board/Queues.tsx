import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { queuesQuery } from '#client/api/reference-data.ts'
import { Drill } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import { Ago } from '#client/ui/time.tsx'
import type { Board } from '#shared/contract/board.ts'
import css from './board.module.css'
import { Count } from './Count.tsx'
import { figureOf, figures, listOf } from './figures.ts'

/** A row for each queue; on a phone, a card. */
export function Queues({ board }: { board: Board }) {
  const { t } = useTranslation('board')
  const { data } = useQuery(queuesQuery)
  const nameOf = (id: string) => data?.items.find((queue) => queue.id === id)?.name ?? id
  const [waiting, ...others] = figures
  return (
    <Panel title={t('queues')} isFlush>
      <div className="scrollx">
        <table className={`dt ${css.table}`} aria-label={t('queues')}>
          <thead>
            <tr>
              <th scope="col">{t('queue')}</th>
              <th scope="col" className="end">
                {t(`figure.${waiting}`)}
              </th>
              <th scope="col" className="end">
                {t('oldest')}
              </th>
              {others.map((figure) => (
                <th key={figure} scope="col" className="end">
                  {t(`column.${figure}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {board.queues.map((queue) => {
              const { queueId, oldestAt } = queue
              const name = nameOf(queueId)
              const cell = (figure: (typeof figures)[number]) => (
                <td key={figure} className="end" data-label={t(`column.${figure}`)}>
                  <Count board={board} figure={figure} count={figureOf(queue, figure)} queueId={queueId} of={name} />
                </td>
              )
              return (
                <tr key={queueId}>
                  <th scope="row">{name}</th>
                  {cell(waiting)}
                  <td className="end" data-label={t('oldest')}>
                    {oldestAt ? (
                      <Drill {...listOf(board, 'oldest', queueId)}>
                        <Ago at={oldestAt} as="plain" />
                      </Drill>
                    ) : null}
                  </td>
                  {others.map(cell)}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
