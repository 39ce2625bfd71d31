import type { Tx } from '#server/db/connect.ts'
import { type Act, once } from '#server/db/receipt.ts'
import { appendEvents, type NewEvent } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { getReporterDetail, lockReporter, markReporter } from './reporters.queries.ts'

type Change = { kind: string; data: NewEvent['data']; marks: Parameters<typeof markReporter>[2] }

/** @throws AppError `not_found` when nothing of this reporter is in the caller's scope */
function mark({ db, now }: Deps, caller: Caller, reporterId: string, act: Act, change: (at: Date) => Change) {
  return once(db, act, async (tx: Tx) => {
    if (!(await lockReporter(tx, reporterId, caller.scope))) throw noReporter(reporterId)
    const at = now()
    const { kind, data, marks } = change(at)
    await markReporter(tx, reporterId, marks)
    await appendEvents(tx, [{ kind, by: caller, subject: { kind: 'reporter', id: reporterId }, ...(data && { data }) }])
    return (await getReporterDetail(tx, reporterId, { scope: caller.scope, now: at }))!
  })
}

const actOf = (caller: Caller, clientId: string, what: string, reporterId: string): Act => ({
  clientId,
  personId: caller.id,
  operation: `${what} reporter ${reporterId}`,
})

export const noReporter = (reporterId: string) => new AppError('not_found', `No reporter ${reporterId}.`)

type Mute = { clientId: string; until: string | null }

/** From now on what they flag is kept and makes no work; without a time, until somebody ends it. */
export function muteReporter(deps: Deps, caller: Caller, reporterId: string, { clientId, until }: Mute) {
  if (until && Date.parse(until) <= deps.now().getTime()) {
    throw new AppError('invalid_request', 'This time has passed.', [{ path: 'until', message: 'Has passed.' }])
  }
  return mark(deps, caller, reporterId, actOf(caller, clientId, 'mute', reporterId), (at) => ({
    kind: 'reporter.muted',
    data: { until },
    marks: { muted_at: at, muted_by: caller.id, muted_until: until ? new Date(until) : null },
  }))
}

export function unmuteReporter(deps: Deps, caller: Caller, reporterId: string, { clientId }: { clientId: string }) {
  return mark(deps, caller, reporterId, actOf(caller, clientId, 'unmute', reporterId), () => ({
    kind: 'reporter.unmuted',
    data: {},
    marks: { muted_at: null, muted_by: null, muted_until: null },
  }))
}

type Trust = { clientId: string; weight: number | null }

/** Weighs with the flags that come from now on; reviews that wait keep their priority until then. */
export function trustReporter(deps: Deps, caller: Caller, reporterId: string, { clientId, weight }: Trust) {
  return mark(deps, caller, reporterId, actOf(caller, clientId, 'trust', reporterId), () => ({
    kind: weight === null ? 'reporter.distrusted' : 'reporter.trusted',
    data: { weight },
    marks: { trusted_weight: weight },
  }))
}
