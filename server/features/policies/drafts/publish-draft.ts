import type { z } from 'zod'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type {
  publishDraft as publishEndpoint,
  sendBackDraft as sendBackEndpoint,
} from '#shared/contract/policy-drafts.ts'
import { tidyPolicy } from '#shared/domain/policy-rules.ts'
import { comeIntoForce } from '../come-into-force.ts'
import {
  getDraft,
  getNewestVersion,
  insertPolicy,
  insertStep,
  insertVersion,
  lockPolicies,
  type StoredDraft,
  setDraftState,
} from './drafts.queries.ts'
import { requireDraft, requireWhole, sha256Of, step } from './write-draft.ts'

type SendBack = z.output<typeof sendBackEndpoint.body>

export function sendBackDraft({ db, now }: Deps, caller: Caller, draftId: string, input: SendBack) {
  const act = { clientId: input.clientId, personId: caller.id, operation: `send back policy draft ${draftId}` }
  return once(db, act, async (tx) => {
    const draft = await requireDraft(tx, draftId, input.revision, ['asked'])
    requireSecond(draft, caller)
    return step(tx, caller, draft, { kind: 'sent_back', at: now(), comment: input.comment })
  })
}

type Publish = z.output<typeof publishEndpoint.body>

/** The second pair of eyes: approves what was asked about, as the next version, in force from that time on. */
export function publishDraft({ db, now }: Deps, caller: Caller, draftId: string, input: Publish) {
  const act = { clientId: input.clientId, personId: caller.id, operation: `publish policy draft ${draftId}` }
  return once(db, act, async (tx) => {
    await lockPolicies(tx)
    const draft = await requireDraft(tx, draftId, input.revision, ['asked'])
    requireSecond(draft, caller)
    await requireWhole(tx, draft)
    const at = now()
    const inForceSince = input.inForceFrom ? new Date(input.inForceFrom) : at
    if (inForceSince < at) {
      throw new AppError('invalid_request', 'It cannot have been in force.', [
        { path: 'inForceFrom', message: 'Is in the past.' },
      ])
    }
    const version = ((await getNewestVersion(tx, draft.policy_id))?.version ?? 0) + 1
    if (version !== draft.based_on + 1) {
      throw new AppError('version_changed', `Version ${version - 1} was published since.`)
    }
    const { policy_id: policyId, change } = draft
    const content = tidyPolicy(draft.content)
    if (draft.is_new) await insertPolicy(tx, draft, content)
    await insertVersion(tx, content, { policyId, version, change, by: caller.id, inForceSince })
    await setDraftState(tx, draftId, { state: 'published', version })
    await insertStep(tx, draft, { kind: 'published', by: caller.id, at, comment: input.comment })
    const data = { draftId, inForceSince: inForceSince.toISOString(), contentSha256: sha256Of(content) }
    const subject = { kind: 'policy', id: policyId, version }
    await appendEvents(tx, [{ kind: 'policy.version_published', by: caller, subject, data }])
    await comeIntoForce(tx, at)
    return (await getDraft(tx, draftId))!
  })
}

/** Never one of those who wrote it, however little. */
function requireSecond({ id, writers }: StoredDraft, caller: Caller) {
  if (writers.includes(caller.id)) throw new AppError('own_work', `Draft ${id} was written by the same person.`)
}
