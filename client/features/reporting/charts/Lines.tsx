import { LineChart } from '@mantine/charts'
import { useFormat } from '#client/ui/format.ts'
import css from './charts.module.css'
import { Frame, markOf } from './Frame.tsx'
import { MarkLink } from './MarkLink.tsx'
import type { Opens, Place } from './mark.ts'
import { axisText } from './StackedBars.tsx'
import { apart, labelled, ticksTo } from './scale.ts'

export type Line = {
  /** Stands at its end: `p90`. */
  name: string
  dash: string
  width: number
  /** In the unit of the axis; null where nothing was measured. */
  values: readonly (number | null)[]
}

type Props = {
  label: string
  points: readonly Place[]
  lines: readonly Line[]
  target?: number | undefined
  /** What a value is called in words. */
  say: (value: number) => string
  opens: (point: number) => Opens
  height: number
  mostLabels: number
}

/** Room around the plot in pixels; the labels at the ends of the lines stand on the right. */
const room = { top: 6, right: 34, bottom: 0, left: 0 }
const axisHeight = 20
const labelHeight = 12

type Dot = { cx?: number; cy?: number; index?: number; value?: number | null }

/** Lines told apart by their dash and by the name at their end. Each point of the lowest opens the rows of its day. */
export function Lines({ label, points, lines, target, say, opens, height, mostLabels }: Props) {
  const format = useFormat()
  const first = lines[0]!.values.findIndex((value) => value !== null)
  const ticks = ticksTo(Math.max(0, target ?? 0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0))))
  const most = ticks.at(-1)!
  const data = points.map((_, index) => ({
    index,
    ...Object.fromEntries(lines.map(({ values }, line) => [keyOf(line), values[index] ?? null])),
  }))
  const lastOf = ({ values }: Line) => values.findLastIndex((value) => value !== null)
  const plot = height - room.top - room.bottom - axisHeight
  const heights = lines.map((line) => room.top + plot * (1 - (line.values[lastOf(line)] ?? 0) / most))
  const placed = apart(heights, labelHeight, room.top + plot)
  const textOf = (index: number) =>
    `${points[index]!.name}: ${lines.map(({ name, values }) => `${name} ${say(values[index] ?? 0)}`).join(', ')}`

  function drawDot(line: number, { cx, cy, index = -1 }: Dot) {
    const key = `${line} ${index}`
    if (cx === undefined || cy === undefined || (lines[line]!.values[index] ?? null) === null) return <g key={key} />
    const end =
      index === lastOf(lines[line]!) ? (
        <text key="end" x={cx + 8} y={placed[line]! + 4} className={css.end}>
          {lines[line]!.name}
        </text>
      ) : null
    const search = line === 0 ? opens(index) : null
    if (!search) return <g key={key}>{end}</g>
    const text = textOf(index)
    return (
      <g key={key}>
        {end}
        <MarkLink
          {...markOf({ col: index, row: 0 }, text, index === first)}
          to="/reports/rows"
          search={search}
          preload={false}
          className={css.point}
        >
          <circle cx={cx} cy={cy} r={8} fill="transparent" />
          <circle cx={cx} cy={cy} r={2.5} className={css.dot} />
        </MarkLink>
      </g>
    )
  }
  return (
    <Frame label={label}>
      <LineChart
        h={height}
        data={data}
        dataKey="index"
        series={lines.map(({ name, dash }, line) => ({
          name: keyOf(line),
          label: name,
          color: 'var(--dk-accent)',
          strokeDasharray: dash,
        }))}
        withTooltip={false}
        withLegend={false}
        accessibilityLayer={false}
        connectNulls={false}
        curveType="linear"
        tickLine="none"
        strokeDasharray="0"
        gridColor="var(--dk-line)"
        textColor="var(--dk-text-3)"
        valueFormatter={format.number}
        lineProps={({ name }) => ({
          strokeWidth: lines[lineOf(name)]!.width,
          dot: (dot: Dot) => drawDot(lineOf(name), dot),
          activeDot: false,
        })}
        lineChartProps={{ margin: room }}
        referenceLines={target === undefined ? [] : [{ y: target, strokeDasharray: '2 3', stroke: 'var(--dk-text-3)' }]}
        xAxisProps={{
          ticks: labelled(points.length, mostLabels),
          interval: 0,
          height: axisHeight,
          padding: { left: 4, right: 4 },
          tickFormatter: (index: number) => points[index]?.axis ?? '',
          tick: axisText(0, 4),
        }}
        yAxisProps={{ ticks, domain: [0, most], interval: 0, width: 40, tick: axisText(-4, 0) }}
      />
    </Frame>
  )
}

const keyOf = (line: number) => `line${line}`
const lineOf = (key: string) => Number(key.slice(4))
