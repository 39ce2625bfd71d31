import { useTranslation } from 'react-i18next'
import type { Report } from '#shared/contract/reports.ts'
import { ChartPanel } from './charts/ChartPanel.tsx'
import { StackedBars } from './charts/StackedBars.tsx'
import { Figure } from './Figure.tsx'
import { toSpans } from './range.ts'
import { rowsOf } from './reports.search.ts'
import { usePlaces, useRoom } from './use-axis.ts'
import { useSay } from './use-say.ts'

/** What waited at the end of each day, and how old the oldest of it was. Of a week, at its end. */
export function BacklogPanel({ report, className }: { report: Report; className?: string | undefined }) {
  const { t } = useTranslation('reports')
  const placeOf = usePlaces()
  const room = useRoom()
  const say = useSay()
  const byDay = new Map(report.days.map((day) => [day.day, day]))
  const ends = toSpans(report.period).map(({ to }) => to)
  const places = ends.map((day) => placeOf({ from: day, to: day }))
  const title = t('backlog')
  return (
    <ChartPanel
      title={title}
      className={className}
      drawn={report.hash}
      side={<span className="xs t3 hideS">{t('atDayEnd')}</span>}
      chart={
        <StackedBars
          label={title}
          bars={places}
          parts={[{ name: title, color: 'var(--dk-gone-solid)' }]}
          counts={ends.map((day) => [byDay.get(day)?.backlog ?? 0])}
          opens={(bar) => rowsOf(report, 'backlog', { day: ends[bar]! })}
          mostLabels={room.mostLabels}
          // As tall as the tables beside it.
          height={room.height + 118}
        />
      }
      table={
        <table className="dt" aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col" className="end">
                {t('column.waiting')}
              </th>
              <th scope="col" className="end">
                {t('column.oldest')}
              </th>
            </tr>
          </thead>
          <tbody>
            {ends.map((day, index) => {
              const { backlog = null, oldestMs = null } = byDay.get(day) ?? {}
              return (
                <tr key={day}>
                  <th scope="row">{places[index]!.name}</th>
                  <td className="end">
                    <Figure
                      report={report}
                      figure="backlog"
                      of={{ day }}
                      shown={backlog === null ? '' : say.number(backlog)}
                    />
                  </td>
                  <td className="end num">{say.span(oldestMs)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      }
    />
  )
}
