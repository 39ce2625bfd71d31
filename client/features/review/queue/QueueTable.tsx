import { useMediaQuery } from '@mantine/hooks'
import { FlexRender, type Row, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useEffectEvent, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '#client/ui/use-keys.ts'
import type { ReviewRow, ReviewSort } from '#shared/contract/reviews.ts'
import { useList } from './list-context.ts'
import { features, tickWidth, toColumns, widthOf } from './queue.columns.tsx'
import css from './queue.module.css'
import { extend, isTicked, toggle, toggleAll, toggleRange, useSelection } from './selection.ts'
import { Columns, HeadRow } from './TableHead.tsx'
import { Tick, TickAll } from './Tick.tsx'
import { plainColumns, type View } from './view.ts'

/** Heights of a row in pixels: the table's, and that of the card it becomes on a phone. */
const rowHeight = { comfortable: 46, compact: 32, card: 99 }
/** Rows drawn beyond what is in view. */
const overscan = 8

type Props = {
  rows: ReviewRow[]
  /** All there are under the filters; null while unknown. */
  count: { value: number; exact: boolean } | null
  view: Pick<View, 'columns' | 'density'>
  sort: ReviewSort
  isDecided: boolean
  /** Rows may be ticked, to do one thing to many. */
  hasTicks: boolean
  cursorId: string | undefined
  onCursor: (id: ReviewRow['id']) => void
  onOpen: (row: ReviewRow) => void
  onPeek: () => void
  onSort: (sort: ReviewSort) => void
  onEnd: () => void
  onShown: (from: number, to: number) => void
}

/** The triage table: rows are virtual, the order is the server's, one row is in the tab order. */
export function QueueTable(props: Props) {
  const { rows, count, view, sort, isDecided, hasTicks, cursorId, onCursor, onOpen, onPeek, onSort, onEnd, onShown } =
    props
  const { t } = useTranslation('queue')
  const { fates } = useList()
  const scroller = useRef<HTMLDivElement>(null)
  const isCard = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false })
  const shown = isCard ? plainColumns : view.columns
  const columns = useMemo(() => toColumns(shown), [shown])
  const table = useTable({ features, data: rows, columns, getRowId: (row) => row.id })
  const model = table.getRowModel().rows
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isCard ? rowHeight.card : rowHeight[view.density]),
    getItemKey: (index) => model[index]!.id,
    overscan,
    // Until it is measured (and where nothing is ever measured) a screenful is drawn.
    initialRect: { width: 1_280, height: 600 },
  })
  const measure = useEffectEvent(() => virtual.measure())
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are as high as the ones before
  useEffect(() => measure(), [view.density, isCard])
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  const { startIndex = 0, endIndex = -1 } = virtual.range ?? {}
  const reportEnd = useEffectEvent(onEnd)
  const reportShown = useEffectEvent(onShown)
  useEffect(() => {
    if (last >= model.length - overscan) reportEnd()
  }, [last, model.length])
  useEffect(() => reportShown(startIndex, endIndex), [startIndex, endIndex])

  const at = Math.max(
    0,
    model.findIndex((row) => row.id === cursorId),
  )
  const goToCursor = useEffectEvent(() => {
    if (at > 0) virtual.scrollToIndex(at, { align: 'center' })
  })
  // The way back leads to the row that one left.
  useEffect(() => goToCursor(), [])

  function moveTo(index: number) {
    const to = Math.min(Math.max(index, 0), model.length - 1)
    const row = model[to]
    if (!row) return
    virtual.scrollToIndex(to)
    onCursor(row.original.id)
    focusRow(scroller, to)
  }
  function openCursor() {
    const row = model[at]?.original
    if (row && fates.get(row.id) !== null) onOpen(row)
  }
  /** Ticks along the way. */
  function extendTo(index: number) {
    const [from, to] = [rows[at], rows[index]]
    if (!from || !to) return
    extend(from, to)
    moveTo(index)
  }
  const page = Math.max(1, endIndex - startIndex - 1)
  useKeys({
    down: () => moveTo(at + 1),
    up: () => moveTo(at - 1),
    pageDown: () => moveTo(at + page),
    pageUp: () => moveTo(at - page),
    first: () => moveTo(0),
    last: () => moveTo(model.length - 1),
    enter: openCursor,
    look: onPeek,
    ...(hasTicks && {
      tick: () => rows[at] && toggle(rows[at]),
      tickUp: () => extendTo(at - 1),
      tickDown: () => extendTo(at + 1),
      tickAll: () => toggleAll(rows),
    }),
  })

  const width = shown.length + (hasTicks ? 1 : 0)
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div className={css.scroll} ref={scroller} tabIndex={-1}>
      <table
        className={css.table}
        data-density={view.density}
        style={isCard ? undefined : { minWidth: widthOf(shown) + (hasTicks ? tickWidth : 0) }}
        aria-label={t('table.label', { order: t(`sort.${sort}`) })}
        aria-rowcount={count?.exact ? count.value + 1 : -1}
      >
        <Columns of={shown} hasTicks={hasTicks} />
        <thead>
          <HeadRow
            of={shown}
            sort={sort}
            isDecided={isDecided}
            onSort={onSort}
            tick={hasTicks ? <TickAll rows={rows} /> : null}
          />
        </thead>
        <tbody>
          <Spacer height={before} width={width} />
          {items.map((item) => (
            <Line
              key={item.key}
              row={model[item.index]!}
              rows={rows}
              hasTicks={hasTicks}
              index={item.index}
              isCursor={item.index === at}
              onPick={() => onCursor(model[item.index]!.original.id)}
              onOpen={onOpen}
            />
          ))}
          <Spacer height={after} width={width} />
        </tbody>
      </table>
    </div>
  )
}

/** The row may be drawn only after the scroll: the focus follows on the next frame. */
function focusRow(scroller: RefObject<HTMLDivElement | null>, index: number) {
  requestAnimationFrame(() => {
    const row = scroller.current?.querySelector<HTMLElement>(`tr[aria-rowindex="${index + 2}"]`)
    row?.focus({ preventScroll: true })
  })
}

function Spacer({ height, width }: { height: number; width: number }) {
  return height > 0 ? (
    <tr aria-hidden className={css.spacer}>
      <td colSpan={width} style={{ height }} />
    </tr>
  ) : null
}

type LineProps = {
  row: Row<typeof features, ReviewRow>
  rows: readonly ReviewRow[]
  hasTicks: boolean
  index: number
  isCursor: boolean
  onPick: () => void
  onOpen: (row: ReviewRow) => void
}

function Line({ row, rows, hasTicks, index, isCursor, onPick, onOpen }: LineProps) {
  const { t } = useTranslation('queue')
  const { fates } = useList()
  const cells = row.getAllCells()
  const fate = fates.get(row.id)
  const isOn = useSelection((state) => hasTicks && isTicked(state, row.original.id))
  return (
    <tr
      className={css.line}
      aria-rowindex={index + 2}
      aria-current={isCursor ? 'true' : undefined}
      data-ticked={isOn || undefined}
      data-left={fate === undefined ? undefined : true}
      tabIndex={isCursor ? 0 : -1}
      onFocus={onPick}
      onClick={(event) => {
        const isOwn = (event.target as Element).closest('a, button, label') !== null
        if (isOwn || fate === null) return
        if (!hasTicks || !(event.shiftKey || event.metaKey || event.ctrlKey)) return onOpen(row.original)
        if (event.shiftKey) toggleRange(rows, index)
        else toggle(row.original)
      }}
      // A range is ticked, not marked as text.
      onMouseDown={(event) => hasTicks && event.shiftKey && event.preventDefault()}
    >
      {hasTicks ? <td data-tick>{fate === null ? null : <Tick {...{ rows, index, isCursor }} />}</td> : null}
      {fate === null ? (
        <td colSpan={cells.length} className="t3">
          {t('fate.gone')}
        </td>
      ) : (
        cells.map((cell) => (
          <td key={cell.id} data-col={cell.column.id}>
            <div className={css.cell}>
              <FlexRender cell={cell} />
            </div>
          </td>
        ))
      )}
    </tr>
  )
}
