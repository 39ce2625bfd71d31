import type { z } from 'zod'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { getBulk } from '#shared/contract/bulk.ts'
import { findItems, getBulkRow, getBulkUndo } from './bulk.queries.ts'
import { countOf } from './results.ts'

/**
 * What is in the caller's scope of it, counted so too: the rest is not known to be there.
 *
 * @throws AppError `not_found`, also when nothing of it is in scope
 */
export async function readBulk({ db }: Deps, caller: Caller, bulkId: string): Promise<z.input<typeof getBulk.reply>> {
  const bulk = await getBulkRow(db, bulkId)
  const items = bulk ? await findItems(db, bulkId, 'bulk', caller.scope) : []
  if (!bulk || items.length === 0) throw new AppError('not_found', `No bulk ${bulkId}.`)
  const undo = await getBulkUndo(db, bulkId)
  const undone = undo ? await findItems(db, bulkId, 'undo', caller.scope) : []
  return {
    id: bulk.id,
    act: bulk.asked,
    byId: bulk.by_id,
    at: bulk.at.toISOString(),
    undoUntil: bulk.undo_until.toISOString(),
    ...countOf(items),
    items,
    undo: undo ? { byId: undo.undone_by, at: undo.undone_at.toISOString(), ...countOf(undone), items: undone } : null,
  }
}
