import { useTranslation } from 'react-i18next'
import type { Report } from '#shared/contract/reports.ts'
import { Figure } from './Figure.tsx'
import { FigureTable } from './FigureTable.tsx'
import { Moved } from './Moved.tsx'
import css from './reports.module.css'
import { useSay } from './use-say.ts'

type Props = { report: Report; className?: string | undefined }

/** First look, decision and effect beside each other. */
export function TimesTable({ report, className }: Props) {
  const { t } = useTranslation('reports')
  const say = useSay()
  const { figures, figuresAgainst } = report
  return (
    <FigureTable
      title={t('times')}
      className={className}
      heads={[t('column.until'), t('column.measured'), 'p50', 'p90', 'p99']}
      lines={(['toLook', 'toDecision', 'toEffect'] as const).map((span) => ({
        id: span,
        name: t(`until.${span}`),
        cells: [
          <Figure
            key="n"
            report={report}
            figure={span}
            shown={figures[span].n === 0 ? '' : say.number(figures[span].n)}
          />,
          <span key="p50" className={css.figure}>
            <Moved move={say.bySpan(figures[span].p50, figuresAgainst?.[span].p50)} />
            {say.span(figures[span].p50)}
          </span>,
          say.span(figures[span].p90),
          say.span(figures[span].p99),
        ],
      }))}
    />
  )
}

/** What was kept of what was promised, and what did not stand, with the interval that chance allows. */
export function SharesTable({ report, className }: Props) {
  const { t } = useTranslation('reports')
  const say = useSay()
  const { figures, figuresAgainst } = report
  const shares = ['deadlines', 'orderDeadlines', 'overturned'] as const
  return (
    <FigureTable
      title={t('shares')}
      className={className}
      side={<span className="xs t3 hideS">{t('ci')}</span>}
      heads={[t('column.share'), t('column.of'), t('column.rate'), t('column.interval')]}
      lines={shares.map((figure) => ({
        id: figure,
        name: t(`share.${figure}`),
        cells: [
          figures[figure].n === 0 ? null : (
            <span key="n" className={css.figure}>
              <Figure report={report} figure={figure} of={{ counted: 'yes' }} shown={say.number(figures[figure].k)} />
              <span className="t3">/</span>
              <Figure report={report} figure={figure} shown={say.number(figures[figure].n)} />
            </span>
          ),
          <span key="rate" className={css.figure}>
            <Moved
              move={say.byShare(
                figures[figure],
                figuresAgainst?.[figure],
                figure === 'overturned' ? 'better' : 'worse',
              )}
            />
            {say.share(figures[figure])}
          </span>,
          say.interval(figures[figure]),
        ],
      }))}
    />
  )
}

export function AppealsTable({ report, className }: Props) {
  const { t } = useTranslation('reports')
  const say = useSay()
  const { figures, figuresAgainst } = report
  const counts = ['appealsFiled', 'appealsDecided', 'appealsUpheld', 'appealsReversed', 'appealsChanged'] as const
  return (
    <FigureTable
      title={t('appeals')}
      className={className}
      heads={[t('column.figure'), t('column.value')]}
      lines={[
        ...counts.map((figure) => ({
          id: figure,
          name: t(`appeal.${figure}`),
          cells: [
            <span key="n" className={css.figure}>
              <Moved move={say.byCount(figures[figure], figuresAgainst?.[figure], null)} />
              <Figure report={report} figure={figure} shown={say.number(figures[figure])} />
            </span>,
          ],
        })),
        ...(['appealTime', 'wronglyDown'] as const).map((figure) => ({
          id: figure,
          name: t(`appeal.${figure}`),
          cells: [
            <span key="p50" className={css.figure}>
              <Moved move={say.bySpan(figures[figure].p50, figuresAgainst?.[figure].p50)} />
              <Figure report={report} figure={figure} shown={say.span(figures[figure].p50)} />
            </span>,
          ],
        })),
      ]}
    />
  )
}

/** What the work asks of the people who do it, all together: nobody is named. */
export function ExposureTable({ report, className }: Props) {
  const { t } = useTranslation('reports')
  const say = useSay()
  const { figures, figuresAgainst } = report
  const { revealsPerPersonDay: perDay } = figures
  const count = (figure: 'items' | 'reveals') => ({
    id: figure,
    name: t(`exposure.${figure}`),
    cells: [
      <span key="n" className={css.figure}>
        <Moved move={say.byCount(figures[figure], figuresAgainst?.[figure], null)} />
        <Figure report={report} figure={figure} shown={say.number(figures[figure])} />
      </span>,
    ],
  })
  const shown = (id: string, text: string) => ({
    id,
    name: t(`exposure.${id as 'viewers'}`),
    cells: [<Figure key="value" report={report} figure="reveals" shown={text} />],
  })
  const seen = figures.reveals > 0
  return (
    <FigureTable
      title={t('exposure')}
      className={className}
      heads={[t('column.figure'), t('column.value')]}
      lines={[
        count('items'),
        count('reveals'),
        shown('shownMs', seen ? say.span(figures.shownMs) : ''),
        shown('viewers', seen ? say.number(figures.viewers) : ''),
        shown('perPersonDay', perDay.p50 === null ? '' : say.number(perDay.p50)),
        shown('perPersonDay90', perDay.p90 === null ? '' : say.number(perDay.p90)),
      ]}
    />
  )
}
