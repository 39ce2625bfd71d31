import type { z } from 'zod'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { createExport, Export } from '#shared/contract/exports.ts'
import { may } from '#shared/domain/permissions.ts'
import { hasEnough, insertExport } from './exports.queries.ts'
import { planExport } from './plan-export.ts'
import { toExport, toExportRow } from './to-export.ts'

type Body = z.output<typeof createExport.body>

/**
 * Queues an export for the job.
 *
 * @throws AppError `invalid_request` for a filter or a period that cannot be, `too_many_exports`
 */
export async function askForExport(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  caller: Caller,
  { clientId, ...asked }: Body,
): Promise<Export> {
  const { timeZone } = await getOrganisation(db)
  const at = now()
  const showsReporters = may(caller.role, 'reporter.read')
  const plan = await planExport(db, { ...asked, timeZone, reader: caller, showsReporters }, at)
  return once(db, { clientId, personId: caller.id, operation: 'ask for an export' }, async (tx) => {
    if (await hasEnough(tx, caller.id)) throw new AppError('too_many_exports', 'Ten of yours are not finished yet.')
    const id = newId()
    const row = await insertExport(tx, { ...toExportRow(plan, { id, at }), state: 'queued', is_job: true })
    const data = { kind: asked.kind, format: asked.format, filter: plan.head.filter, period: plan.head.period }
    await appendEvents(tx, [{ kind: 'export.asked', by: caller, subject: { kind: 'export', id }, data }])
    return toExport(row, caller.scope, at)
  })
}
