import { type KeyboardEvent, type ReactNode, useRef } from 'react'

export type Column<Row> = {
  id: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  /** Figures stand at the end. */
  isEnd?: boolean
  isMono?: boolean
  /** Hidden on phones. */
  isWide?: boolean
  width?: number | string
}

type Props<Row> = {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** All rows there are, when only some are shown; -1 when nobody counted. */
  rowCount?: number | undefined
  openId?: string | null | undefined
  /** Makes rows pressable: click, or Enter or Space on the focused row; arrows move between rows. */
  onOpen?: ((row: Row) => void) | undefined
  /** Stands in the body instead of rows: skeletons, an empty state. */
  instead?: ReactNode
}

/** A plain table for anything that is not the triage queue. */
export function DataTable<Row>({ label, columns, rows, rowId, rowCount, openId, onOpen, instead }: Props<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const tabStop = rows.find((row) => rowId(row) === openId) ?? rows[0]

  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, row: Row) {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onOpen?.(row)
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const { nextElementSibling: next, previousElementSibling: previous } = event.currentTarget
    const to = event.key === 'ArrowDown' ? next : previous
    if (!(to instanceof HTMLElement)) return
    event.preventDefault()
    to.focus()
  }

  return (
    <table className="dt" aria-label={label} aria-rowcount={rowCount === undefined ? undefined : rowCount + 1}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={classOf(column)} style={{ width: column.width }}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => (
          <tr
            key={rowId(row)}
            aria-rowindex={rowCount === undefined ? undefined : index + 2}
            aria-current={openId !== undefined && rowId(row) === openId ? 'true' : undefined}
            data-pressable={onOpen ? true : undefined}
            {...(onOpen && {
              tabIndex: row === tabStop ? 0 : -1,
              onClick: () => onOpen(row),
              onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => onKeyDown(event, row),
            })}
          >
            {columns.map((column) => (
              <td key={column.id} className={classOf(column)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
        {instead}
      </tbody>
    </table>
  )
}

function classOf<Row>({ isEnd, isMono, isWide }: Column<Row>) {
  return [isEnd && 'end', isMono && 'mono', isWide && 'hideS'].filter(Boolean).join(' ') || undefined
}
