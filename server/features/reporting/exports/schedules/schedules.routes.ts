import type { Router } from 'express'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import * as contract from '#shared/contract/exports.ts'
import type { ExportRow } from '../exports.queries.ts'
import { findPeriods } from '../period.queries.ts'
import { settleMs } from '../plan-export.ts'
import { findHalt } from './run-schedules.ts'
import { findLast, findSchedules, getSchedule, type ScheduleRow } from './schedules.queries.ts'
import { addSchedule, endSchedule } from './write-schedule.ts'

export function scheduleRoutes(router: Router, deps: Deps) {
  const { db, now } = deps

  async function toSchedule(row: ScheduleRow, last: ExportRow | undefined): Promise<contract.ExportSchedule> {
    const { timeZone } = await getOrganisation(db)
    const periods = await findPeriods(db, { every: row.every, since: now(), now: now(), timeZone })
    const { from, to, end } = periods.at(-1)!
    const { id, name, kind, format, filter, language, every, folder } = row
    return {
      ...{ id, name, kind, format, filter, language, every, folder },
      personId: row.person_id,
      createdAt: row.created_at.toISOString(),
      next: { from, to, at: new Date(end.getTime() + settleMs).toISOString() },
      last: last
        ? { exportId: last.id, state: last.state, from: last.period_from ?? '', to: last.period_to ?? '' }
        : null,
      halted: await findHalt(deps, row),
    }
  }

  serve(router, contract.listSchedules, async () => {
    const rows = await findSchedules(db)
    const last = await findLast(
      db,
      rows.map(({ id }) => id),
    )
    return { items: await Promise.all(rows.map((row) => toSchedule(row, last.get(row.id)))) }
  })

  serve(router, contract.createSchedule, async ({ body, caller }) =>
    toSchedule(await getSchedule(db, await addSchedule(deps, caller, body)), undefined),
  )

  serve(router, contract.deleteSchedule, ({ params, body, caller }) =>
    endSchedule(deps, caller, params.scheduleId, body),
  )
}
