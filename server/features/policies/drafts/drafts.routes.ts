import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import * as contract from '#shared/contract/policy-drafts.ts'
import { findDrafts, getDraft } from './drafts.queries.ts'
import { exportPolicy, importPolicy } from './exchange.ts'
import { openDraft } from './open-draft.ts'
import { publishDraft, sendBackDraft } from './publish-draft.ts'
import { askAboutDraft, leaveDraft, noDraft, saveDraft } from './write-draft.ts'

export function draftRoutes(router: Router, deps: Deps) {
  const { db, now } = deps
  serve(router, contract.listDrafts, async () => ({ items: await findDrafts(db, now()) }))
  serve(router, contract.exportPolicy, ({ caller }) => exportPolicy(deps, caller))
  serve(router, contract.importPolicy, ({ body, caller }) => importPolicy(deps, caller, body))
  serve(router, contract.getDraft, async ({ params: { draftId } }) => {
    const draft = await getDraft(db, draftId)
    if (!draft) throw noDraft(draftId)
    return draft
  })
  serve(router, contract.openDraft, ({ body, caller }) => openDraft(deps, caller, body))
  serve(router, contract.saveDraft, ({ params, body, caller }) => saveDraft(deps, caller, params.draftId, body))
  serve(router, contract.askAboutDraft, ({ params, body, caller }) => askAboutDraft(deps, caller, params.draftId, body))
  serve(router, contract.takeBackDraft, ({ params, body, caller }) =>
    leaveDraft(deps, caller, params.draftId, { ...body, kind: 'taken_back' }),
  )
  serve(router, contract.discardDraft, ({ params, body, caller }) =>
    leaveDraft(deps, caller, params.draftId, { ...body, kind: 'discarded' }),
  )
  serve(router, contract.sendBackDraft, ({ params, body, caller }) => sendBackDraft(deps, caller, params.draftId, body))
  serve(router, contract.publishDraft, ({ params, body, caller }) => publishDraft(deps, caller, params.draftId, body))
}
