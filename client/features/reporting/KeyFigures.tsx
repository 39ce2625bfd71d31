import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FigureName, Report } from '#shared/contract/reports.ts'
import { Sparkline } from './charts/Sparkline.tsx'
import { Moved } from './Moved.tsx'
import css from './reports.module.css'
import { rowsOf } from './reports.search.ts'
import { type Move, useSay } from './use-say.ts'

type KeyFigure = {
  figure: FigureName
  value: string
  move: Move | null
  note: ReactNode
  run: (number | null)[]
}

/** The five that a supervisor asks for first. Each opens the rows it was counted from. */
export function KeyFigures({ report, target }: { report: Report; target: number | null }) {
  const { t } = useTranslation('reports')
  const say = useSay()
  const { figures: now, figuresAgainst: before, days } = report
  const shareOf = ({ n, k }: { n: number; k: number }) => (n === 0 ? null : k / n)
  const shown: KeyFigure[] = [
    {
      figure: 'decisions',
      value: say.number(now.decisions),
      move: say.byCount(now.decisions, before?.decisions, null),
      note: t('note.decisions', { flags: say.number(now.flags), reviews: say.number(now.reviews) }),
      run: days.map(({ decisions }) => decisions),
    },
    {
      figure: 'backlog',
      value: say.number(now.backlog.value),
      move: say.byCount(now.backlog.value, before?.backlog.value, 'better'),
      note: now.backlog.oldestMs === null ? null : t('note.oldest', { age: say.span(now.backlog.oldestMs) }),
      run: days.map(({ backlog }) => backlog),
    },
    {
      figure: 'toDecision',
      value: say.span(now.toDecision.p50),
      move: say.bySpan(now.toDecision.p50, before?.toDecision.p50),
      note:
        target === null
          ? t('note.ofReviews', { n: say.number(now.toDecision.n) })
          : t('note.target', { target: say.span(target) }),
      run: days.map(({ toDecision }) => toDecision.p50),
    },
    {
      figure: 'deadlines',
      value: say.share(now.deadlines),
      move: say.byShare(now.deadlines, before?.deadlines, 'worse'),
      note: t('note.orders', { parts: say.parts(now.orderDeadlines) }),
      run: days.map(({ deadlines }) => shareOf(deadlines)),
    },
    {
      figure: 'overturned',
      value: say.share(now.overturned),
      move: say.byShare(now.overturned, before?.overturned, 'better'),
      note:
        now.overturned.rate === null
          ? say.parts(now.overturned)
          : t('note.interval', { interval: say.interval(now.overturned) }),
      run: days.map(({ overturned }) => shareOf(overturned)),
    },
  ]
  return (
    <section className={`panel ${css.keyFigures}`} aria-label={t('keyFigures')}>
      {shown.map(({ figure, value, move, note, run }) => (
        <Link key={figure} to="/reports/rows" search={rowsOf(report, figure)} preload={false}>
          <span className="xs t3 cut">{t(`key.${figure as 'backlog'}`)}</span>{' '}
          <span className="row">
            <strong>{value || t('nothing')}</strong> <Moved move={move} />{' '}
            <span className={`push ${css.run}`}>
              <Sparkline values={run} />
            </span>
          </span>{' '}
          <span className="xs t3 cut">{note}</span>
        </Link>
      ))}
    </section>
  )
}
