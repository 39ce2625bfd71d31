import { Skeleton } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Nothing for 200 ms, then its content: a short wait does not flicker. */
export function Delayed({ children, ms = 200 }: { children: ReactNode; ms?: number }) {
  const [isDue, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return isDue ? children : null
}

type RowsProps = {
  /** Widths of the columns in per cent of the cell; `box` draws a block of that size in pixels. */
  columns: readonly (number | { box: readonly [width: number, height: number] })[]
  count?: number
  /** Two lines in each cell, as the queue has. */
  isTall?: boolean
}

/** Rows of the shape of the real ones, for the body of a table that is on its way. */
export function SkeletonRows({ columns, count = 11, isTall = false }: RowsProps) {
  return Array.from({ length: count }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have nothing else
    <tr key={row} aria-hidden>
      {columns.map((column, cell) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <td key={cell}>
          {typeof column === 'number' ? (
            <>
              <Skeleton h={9} w={`${Math.max(20, column - (row % 4) * 13)}%`} mb={isTall ? 7 : 0} />
              {isTall ? <Skeleton h={7} w={`${column / 2}%`} /> : null}
            </>
          ) : (
            <Skeleton w={column.box[0]} h={column.box[1]} />
          )}
        </td>
      ))}
    </tr>
  ))
}

/** For a page or panel that is not a table. */
export function SkeletonText({ lines = 4 }: { lines?: number }) {
  const { t } = useTranslation('ui')
  return (
    <Delayed>
      <div className="col" style={{ gap: 10, padding: 16 }} role="status" aria-label={t('state.loading')}>
        {Array.from({ length: lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines without content have nothing else
          <Skeleton key={line} h={9} w={`${86 - (line % 3) * 17}%`} />
        ))}
      </div>
    </Delayed>
  )
}
