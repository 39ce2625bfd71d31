import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { serve } from '#server/http/route.ts'
import * as contract from '#shared/contract/rereviews.ts'
import { answerRereview, getNext, requireSample } from './answer-rereview.ts'
import { findResults } from './answers.queries.ts'
import { drawSample } from './draw-sample.ts'
import { findSamples, toSample } from './samples.queries.ts'

export function rereviewRoutes(router: Router, deps: Deps) {
  const { db } = deps
  serve(router, contract.listSamples, async ({ query, caller }) => ({
    items: (await findSamples(db, query, caller)).map(toSample),
  }))
  serve(router, contract.drawSample, ({ params, body, caller }) => drawSample(deps, caller, params.policyId, body))
  serve(router, contract.getSample, async ({ params: { sampleId }, caller }) => {
    const row = await requireSample(db, sampleId, caller)
    return { ...toSample(row), content: row.content, results: await findResults(db, { sampleId }, caller) }
  })
  serve(router, contract.getNextRereview, ({ params, caller }) => getNext(deps, caller, params.sampleId))
  serve(router, contract.answerRereview, ({ params, body, caller }) =>
    answerRereview(deps, caller, params.sampleId, body),
  )
}
