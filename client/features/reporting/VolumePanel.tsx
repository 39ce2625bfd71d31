import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Dimension, type Report } from '#shared/contract/reports.ts'
import { ChartPanel } from './charts/ChartPanel.tsx'
import { Legend } from './charts/Legend.tsx'
import { type Part, StackedBars } from './charts/StackedBars.tsx'
import { colourOf, inOrder } from './colours.ts'
import { Figure } from './Figure.tsx'
import { toSpans } from './range.ts'
import css from './reports.module.css'
import { type ReportSearch, rowsOf, type Volume, volumes } from './reports.search.ts'
import { usePlaces, useRoom } from './use-axis.ts'
import { inOneLine, useNames } from './use-names.ts'
import { useSay } from './use-say.ts'

/** Parts with a colour of their own; what is left stands together at the top and is told apart in the table. */
const mostParts = 6

type Props = {
  report: Report
  search: ReportSearch
  onChange: (change: Pick<ReportSearch, 'of' | 'by'>) => void
  className?: string | undefined
}

/** How much there was on each day, told apart by one thing. */
export function VolumePanel({ report, search, onChange, className }: Props) {
  const { t } = useTranslation('reports')
  const nameOf = useNames()
  const placeOf = usePlaces()
  const room = useRoom()
  const volume = search.of ?? 'decisions'
  const { by } = report.stack
  const values = valuesOf(report)
  const spans = toSpans(report.period)
  const counts = inSpans(report, volume)
  const kept = values.length > mostParts ? mostParts - 1 : values.length
  const parts: Part[] = values
    .slice(0, kept)
    .map((value, index) => ({ name: inOneLine(nameOf(by, value)), color: colourOf(by, value, index) }))
  const hasRest = values.length > kept
  if (hasRest) parts.push({ name: t('rest', { count: values.length - kept }), color: 'var(--dk-gone-solid)' })
  const drawn = counts.map((each) => [
    ...each.slice(0, kept),
    ...(hasRest ? [each.slice(kept).reduce((sum, count) => sum + count, 0)] : []),
  ])
  const title = t(`volume.${volume}`)
  return (
    <ChartPanel
      title={title}
      className={className}
      drawn={`${report.hash} ${by} ${volume}`}
      side={
        <>
          <span className="hideS">
            <Legend parts={parts} />
          </span>
          <Choice volume={volume} by={by} onChange={onChange} />
        </>
      }
      chart={
        <>
          <div className={`onlyS ${css.legend}`}>
            <Legend parts={parts} />
          </div>
          <StackedBars
            label={t('chart.volume', { volume: title, by: t(`by.${by}`) })}
            bars={spans.map(placeOf)}
            parts={parts}
            counts={drawn}
            opens={(bar, part) =>
              part < kept ? rowsOf(report, volume, { within: spans[bar]!, by, value: values[part]! }) : null
            }
            {...room}
          />
        </>
      }
      table={<Table report={report} volume={volume} counts={counts} />}
    />
  )
}

/** In the order in which they are drawn. */
const valuesOf = ({ stack }: Report) => inOrder(stack.by, stack.values).map((index) => stack.values[index]!)

/** Counts of each day or span; what is not told apart by this stands as one. */
function inSpans(report: Report, volume: Volume): number[][] {
  const { stack, days, period } = report
  const byDay = stack[volume] ?? []
  const order = inOrder(stack.by, stack.values)
  const index = new Map(days.map(({ day }, at) => [day, at]))
  return toSpans(period).map(({ from, to }) => {
    const first = index.get(from) ?? 0
    const last = index.get(to) ?? first
    return order.map((value) => {
      let sum = 0
      for (let day = first; day <= last; day += 1) sum += byDay[day]?.[value] ?? 0
      return sum
    })
  })
}

function Table({ report, volume, counts }: { report: Report; volume: Volume; counts: number[][] }) {
  const { t } = useTranslation('reports')
  const nameOf = useNames()
  const placeOf = usePlaces()
  const say = useSay()
  const { by } = report.stack
  const values = valuesOf(report)
  return (
    <table className="dt" aria-label={t(`volume.${volume}`)}>
      <thead>
        <tr>
          <th scope="col">{t('day')}</th>
          {values.map((value) => (
            <th key={value} scope="col" className="end">
              {inOneLine(nameOf(by, value))}
            </th>
          ))}
          <th scope="col" className="end">
            {t('total')}
          </th>
        </tr>
      </thead>
      <tbody>
        {toSpans(report.period).map((within, bar) => (
          <tr key={within.from}>
            <th scope="row">{placeOf(within).name}</th>
            {values.map((value, part) => {
              const count = counts[bar]![part]!
              return (
                <td key={value} className="end">
                  {count === 0 ? null : (
                    <Figure report={report} figure={volume} of={{ within, by, value }} shown={say.number(count)} />
                  )}
                </td>
              )
            })}
            <td className="end b">
              <Figure
                report={report}
                figure={volume}
                of={{ within }}
                shown={say.number(counts[bar]!.reduce((sum, count) => sum + count, 0))}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Flags and reviews have no outcome yet. */
const onlyDecisions: readonly Dimension[] = ['outcome', 'measure', 'accountStatus']

type ChoiceProps = { volume: Volume; by: Dimension; onChange: Props['onChange'] }

function Choice({ volume, by, onChange }: ChoiceProps) {
  const { t } = useTranslation('reports')
  const offered = Dimension.options.filter((each) => volume === 'decisions' || !onlyDecisions.includes(each))
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <button type="button" className={css.choice}>
          {t(`by.${by}`)} <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('counted')}</Menu.Label>
        {volumes.map((each) => (
          <Menu.Item
            key={each}
            aria-current={each === volume ? 'true' : undefined}
            onClick={() =>
              onChange({ of: each, by: each !== 'decisions' && onlyDecisions.includes(by) ? 'source' : by })
            }
          >
            {t(`volume.${each}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('toldApart')}</Menu.Label>
        {offered.map((each) => (
          <Menu.Item
            key={each}
            aria-current={each === by ? 'true' : undefined}
            onClick={() => onChange({ of: volume, by: each })}
          >
            {t(`by.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
