import type { z } from 'zod'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { createSchedule } from '#shared/contract/exports.ts'
import { readFilter } from '../plan-export.ts'
import { openFolder } from './export-folder.ts'
import { endScheduleRow, insertSchedule } from './schedules.queries.ts'

type Needs = Pick<Deps, 'db' | 'now' | 'settings'>

/** @throws AppError `invalid_request`, `no_export_folder`, `name_taken` */
export async function addSchedule(
  { db, now, settings }: Needs,
  caller: Caller,
  { clientId, filter: asked, ...body }: z.output<typeof createSchedule.body>,
): Promise<string> {
  const filter = readFilter(body.kind, asked)
  await openFolder(settings.exportFolder, body.folder)
  return once(db, { clientId, personId: caller.id, operation: 'add an export schedule' }, async (tx) => {
    const id = newId()
    const row = { ...body, id, filter: JSON.stringify(filter), person_id: caller.id, created_at: now() }
    if (!(await insertSchedule(tx, row))) throw new AppError('name_taken', 'That folder has a schedule of this name.')
    const { kind, format, every } = body
    const subject = { kind: 'export_schedule', id }
    await appendEvents(tx, [
      { kind: 'export_schedule.added', by: caller, subject, data: { kind, format, every, filter } },
    ])
    return id
  })
}

/** @throws AppError `not_found` when it has ended already */
export async function endSchedule({ db, now }: Needs, caller: Caller, id: string, { clientId }: { clientId: string }) {
  return once(db, { clientId, personId: caller.id, operation: `end export schedule ${id}` }, async (tx) => {
    if (!(await endScheduleRow(tx, id, now()))) throw new AppError('not_found', `No schedule ${id}.`)
    await appendEvents(tx, [{ kind: 'export_schedule.ended', by: caller, subject: { kind: 'export_schedule', id } }])
    return {}
  })
}
