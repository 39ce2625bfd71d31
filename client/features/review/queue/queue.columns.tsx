import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import type { ReviewRow } from '#shared/contract/reviews.ts'
import { AccountCell, CaptionCell, DueCell, PreviewCell, PriorityCell, StateCell, SuspectedCell } from './cells.tsx'

/** Sorting, filtering and paging are the server's, so no row model is registered. */
export const features = tableFeatures({})
const column = createColumnHelper<typeof features, ReviewRow>()

/** Widths in pixels; the caption takes what is left. */
export const widths: Record<string, number | undefined> = {
  preview: 72,
  account: 168,
  suspected: 156,
  priority: 74,
  due: 92,
  state: 112,
}

export const reviewColumns = column.columns([
  column.display({ id: 'preview', cell: ({ row }) => <PreviewCell row={row.original} /> }),
  column.display({ id: 'caption', cell: ({ row }) => <CaptionCell row={row.original} /> }),
  column.display({ id: 'account', cell: ({ row }) => <AccountCell row={row.original} /> }),
  column.display({ id: 'suspected', cell: ({ row }) => <SuspectedCell row={row.original} /> }),
  column.display({ id: 'priority', cell: ({ row }) => <PriorityCell row={row.original} /> }),
  column.display({ id: 'due', cell: ({ row }) => <DueCell row={row.original} /> }),
  column.display({ id: 'state', cell: ({ row }) => <StateCell row={row.original} /> }),
])
