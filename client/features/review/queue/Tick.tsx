import { type MouseEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import { isTicked, toggle, toggleAll, toggleRange, useSelection } from './selection.ts'
import css from './tick.module.css'

type Props = { rows: readonly ReviewRow[]; index: number; isCursor: boolean }

/** Ticks one row; with Shift all from the row that was ticked last. */
export function Tick({ rows, index, isCursor }: Props) {
  const { t } = useTranslation('queue')
  const row = rows[index]!
  const isOn = useSelection((state) => isTicked(state, row.id))
  function onClick(event: MouseEvent) {
    if (event.shiftKey) toggleRange(rows, index)
    else toggle(row)
  }
  return (
    <label className={css.place}>
      <input
        type="checkbox"
        className={css.box}
        aria-label={t('select.row', { reference: row.reference })}
        tabIndex={isCursor ? 0 : -1}
        checked={isOn}
        // What a click does depends on Shift, so the click says it, by pointer and by Space alike.
        onChange={() => {}}
        onClick={onClick}
      />
    </label>
  )
}

/** Ticks all rows that are loaded, or none. */
export function TickAll({ rows }: { rows: readonly ReviewRow[] }) {
  const { t } = useTranslation('queue')
  const box = useRef<HTMLInputElement>(null)
  const count = useSelection((state) => rows.reduce((sum, { id }) => sum + Number(isTicked(state, id)), 0))
  const isWhole = count > 0 && count === rows.length
  useEffect(() => {
    if (box.current) box.current.indeterminate = count > 0 && !isWhole
  }, [count, isWhole])
  return (
    <label className={css.place}>
      <input
        ref={box}
        type="checkbox"
        className={css.box}
        aria-label={t('select.loaded')}
        checked={isWhole}
        onChange={() => toggleAll(rows)}
      />
    </label>
  )
}
