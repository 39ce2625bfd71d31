import type { Router } from 'express'
import type { Deps } from '#server/http/deps.ts'
import { type Caller, serve } from '#server/http/route.ts'
import { api } from '#shared/contract/api.ts'
import { previewTargets } from './queues/preview-targets.ts'
import { findQueueSettings } from './queues/queues.queries.ts'
import { retireQueue } from './queues/retire-queue.ts'
import { addQueue, changeQueue, orderQueues } from './queues/write-queue.ts'
import { mapReasonCode } from './reasons/map-reason-code.ts'
import { findMappings, findUnsorted } from './reasons/reason-codes.queries.ts'
import { reckonWaiting } from './reckoning/reckon-waiting.ts'
import { requireWhole } from './require-whole.ts'
import { findRuleDraft, findRuleVersions } from './rules/rules.queries.ts'
import { tryRules } from './rules/try-rules.ts'
import { discardRuleDraft, publishRules, saveRuleDraft } from './rules/write-rules.ts'
import { changeTraining } from './skills/change-training.ts'
import { findTraining } from './skills/skills.queries.ts'
import { changeWeights } from './weights/change-weights.ts'
import { tryWeights } from './weights/try-weights.ts'
import { findWeightsVersions } from './weights/weights.queries.ts'

/** The newest so many flags are looked through for codes that stand for nothing. */
const flagsLooked = 100_000
const mostUnsorted = 200
/** Parts of a reckoning that the request itself does: where little waits, the answer finds it done. The job does the rest. */
const partsAtOnce = 4

export function routingRoutes(router: Router, deps: Deps) {
  const { db } = deps

  async function reckoned<Reply>(act: Promise<Reply>): Promise<Reply> {
    const reply = await act
    await reckonWaiting(deps, partsAtOnce)
    return reply
  }

  async function whole<Reply>(caller: Caller, read: () => Promise<Reply>): Promise<Reply> {
    requireWhole(caller)
    return read()
  }

  serve(router, api.listQueueSettings, ({ caller }) =>
    whole(caller, async () => ({ items: await findQueueSettings(db) })),
  )
  serve(router, api.addQueue, ({ body, caller }) => addQueue(deps, caller, body))
  serve(router, api.changeQueue, ({ params, body, caller }) =>
    reckoned(changeQueue(deps, caller, params.queueId, body)),
  )
  serve(router, api.previewTargets, ({ params, body, caller }) => previewTargets(deps, caller, params.queueId, body))
  serve(router, api.orderQueues, ({ body, caller }) => orderQueues(deps, caller, body))
  serve(router, api.retireQueue, ({ params, body, caller }) => retireQueue(deps, caller, params.queueId, body))

  serve(router, api.listRules, ({ caller }) =>
    whole(caller, async () => ({ versions: await findRuleVersions(db), draft: await findRuleDraft(db) })),
  )
  serve(router, api.saveRuleDraft, ({ body, caller }) => saveRuleDraft(deps, caller, body))
  serve(router, api.discardRuleDraft, ({ body, caller }) => discardRuleDraft(deps, caller, body))
  serve(router, api.publishRules, ({ body, caller }) => publishRules(deps, caller, body))
  serve(router, api.tryRules, ({ body, caller }) => tryRules(deps, caller, body))

  serve(router, api.listWeights, ({ caller }) =>
    whole(caller, async () => ({ versions: await findWeightsVersions(db) })),
  )
  serve(router, api.tryWeights, ({ body, caller }) => tryWeights(deps, caller, body.weights))
  serve(router, api.changeWeights, ({ body, caller }) => reckoned(changeWeights(deps, caller, body)))

  serve(router, api.listReasonCodes, ({ caller }) =>
    whole(caller, async () => ({
      mappings: await findMappings(db),
      unsorted: await findUnsorted(db, { looked: flagsLooked, most: mostUnsorted }),
      looked: flagsLooked,
    })),
  )
  serve(router, api.mapReasonCode, ({ body, caller }) => mapReasonCode(deps, caller, body))

  serve(router, api.getTraining, async () => ({ clauses: await findTraining(db) }))
  serve(router, api.changeTraining, ({ body, caller }) => changeTraining(deps, caller, body))
}
