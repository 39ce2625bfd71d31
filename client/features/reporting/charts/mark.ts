import type { RowsSearch } from '../reports.search.ts'

/** A place on the axis of a chart: a day, or several taken together. */
export type Place = {
  /** Short, for the axis. */
  axis: string
  /** Whole, for whoever reads one mark alone. */
  name: string
}

/** A mark that opens the rows it was counted from; null opens nothing. */
export type Opens = RowsSearch | null
