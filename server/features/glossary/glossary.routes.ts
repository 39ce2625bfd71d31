import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import * as contract from '#shared/contract/glossary.ts'
import { findForms, findTermList, getTermDetail } from './glossary.queries.ts'
import { countOutcomes, previewForms } from './scan-captions.ts'
import { addTerm, changeTerm, importTerms, noTerm, retireTerm } from './write-term.ts'

export function glossaryRoutes(router: Router, deps: Deps) {
  const { db } = deps

  async function requireTerm(termId: string) {
    const term = await getTermDetail(db, termId)
    if (!term) throw noTerm(termId)
    return term
  }

  serve(router, contract.listTerms, async () => ({ items: await findTermList(db) }))
  serve(router, contract.getGlossaryForms, ({ query }) => findForms(db, query.version))
  serve(router, contract.getTerm, ({ params }) => requireTerm(params.termId))
  serve(router, contract.getTermOutcomes, async ({ params, caller }) => {
    const { forms } = await requireTerm(params.termId)
    return countOutcomes(db, forms, caller.scope)
  })
  serve(router, contract.previewTerm, ({ body, caller }) => previewForms(db, body, caller.scope))
  serve(router, contract.importTerms, ({ body, caller }) => importTerms(deps, caller, body))
  serve(router, contract.addTerm, ({ body, caller }) => addTerm(deps, caller, body))
  serve(router, contract.changeTerm, ({ params, body, caller }) => changeTerm(deps, caller, params.termId, body))
  serve(router, contract.retireTerm, ({ params, body, caller }) => retireTerm(deps, caller, params.termId, body))
}
