import type { ColumnType, JSONColumnType } from 'kysely'
import type { Before, BulkAct } from '#shared/contract/bulk.ts'

/** One act on many reviews. Append-only, as are its items and its undoing. */
export type BulkTable = {
  id: string
  act: BulkAct['kind']
  /** The act as it was asked for. */
  asked: JSONColumnType<BulkAct>
  by_id: string
  at: Date
  undo_until: Date
  done: number
  refused: number
}

export type BulkItemTable = {
  bulk_id: string
  review_id: string
  /** In the order in which they were done. */
  position: number
  /** Why it was refused; null when it was done. */
  code: string | null
  refused_by: string | null
  refused_at: Date | null
  /** Of the review, afterwards. */
  version: number
  decision_id: string | null
  turn_id: string | null
  /** What the act changed, as it was, to be put back. */
  before: ColumnType<Before | null, string | null, never>
}

export type BulkUndoTable = { bulk_id: string; undone_by: string; undone_at: Date; undone: number; refused: number }

export type BulkUndoItemTable = Pick<
  BulkItemTable,
  'bulk_id' | 'review_id' | 'code' | 'refused_by' | 'refused_at' | 'version'
>
