import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import type { ComponentType } from 'react'
import type { ReviewRow, ReviewSort } from '#shared/contract/reviews.ts'
import {
  AccountCell,
  CaptionCell,
  DueCell,
  ExemptionCell,
  MediaCell,
  PlaceCell,
  PostedCell,
  PreviewCell,
  PriorityCell,
  QueueCell,
  ReachCell,
  ScoreCell,
  StateCell,
  SuspectedCell,
} from './cells.tsx'
import type { ColumnId } from './view.ts'

/** Sorting, filtering and paging are the server's, so no row model is registered. */
export const features = tableFeatures({})
const column = createColumnHelper<typeof features, ReviewRow>()

type Settings = {
  cell: ComponentType<{ row: ReviewRow }>
  /** In pixels; the caption takes what is left. */
  width?: number
  /** The order that the column's head asks for. */
  sort?: ReviewSort
}

export const settings: Record<ColumnId, Settings> = {
  preview: { cell: PreviewCell, width: 72 },
  caption: { cell: CaptionCell },
  account: { cell: AccountCell, width: 168 },
  suspected: { cell: SuspectedCell, width: 156, sort: 'flags' },
  priority: { cell: PriorityCell, width: 74, sort: 'priority' },
  due: { cell: DueCell, width: 92, sort: 'due' },
  state: { cell: StateCell, width: 112 },
  queue: { cell: QueueCell, width: 104 },
  place: { cell: PlaceCell, width: 112 },
  posted: { cell: PostedCell, width: 92 },
  reach: { cell: ReachCell, width: 80 },
  score: { cell: ScoreCell, width: 62 },
  media: { cell: MediaCell, width: 84 },
  exemption: { cell: ExemptionCell, width: 124 },
}

/** Of the box before the first column, in pixels. */
export const tickWidth = 34
/** By so much the preview is narrower then: it has no inset before it. */
export const tickInset = 14

/** Below this the caption says nothing any more and the table scrolls sideways. */
const leastCaption = 200

export const widthOf = (columns: readonly ColumnId[]) =>
  columns.reduce((sum, id) => sum + (settings[id].width ?? leastCaption), 0)

export function toColumns(ids: readonly ColumnId[]) {
  return column.columns(
    ids.map((id) => {
      const Cell = settings[id].cell
      return column.display({ id, cell: ({ row }) => <Cell row={row.original} /> })
    }),
  )
}
