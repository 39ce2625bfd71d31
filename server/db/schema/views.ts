import type { ColumnType } from 'kysely'
import type { ViewQuery } from '#shared/contract/views.ts'

/** A list of reviews that somebody saved under a name. */
export type SavedViewTable = {
  id: string
  owner_id: string
  name: string
  /** Everybody has it. */
  is_shared: boolean
  query: ColumnType<ViewQuery, string, string>
  /** Null: as whoever looks has them. */
  columns: string[] | null
  density: string | null
  created_at: Date
  changed_at: Date
}

/** The views as one person has them in order; those not named come after. */
export type ViewOrderTable = { person_id: string; view_ids: string[] }
