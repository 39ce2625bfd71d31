import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { Export } from '#shared/contract/exports.ts'
import { cancelUnfinished, findExport, getExportRow } from './exports.queries.ts'
import { toExport } from './to-export.ts'

/**
 * Whoever runs it notices within a second or two, and leaves no file.
 *
 * @throws AppError `not_found`, `not_yours`, `export_ended`
 */
export async function cancelExport(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  caller: Caller,
  id: string,
  { clientId }: { clientId: string },
): Promise<Export> {
  const act = { clientId, personId: caller.id, operation: `cancel export ${id}` }
  return once(db, act, async (tx) => {
    const row = await findExport(tx, id, caller)
    if (!row) throw new AppError('not_found', `No export ${id}.`)
    if (row.person_id !== caller.id) throw new AppError('not_yours', 'Somebody else asked for it.')
    if (!(await cancelUnfinished(tx, id, now()))) throw new AppError('export_ended', 'It has ended.')
    await appendEvents(tx, [{ kind: 'export.cancelled', by: caller, subject: { kind: 'export', id } }])
    return toExport(await getExportRow(tx, id), caller.scope, now())
  })
}
