import { BarChart } from '@mantine/charts'
import { useFormat } from '#client/ui/format.ts'
import css from './charts.module.css'
import { Frame, markOf } from './Frame.tsx'
import { MarkLink } from './MarkLink.tsx'
import type { Opens, Place } from './mark.ts'
import { labelled, ticksTo } from './scale.ts'

export type Part = { name: string; color: string }

type Props = {
  label: string
  bars: readonly Place[]
  /** From the bottom up. */
  parts: readonly Part[]
  /** `counts[bar][part]` */
  counts: readonly (readonly number[])[]
  opens: (bar: number, part: number) => Opens
  height: number
  /** How many bars carry a label. */
  mostLabels: number
}

/** What recharts hands to a shape, as far as it is drawn with. */
type Shape = { x?: number; y?: number; width?: number; height?: number; payload?: { index: number } }

/** Parts stand one on the other with a gap between them, so that the split does not rest on hue. Each is a link. */
export function StackedBars({ label, bars, parts, counts, opens, height, mostLabels }: Props) {
  const format = useFormat()
  const first = firstOf(counts)
  const totals = counts.map((each) => each.reduce((sum, count) => sum + count, 0))
  const ticks = ticksTo(Math.max(0, ...totals))
  const data = counts.map((each, index) => ({
    index,
    ...Object.fromEntries(each.map((count, part) => [keyOf(part), count])),
  }))
  const say = (bar: number, part: number) =>
    parts.length === 1
      ? `${bars[bar]!.name}: ${format.number(counts[bar]![part]!)}`
      : `${bars[bar]!.name}: ${parts[part]!.name} ${format.number(counts[bar]![part]!)} / ${format.number(totals[bar]!)}`

  function drawPart(part: number, { x = 0, y = 0, width = 0, height: tall = 0, payload }: Shape) {
    const bar = payload?.index ?? -1
    if ((counts[bar]?.[part] ?? 0) === 0) return <g />
    const text = say(bar, part)
    const rect = <rect x={x} y={y} width={width} height={Math.max(1, tall - 1)} rx={1} fill={parts[part]!.color} />
    const search = opens(bar, part)
    if (!search) return <g data-says={text}>{rect}</g>
    return (
      <MarkLink
        {...markOf({ col: bar, row: part }, text, first?.col === bar && first.row === part)}
        to="/reports/rows"
        search={search}
        preload={false}
        className={css.mark}
      >
        {rect}
      </MarkLink>
    )
  }
  return (
    <Frame label={label}>
      <BarChart
        h={height}
        data={data}
        dataKey="index"
        type="stacked"
        series={parts.map(({ name, color }, part) => ({ name: keyOf(part), label: name, color }))}
        withTooltip={false}
        withLegend={false}
        accessibilityLayer={false}
        tickLine="none"
        strokeDasharray="0"
        gridColor="var(--dk-line)"
        textColor="var(--dk-text-3)"
        maxBarWidth={40}
        valueFormatter={format.number}
        barProps={({ name }) => ({ shape: (shape: Shape) => drawPart(partOf(name), shape) })}
        barChartProps={{
          barCategoryGap: bars.length > 60 ? 1 : '14%',
          margin: { top: 6, right: 0, bottom: 0, left: 0 },
        }}
        xAxisProps={{
          ticks: labelled(bars.length, mostLabels),
          interval: 0,
          height: 20,
          tickFormatter: (index: number) => bars[index]?.axis ?? '',
          tick: axisText(0, 4),
        }}
        yAxisProps={{ ticks, domain: [0, ticks.at(-1)!], interval: 0, width: 40, tick: axisText(-4, 0) }}
      />
    </Frame>
  )
}

const keyOf = (part: number) => `part${part}`
const partOf = (key: string) => Number(key.slice(4))
export const axisText = (x: number, y: number) => ({
  transform: `translate(${x}, ${y})`,
  fontSize: 10,
  fill: 'currentColor',
})

/** Where the tab order enters: the first bar's lowest part. */
function firstOf(counts: Props['counts']) {
  const col = counts.findIndex((each) => each.some((count) => count > 0))
  return col < 0 ? null : { col, row: counts[col]!.findIndex((count) => count > 0) }
}
