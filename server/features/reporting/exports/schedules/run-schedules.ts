import { newId } from '#server/db/id.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import { getScope } from '#server/features/team/team.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { ScheduleInterval } from '#shared/contract/exports.ts'
import { may } from '#shared/domain/permissions.ts'
import { findPeriods, type Whole } from '../period.queries.ts'
import { planExport, settleMs } from '../plan-export.ts'
import { toExportRow } from '../to-export.ts'
import { openFolder } from './export-folder.ts'
import { findAskedPeriods, findMaker, findSchedules, insertScheduled, type ScheduleRow } from './schedules.queries.ts'

type Needs = Pick<Deps, 'db' | 'now' | 'log' | 'settings'>

/** A little more than each is long. */
const longMs: Record<ScheduleInterval, number> = { day: 90_000_000, week: 608_400_000, month: 2_682_000_000 }

/**
 * Asks for the export of each period that has ended and was not asked for yet: the one before the schedule was made, and
 * every one since, also those that ended while no server ran. Returns how many. Several processes may run it at once.
 */
export async function runSchedules(deps: Needs): Promise<number> {
  let count = 0
  const { timeZone } = await getOrganisation(deps.db)
  for (const schedule of await findSchedules(deps.db)) {
    if (await findHalt(deps, schedule)) continue
    for (const period of await findDue(deps, schedule, timeZone)) {
      try {
        if (await askFor(deps, schedule, period, timeZone)) count += 1
      } catch (err) {
        deps.log.error({ err, scheduleId: schedule.id }, 'a scheduled export could not be asked for')
        break
      }
    }
  }
  return count
}

/** Why a schedule does not run now: what it missed is caught up when it can. */
export async function findHalt(
  { db, settings }: Needs,
  { person_id, folder }: ScheduleRow,
): Promise<'person' | 'folder' | null> {
  const maker = await findMaker(db, person_id)
  if (!maker || !may(maker.role, 'export.create')) return 'person'
  const isOpen = await openFolder(settings.exportFolder, folder).catch((error) => {
    if (error instanceof AppError) return null
    throw error
  })
  return isOpen === null ? 'folder' : null
}

async function findDue({ db, now }: Needs, { id, every, created_at }: ScheduleRow, timeZone: string): Promise<Whole[]> {
  const since = new Date(created_at.getTime() - longMs[every])
  const periods = await findPeriods(db, { every, since, now: now(), timeZone })
  const asked = await findAskedPeriods(db, id)
  const firstEnd = periods.findLast(({ end }) => end <= created_at)?.end ?? created_at
  return periods.filter(
    ({ from, end }) => end >= firstEnd && end.getTime() + settleMs <= now().getTime() && !asked.has(from),
  )
}

async function askFor(
  { db, now }: Needs,
  schedule: ScheduleRow,
  { from, to }: Whole,
  timeZone: string,
): Promise<boolean> {
  const { id: schedule_id, kind, format, filter, language, person_id } = schedule
  const maker = await findMaker(db, person_id)
  const reader = { id: person_id, scope: await getScope(db, person_id) }
  const showsReporters = maker !== null && may(maker.role, 'reporter.read')
  const request = { kind, format, filter, period: { from, to }, language, timeZone, reader, showsReporters }
  const plan = await planExport(db, request, now())
  const id = newId()
  return db.transaction().execute(async (tx) => {
    const row = { ...toExportRow(plan, { id, at: now() }), state: 'queued' as const, is_job: true, schedule_id }
    if (!(await insertScheduled(tx, row))) return false
    const data = { kind, format, filter: plan.head.filter, period: plan.head.period, scheduleId: schedule_id }
    await appendEvents(tx, [{ kind: 'export.asked', by: null, subject: { kind: 'export', id }, data }])
    return true
  })
}
