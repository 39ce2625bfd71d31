import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { type Caller, serve } from '#server/http/route.ts'
import {
  claimAppeal as claimEndpoint,
  countAppeals,
  decideAppeal as decideEndpoint,
  fileAppeal as fileEndpoint,
  getAppeal,
  listAppeals,
  releaseAppeal as releaseEndpoint,
  undoAppeal as undoEndpoint,
  withdrawAppeal as withdrawEndpoint,
} from '#shared/contract/appeals.ts'
import { type Desk, decideAppeal, undoAppeal } from './decide-appeal.ts'
import { fileAppeal } from './file-appeal.ts'
import { claimAppeal, releaseAppeal, withdrawAppeal } from './hear-appeal.ts'
import { countWaiting, findAppeals } from './list.queries.ts'
import { getAppealDetail } from './page.queries.ts'

export function appealsRoutes(router: Router, deps: Deps, desk: Desk) {
  const { db, now } = deps
  const after = async (done: Promise<unknown>, appealId: string, caller: Caller) => {
    await done
    return { appeal: await getAppealDetail(deps, appealId, caller) }
  }
  serve(router, listAppeals, ({ query, caller }) => findAppeals(db, query, { reader: caller, now: now() }))
  serve(router, countAppeals, ({ caller }) => countWaiting(db, { reader: caller, now: now() }))
  serve(router, getAppeal, ({ params, caller }) => getAppealDetail(deps, params.appealId, caller))
  serve(router, fileEndpoint, ({ body, caller }) => fileAppeal(deps, caller, body))
  serve(router, claimEndpoint, ({ params: { appealId }, body, caller }) =>
    after(claimAppeal(deps, caller, { appealId, ...body }), appealId, caller),
  )
  serve(router, releaseEndpoint, ({ params: { appealId }, body, caller }) =>
    after(releaseAppeal(deps, caller, { appealId, ...body }), appealId, caller),
  )
  serve(router, decideEndpoint, ({ params: { appealId }, body, caller }) =>
    after(decideAppeal(deps, desk, caller, { appealId, ...body }), appealId, caller),
  )
  serve(router, undoEndpoint, ({ params: { appealId }, body, caller }) =>
    after(undoAppeal(deps, desk, caller, { appealId, ...body }), appealId, caller),
  )
  serve(router, withdrawEndpoint, ({ params: { appealId }, body, caller }) =>
    after(withdrawAppeal(deps, caller, { appealId, ...body }), appealId, caller),
  )
}
