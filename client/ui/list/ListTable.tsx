import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useKeys } from '../use-keys.ts'
import { SkeletonRows } from '../waiting.tsx'
import css from './list.module.css'

export type ListColumn<Row> = {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** Pixels; the one without takes what is left. */
  width?: number
  /** Figures stand at the end. */
  isEnd?: boolean
  /** Hidden on phones, where at most four cells make a card. */
  isWide?: boolean
  /** Its header is only heard. */
  isQuiet?: boolean
}

/** Heights of a row in pixels: the table's, and that of the card it becomes on a phone. */
const rowHeight = { table: 46, card: 88 }
/** Rows drawn beyond what is in view. */
const overscan = 8

type Props<Row> = {
  label: string
  columns: readonly ListColumn<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  count: { value: number; exact: boolean } | null
  onOpen: (row: Row) => void
  onEnd: () => void
  onShown: (from: number, to: number) => void
}

/** Rows of one make, drawn where they are looked at; one of them is in the tab order, and the keys of lists move it. */
export function ListTable<Row>({ label, columns, rows, rowId, count, onOpen, onEnd, onShown }: Props<Row>) {
  const scroller = useRef<HTMLDivElement>(null)
  const [cursorId, setCursorId] = useState<string | null>(null)
  const isCard = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false })
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isCard ? rowHeight.card : rowHeight.table),
    getItemKey: (index) => rowId(rows[index]!),
    overscan,
    // Until it is measured (and where nothing is ever measured) a screenful is drawn.
    initialRect: { width: 1_280, height: 600 },
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  const { startIndex = 0, endIndex = -1 } = virtual.range ?? {}
  const reportEnd = useEffectEvent(onEnd)
  const reportShown = useEffectEvent(onShown)
  useEffect(() => {
    if (last >= rows.length - overscan) reportEnd()
  }, [last, rows.length])
  useEffect(() => reportShown(startIndex, endIndex), [startIndex, endIndex])

  const found = rows.findIndex((row) => rowId(row) === cursorId)
  const at = Math.max(0, found)
  function moveTo(index: number) {
    const to = Math.min(Math.max(index, 0), rows.length - 1)
    const row = rows[to]
    if (row === undefined) return
    virtual.scrollToIndex(to)
    setCursorId(rowId(row))
    focusRow(scroller, to)
  }
  const page = Math.max(1, endIndex - startIndex - 1)
  useKeys({
    down: () => moveTo(found + 1),
    up: () => moveTo(at - 1),
    pageDown: () => moveTo(at + page),
    pageUp: () => moveTo(at - page),
    first: () => moveTo(0),
    last: () => moveTo(rows.length - 1),
    enter: () => rows[at] !== undefined && onOpen(rows[at]),
  })

  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div className={css.scroll} ref={scroller} tabIndex={-1}>
      <table className={css.table} aria-label={label} aria-rowcount={count?.exact ? count.value + 1 : -1}>
        <Head columns={columns} />
        <tbody>
          <Spacer height={before} of={columns.length} />
          {items.map(({ key, index }) => {
            const row = rows[index]!
            return (
              <tr
                key={key}
                className={css.line}
                aria-rowindex={index + 2}
                aria-current={index === found ? 'true' : undefined}
                tabIndex={index === at ? 0 : -1}
                onFocus={() => setCursorId(rowId(row))}
                onClick={(event) => {
                  const isOwn = (event.target as Element).closest('a, button') !== null
                  if (!isOwn && !getSelection()?.toString()) onOpen(row)
                }}
              >
                {columns.map((column) => (
                  <td key={column.id} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
          <Spacer height={after} of={columns.length} />
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

function Spacer({ height, of }: { height: number; of: number }) {
  return height > 0 ? (
    <tr aria-hidden className={css.spacer}>
      <td colSpan={of} style={{ height }} />
    </tr>
  ) : null
}

function Head<Row>({ columns }: { columns: readonly ListColumn<Row>[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.id} scope="col" className={classOf(column)} style={{ width: column.width }}>
            <span className={column.isQuiet ? 'vh' : undefined}>{column.header}</span>
          </th>
        ))}
      </tr>
    </thead>
  )
}

function classOf<Row>({ isEnd, isWide }: ListColumn<Row>) {
  return [isEnd && 'end', isWide && 'hideS'].filter(Boolean).join(' ') || undefined
}

/** The same columns while the first rows are on their way, so that nothing moves when they come. */
export function LoadingList<Row>({ label, columns }: { label: string; columns: readonly ListColumn<Row>[] }) {
  return (
    <div className={css.scroll}>
      <table className={css.table} aria-busy aria-label={label}>
        <Head columns={columns} />
        <tbody>
          <SkeletonRows columns={columns.map((_, index) => 60 + ((index * 13) % 30))} isTall />
        </tbody>
      </table>
    </div>
  )
}
