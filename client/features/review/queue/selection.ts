import { create } from 'zustand'
import { forgetOnSignOut } from '#client/api/session.ts'
import type { ReviewId, ReviewRow } from '#shared/contract/reviews.ts'

/** What the bar and the acts need of a row that is ticked. */
export type Ticked = Pick<ReviewRow, 'id' | 'version' | 'reference' | 'openedAt'>

type Selection = {
  /** The list that it is of: another list begins with none. */
  list: string
  ticked: ReadonlyMap<ReviewId, Ticked>
  /** All that the list holds, also what is not loaded, but for these. */
  all: { except: ReadonlySet<ReviewId> } | null
  /** From where a range goes on. */
  anchor: ReviewId | null
}

const nothing: Selection = { list: '', ticked: new Map(), all: null, anchor: null }

export const useSelection = create<Selection>(() => nothing)
forgetOnSignOut(() => useSelection.setState(nothing))

export function clearSelection() {
  useSelection.setState(({ list }) => ({ ...nothing, list }))
}

/** Drops what was ticked in another list. */
export function selectIn(list: string) {
  if (useSelection.getState().list !== list) useSelection.setState({ ...nothing, list })
}

export const isTicked = ({ ticked, all }: Pick<Selection, 'ticked' | 'all'>, id: ReviewId) =>
  all ? !all.except.has(id) : ticked.has(id)

const toTicked = ({ id, version, reference, openedAt }: ReviewRow): Ticked => ({ id, version, reference, openedAt })

export function toggle(row: ReviewRow) {
  set([row], !isTicked(useSelection.getState(), row.id), row.id)
}

/** From the row that was ticked last to this one, as that one is; with none before, this one alone. */
export function toggleRange(rows: readonly ReviewRow[], to: number) {
  const state = useSelection.getState()
  const row = rows[to]
  const from = rows.findIndex(({ id }) => id === state.anchor)
  if (!row) return
  if (from < 0) return toggle(row)
  const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1)
  set(range, isTicked(state, rows[from]!.id), rows[from]!.id)
}

/** The row the hand leaves and the one it comes to, both ticked; back over ticked ones it unticks. */
export function extend(from: ReviewRow, to: ReviewRow) {
  const state = useSelection.getState()
  const goesBack = isTicked(state, from.id) && isTicked(state, to.id)
  if (goesBack) return set([from], false, to.id)
  set([from, to], true, to.id)
}

/** All of these, or none of them when all are ticked. */
export function toggleAll(rows: readonly ReviewRow[]) {
  const state = useSelection.getState()
  const isWhole = rows.length > 0 && rows.every(({ id }) => isTicked(state, id))
  if (isWhole) clearSelection()
  else set(rows, true, rows.at(-1)?.id ?? null)
}

/** Everything the list holds under its filters, whether or not it is loaded. */
export function selectEverything() {
  useSelection.setState({ all: { except: new Set() } })
}

function set(rows: readonly ReviewRow[], isOn: boolean, anchor: ReviewId | null) {
  const { ticked, all } = useSelection.getState()
  if (all) {
    const except = new Set(all.except)
    for (const { id } of rows) isOn ? except.delete(id) : except.add(id)
    useSelection.setState({ all: { except }, anchor })
    return
  }
  const next = new Map(ticked)
  for (const row of rows) isOn ? next.set(row.id, toTicked(row)) : next.delete(row.id)
  useSelection.setState({ ticked: next, anchor })
}
