import { useMediaQuery } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { FlexRender, type Row, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '#client/ui/use-keys.ts'
import { SkeletonRows } from '#client/ui/waiting.tsx'
import type { ReviewRow, ReviewSort } from '#shared/contract/reviews.ts'
import { features, reviewColumns, widths } from './queue.columns.tsx'
import css from './queue.module.css'

/** Heights of a row in pixels: the table's, and that of the card it becomes on a phone. */
const rowHeight = { table: 46, card: 99 }
/** Rows drawn beyond what is in view. */
const overscan = 8

type Props = {
  rows: ReviewRow[]
  /** All there are under the filters; null while unknown. */
  count: { value: number; exact: boolean } | null
  sort: ReviewSort
  isDecided: boolean
  cursorId: string | undefined
  onCursor: (id: ReviewRow['id']) => void
  onOpen: (row: ReviewRow) => void
  onSort: (sort: ReviewSort) => void
  onEnd: () => void
  onShown: (from: number, to: number) => void
}

/** The triage table: rows are virtual, the order is the server's, one row is in the tab order. */
export function QueueTable(props: Props) {
  const { rows, count, sort, isDecided, cursorId, onCursor, onOpen, onSort, onEnd, onShown } = props
  const { t } = useTranslation('queue')
  const scroller = useRef<HTMLDivElement>(null)
  const isCard = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false })
  const table = useTable({ features, data: rows, columns: reviewColumns, getRowId: (row) => row.id })
  const model = table.getRowModel().rows
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isCard ? rowHeight.card : rowHeight.table),
    getItemKey: (index) => model[index]!.id,
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
    if (last >= model.length - overscan) reportEnd()
  }, [last, model.length])
  useEffect(() => reportShown(startIndex, endIndex), [startIndex, endIndex])

  const at = Math.max(
    0,
    model.findIndex((row) => row.id === cursorId),
  )
  function moveTo(index: number) {
    const to = Math.min(Math.max(index, 0), model.length - 1)
    const row = model[to]
    if (!row) return
    virtual.scrollToIndex(to)
    onCursor(row.original.id)
    focusRow(scroller, to)
  }
  const page = Math.max(1, endIndex - startIndex - 1)
  useKeys({
    down: () => moveTo(at + 1),
    up: () => moveTo(at - 1),
    pageDown: () => moveTo(at + page),
    pageUp: () => moveTo(at - page),
    first: () => moveTo(0),
    last: () => moveTo(model.length - 1),
    enter: () => model[at] && onOpen(model[at].original),
  })

  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div className={css.scroll} ref={scroller} tabIndex={-1}>
      <table
        className={css.table}
        aria-label={t('table.label', { order: t(`sort.${sort}`) })}
        aria-rowcount={count?.exact ? count.value + 1 : -1}
      >
        <Columns />
        <thead>
          <HeadRow sort={sort} isDecided={isDecided} onSort={onSort} />
        </thead>
        <tbody>
          <Spacer height={before} />
          {items.map((item) => (
            <Line
              key={item.key}
              row={model[item.index]!}
              index={item.index}
              isCursor={item.index === at}
              onPick={() => onCursor(model[item.index]!.original.id)}
              onOpen={onOpen}
            />
          ))}
          <Spacer height={after} />
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

function Spacer({ height }: { height: number }) {
  return height > 0 ? (
    <tr aria-hidden className={css.spacer}>
      <td colSpan={reviewColumns.length} style={{ height }} />
    </tr>
  ) : null
}

function Columns() {
  return (
    <colgroup>
      {reviewColumns.map((column) => (
        <col key={column.id} style={{ width: widths[column.id!] }} />
      ))}
    </colgroup>
  )
}

type HeadProps = Pick<Props, 'sort' | 'isDecided'> & { onSort?: Props['onSort'] }
const sortsBy: Partial<Record<string, ReviewSort>> = { suspected: 'flags', priority: 'priority', due: 'due' }

function HeadRow({ sort, isDecided, onSort }: HeadProps) {
  const { t } = useTranslation('queue')
  const name = (id: string) => t(`column.${id === 'due' && isDecided ? 'decided' : id}` as 'column.due')
  return (
    <tr>
      {reviewColumns.map((column) => {
        const id = column.id!
        const by = id === 'due' && isDecided ? undefined : sortsBy[id]
        const isSorted = by === sort
        const Arrow = by === 'due' ? IconArrowUp : IconArrowDown
        const direction = by === 'due' ? 'ascending' : 'descending'
        return (
          <th key={id} scope="col" aria-sort={isSorted ? direction : undefined}>
            {by && onSort ? (
              <button type="button" onClick={() => onSort(by)}>
                {name(id)}
                {isSorted ? <Arrow size={11} aria-hidden /> : null}
              </button>
            ) : (
              <span className={id === 'preview' ? 'vh' : undefined}>{name(id)}</span>
            )}
          </th>
        )
      })}
    </tr>
  )
}

type LineProps = {
  row: Row<typeof features, ReviewRow>
  index: number
  isCursor: boolean
  onPick: () => void
  onOpen: (row: ReviewRow) => void
}

function Line({ row, index, isCursor, onPick, onOpen }: LineProps) {
  return (
    <tr
      className={css.line}
      aria-rowindex={index + 2}
      aria-current={isCursor ? 'true' : undefined}
      tabIndex={isCursor ? 0 : -1}
      onFocus={onPick}
      onClick={(event) => {
        const isOwn = (event.target as Element).closest('a, button') !== null
        if (!isOwn) onOpen(row.original)
      }}
    >
      {row.getAllCells().map((cell) => (
        <td key={cell.id}>
          <FlexRender cell={cell} />
        </td>
      ))}
    </tr>
  )
}

/** The same columns while the first rows are on their way, so that nothing moves when they come. */
export function LoadingTable({ isDecided }: { isDecided: boolean }) {
  const { t } = useTranslation('queue')
  return (
    <div className={css.scroll}>
      <table className={css.table} aria-busy aria-label={t('foot.loading')}>
        <Columns />
        <thead>
          <HeadRow sort="priority" isDecided={isDecided} />
        </thead>
        <tbody>
          <SkeletonRows columns={[{ box: [44, 33] }, 82, 70, 76, 60, 62, 66]} isTall />
        </tbody>
      </table>
    </div>
  )
}
