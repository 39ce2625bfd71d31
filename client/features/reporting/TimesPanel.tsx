import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Report } from '#shared/contract/reports.ts'
import { ChartPanel } from './charts/ChartPanel.tsx'
import { type Line, Lines } from './charts/Lines.tsx'
import { Figure } from './Figure.tsx'
import css from './reports.module.css'
import { type ReportSearch, rowsOf, type Span, spans } from './reports.search.ts'
import { usePlaces, useRoom } from './use-axis.ts'
import { useSay } from './use-say.ts'

const percentiles = [
  { name: 'p50', dash: '', width: 2 },
  { name: 'p90', dash: '5 3', width: 1.6 },
  { name: 'p99', dash: '1.5 3', width: 1.6 },
] as const

/** The axis speaks in the largest of these in which its end is a readable figure. */
const units = [
  { unit: 'minutes', ms: 60_000, upTo: 4 * 3_600_000 },
  { unit: 'hours', ms: 3_600_000, upTo: 4 * 86_400_000 },
  { unit: 'days', ms: 86_400_000, upTo: Number.POSITIVE_INFINITY },
] as const

/** How many times the slowest a target may be to be drawn. */
const farAbove = 1.5

type Props = {
  report: Report
  search: ReportSearch
  onChange: (change: Pick<ReportSearch, 'time'>) => void
  /** Milliseconds; null where queues differ. */
  target: number | null
  className?: string | undefined
}

/** How long it took, day by day: half, nine in ten and ninety-nine in a hundred were as fast or faster. */
export function TimesPanel({ report, search, onChange, target, className }: Props) {
  const { t } = useTranslation('reports')
  const placeOf = usePlaces()
  const room = useRoom()
  const say = useSay()
  const span = search.time ?? 'toDecision'
  const goal = span === 'toDecision' ? target : null
  const slowest = Math.max(0, ...report.days.map((day) => day[span].p99 ?? 0))
  // A target far above everything would press the lines together; it is named instead.
  const isDrawn = goal !== null && goal <= slowest * farAbove
  const longest = isDrawn ? Math.max(slowest, goal) : slowest
  const { unit, ms } = units.find(({ upTo }) => longest < upTo)!
  const lines: Line[] = percentiles.map((percentile) => ({
    ...percentile,
    values: report.days.map((day) => {
      const value = day[span][percentile.name]
      return value === null ? null : value / ms
    }),
  }))
  const title = `${t(`span.${span}`)}, ${t(`unit.${unit}`)}`
  return (
    <ChartPanel
      title={title}
      className={className}
      drawn={`${report.hash} ${span}`}
      side={
        <>
          {goal === null ? null : (
            <span className="xs t3 hideS">{t(isDrawn ? 'targetLine' : 'note.target', { target: say.span(goal) })}</span>
          )}
          <Choice span={span} onChange={onChange} />
        </>
      }
      chart={
        <Lines
          label={title}
          points={report.days.map(({ day }) => placeOf({ from: day, to: day }))}
          lines={lines}
          target={isDrawn ? goal / ms : undefined}
          say={(value) => say.span(value * ms)}
          opens={(point) => rowsOf(report, span, { day: report.days[point]!.day })}
          {...room}
        />
      }
      table={<Table report={report} span={span} label={title} />}
    />
  )
}

function Table({ report, span, label }: { report: Report; span: Span; label: string }) {
  const { t } = useTranslation('reports')
  const placeOf = usePlaces()
  const say = useSay()
  return (
    <table className="dt" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('day')}</th>
          <th scope="col" className="end">
            {t('column.measured')}
          </th>
          {percentiles.map(({ name }) => (
            <th key={name} scope="col" className="end">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.days.map(({ day, [span]: spread }) => (
          <tr key={day}>
            <th scope="row">{placeOf({ from: day, to: day }).name}</th>
            <td className="end">
              <Figure report={report} figure={span} of={{ day }} shown={spread.n === 0 ? '' : say.number(spread.n)} />
            </td>
            {percentiles.map(({ name }) => (
              <td key={name} className="end num">
                {say.span(spread[name])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Choice({ span, onChange }: { span: Span; onChange: Props['onChange'] }) {
  const { t } = useTranslation('reports')
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <button type="button" className={css.choice} aria-label={t('measuredChoice', { span: t(`span.${span}`) })}>
          {t(`until.${span}`)} <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {spans.map((each) => (
          <Menu.Item
            key={each}
            aria-current={each === span ? 'true' : undefined}
            onClick={() => onChange({ time: each })}
          >
            {t(`span.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
