import { type FocusEvent, type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import css from './charts.module.css'

type Place = { col: number; row: number }
const steps: Record<string, Place> = {
  ArrowLeft: { col: -1, row: 0 },
  ArrowRight: { col: 1, row: 0 },
  ArrowUp: { col: 0, row: 1 },
  ArrowDown: { col: 0, row: -1 },
}

/**
 * Around a drawing: its links are one stop of the tab order, in which arrows go along the days and between the parts of a
 * day; what a mark says is written out while it is pointed at or has the focus. Nothing of it draws the chart anew, which
 * would take the focus away. Charts run from left to right in every language, and so do their arrows.
 */
export function Frame({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<string | null>(null)
  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key]
    const from = linkAt(event.target)
    if (!step || !from) return
    event.preventDefault()
    const here = placeOf(from)
    const next = linksIn(box.current)
      .map((link) => ({ link, far: distance(here, placeOf(link), step) }))
      .filter(({ far }) => far > 0)
      .sort((a, b) => a.far - b.far)[0]
    next?.link.focus()
  }
  function onFocus({ target }: FocusEvent) {
    const link = linkAt(target)
    if (!link) return
    for (const each of linksIn(box.current)) each.setAttribute('tabindex', each === link ? '0' : '-1')
    setShown(saidBy(target))
  }
  const onPointerOver = ({ target }: PointerEvent) => setShown(saidBy(target))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and this holds the links of a drawing
    <div
      ref={box}
      className={css.chart}
      role="group"
      aria-label={label}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={() => setShown(null)}
      onPointerOver={onPointerOver}
      onPointerLeave={() => setShown(null)}
    >
      {children}
      <p className={css.readout} aria-hidden>
        {shown}
      </p>
    </div>
  )
}

/** What a mark needs to be found, and to be told. @param isFirst where the tab order enters */
export const markOf = ({ col, row }: Place, text: string, isFirst: boolean) => ({
  'data-col': col,
  'data-row': row,
  'data-says': text,
  tabIndex: isFirst ? 0 : -1,
  'aria-label': text,
})

const linksIn = (box: Element | null) => [...(box?.querySelectorAll<SVGElement>('a[data-col]') ?? [])]
const linkAt = (target: EventTarget) => (target as Element).closest<SVGElement>('a[data-col]')
const saidBy = (target: EventTarget) => (target as Element).closest<SVGElement>('[data-says]')?.dataset.says ?? null
const placeOf = ({ dataset }: SVGElement): Place => ({ col: Number(dataset.col), row: Number(dataset.row) })

/** How far another mark is in the direction of the step; nought for one that is not there. */
function distance(from: Place, to: Place, step: Place) {
  const [cols, rows] = [to.col - from.col, to.row - from.row]
  if (step.col !== 0) return cols * step.col > 0 ? Math.abs(cols) * 1_000 + Math.abs(rows) : 0
  return cols === 0 && rows * step.row > 0 ? Math.abs(rows) : 0
}
