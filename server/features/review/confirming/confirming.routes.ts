import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { confirmProposal } from './confirm-proposal.ts'
import { refuseProposal, withdrawProposal } from './end-proposal.ts'
import { proposeDecision } from './propose-decision.ts'

export function confirmingRoutes(router: Router, deps: Deps) {
  serve(router, api.proposeDecision, ({ params, body, caller }) => proposeDecision(deps, caller, params.reviewId, body))
  serve(router, api.confirmProposal, ({ params, body, caller }) =>
    confirmProposal(deps, caller, params.proposalId, body),
  )
  serve(router, api.refuseProposal, ({ params, body, caller }) => refuseProposal(deps, caller, params.proposalId, body))
  serve(router, api.withdrawProposal, ({ params, body, caller }) =>
    withdrawProposal(deps, caller, params.proposalId, body.clientId),
  )
}
