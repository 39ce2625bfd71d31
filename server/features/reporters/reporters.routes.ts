import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import * as contract from '#shared/contract/reporters.ts'
import { may } from '#shared/domain/permissions.ts'
import { findFlagList } from './flag-list.queries.ts'
import { muteReporter, noReporter, trustReporter, unmuteReporter } from './mark-reporter.ts'
import { findReporters, getReporterDetail } from './reporters.queries.ts'
import { previewSetAside, setAsideFlags } from './set-aside-flags.ts'
import { takeUpFlags } from './take-up-flags.ts'

export function reportersRoutes(router: Router, deps: Deps) {
  const { db, now } = deps
  serve(router, contract.listFlags, ({ query, caller }) =>
    findFlagList(db, query, {
      scope: caller.scope,
      now: now(),
      showsReporters: may(caller.role, 'reporter.read'),
    }),
  )
  serve(router, contract.listReporters, ({ query, caller }) =>
    findReporters(db, query, { scope: caller.scope, now: now() }),
  )
  serve(router, contract.getReporter, async ({ params, caller }) => {
    const reporter = await getReporterDetail(db, params.reporterId, { scope: caller.scope, now: now() })
    if (!reporter) throw noReporter(params.reporterId)
    return reporter
  })
  serve(router, contract.previewSetAside, ({ params, caller }) => previewSetAside(deps, caller, params.reporterId))
  serve(router, contract.setAsideFlags, ({ params, body, caller }) =>
    setAsideFlags(deps, caller, params.reporterId, body),
  )
  serve(router, contract.takeUpFlags, ({ params, body, caller }) => takeUpFlags(deps, caller, params.reporterId, body))
  serve(router, contract.muteReporter, ({ params, body, caller }) =>
    muteReporter(deps, caller, params.reporterId, body),
  )
  serve(router, contract.unmuteReporter, ({ params, body, caller }) =>
    unmuteReporter(deps, caller, params.reporterId, body),
  )
  serve(router, contract.trustReporter, ({ params, body, caller }) =>
    trustReporter(deps, caller, params.reporterId, body),
  )
}
