import { type KeyboardEvent, useRef, useState } from 'react'

type Place = { col: number; row: number }
const steps: Record<string, Place> = {
  ArrowLeft: { col: -1, row: 0 },
  ArrowRight: { col: 1, row: 0 },
  ArrowUp: { col: 0, row: 1 },
  ArrowDown: { col: 0, row: -1 },
}
const idOf = ({ col, row }: Place) => `${col},${row}`

/**
 * The links of a chart as one stop of the tab order: the arrows go from mark to mark, along the days and between the parts
 * of one day. Charts run from left to right in every language, and so do their arrows.
 */
export function useRoving(first: Place | null) {
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<string | null>(null)
  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key]
    const from = (event.target as Element).closest<SVGElement>('a[data-col]')
    if (!step || !from) return
    event.preventDefault()
    const here = placeOf(from)
    const next = [...(box.current?.querySelectorAll<SVGElement>('a[data-col]') ?? [])]
      .map((link) => ({ link, far: distance(here, placeOf(link), step) }))
      .filter(({ far }) => far > 0)
      .sort((a, b) => a.far - b.far)[0]
    next?.link.focus()
  }
  const markOf = (place: Place) => ({
    'data-col': place.col,
    'data-row': place.row,
    tabIndex: (at ?? (first && idOf(first))) === idOf(place) ? 0 : -1,
    onFocus: () => setAt(idOf(place)),
  })
  return { box, onKeyDown, markOf }
}

const placeOf = ({ dataset }: SVGElement | HTMLElement): Place => ({
  col: Number(dataset.col),
  row: Number(dataset.row),
})

/** How far another mark is in the direction of the step; nought for one that is not there. */
function distance(from: Place, to: Place, step: Place) {
  const [cols, rows] = [to.col - from.col, to.row - from.row]
  if (step.col !== 0) return cols * step.col > 0 ? Math.abs(cols) * 1_000 + Math.abs(rows) : 0
  return cols === 0 && rows * step.row > 0 ? Math.abs(rows) : 0
}
