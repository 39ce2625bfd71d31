import { useState } from 'react'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { useSession } from '#client/api/session.ts'
import type { SavedView } from '#shared/contract/views.ts'

/** Every column there is, in the order in which they are offered. */
export const columnIds = [
  'preview',
  'caption',
  'account',
  'suspected',
  'priority',
  'due',
  'state',
  'queue',
  'place',
  'posted',
  'reach',
  'score',
  'media',
  'exemption',
] as const
export type ColumnId = (typeof columnIds)[number]

export type Density = 'comfortable' | 'compact'

export type View = {
  /** Those that are shown, in their order. The caption, which opens the row, always is. */
  columns: readonly ColumnId[]
  density: Density
  /** The panel beside the list, where there is room for it. */
  isPeeking: boolean
}

export const plainColumns = columnIds.slice(0, 7)
const plain: View = { columns: plainColumns, density: 'comfortable', isPeeking: true }

type Views = { byPerson: Record<string, Partial<View>> }

/** How each person likes the list, in this browser: whoever signs in next begins with the plain one. */
const useViews = create<Views>()(persist((): Views => ({ byPerson: {} }), { name: 'docket-queue-views', version: 1 }))

export function useView() {
  const { id } = useSession().person
  const kept = useViews((state) => state.byPerson[id])
  const view = kept ? readView(kept) : plain
  function change(part: Partial<View>) {
    useViews.setState(({ byPerson }) => ({ byPerson: { ...byPerson, [id]: { ...byPerson[id], ...part } } }))
  }
  return [view, change] as const
}

let read: { kept: Partial<View>; view: View } | null = null

/** What an older or newer version kept may name columns that are not there. The same kept view gives the same answer. */
function readView(kept: Partial<View>): View {
  if (read?.kept === kept) return read.view
  const known = (kept.columns ?? plainColumns).filter((id) => columnIds.includes(id))
  const columns = known.includes('caption') ? known : (['caption', ...known] as const)
  const density = kept.density === 'compact' ? 'compact' : 'comfortable'
  read = { kept, view: { columns, density, isPeeking: kept.isPeeking ?? plain.isPeeking } }
  return read.view
}

type Kept = Pick<SavedView, 'id' | 'columns' | 'density'>

/** The list as a saved view has it, until somebody changes it on the screen; without one, as this person likes it. */
export function useShownView(saved: Kept | undefined) {
  const [own, setOwn] = useView()
  const [changed, setChanged] = useState<{ id: string; part: Partial<View> } | null>(null)
  if (!saved) return [own, setOwn] as const
  const { columns, density } = saved
  const kept = readKept({ ...(columns && { columns: columns as ColumnId[] }), ...(density && { density }) }, own)
  const part = changed?.id === saved.id ? changed.part : {}
  function change({ isPeeking, ...next }: Partial<View>) {
    if (isPeeking !== undefined) setOwn({ isPeeking })
    if (Object.keys(next).length > 0) setChanged({ id: saved!.id, part: { ...part, ...next } })
  }
  return [{ ...kept, ...part, isPeeking: own.isPeeking }, change] as const
}

/** A view that another version of the program kept may name columns that are not there. */
function readKept(kept: Partial<View>, own: View): View {
  const columns = (kept.columns ?? own.columns).filter((id) => columnIds.includes(id))
  return { ...own, ...kept, columns: columns.includes('caption') ? columns : ['caption', ...columns] }
}
