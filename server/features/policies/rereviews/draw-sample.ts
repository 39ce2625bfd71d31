import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Db } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { PolicyContent } from '#shared/contract/policies.ts'
import type { drawSample as endpoint } from '#shared/contract/rereviews.ts'
import { getDraft, getNewestVersion } from '../drafts/drafts.queries.ts'
import { drawDecisions, findSamples, insertSample, toSample } from './samples.queries.ts'

type Input = z.output<typeof endpoint.body>

/** The drawing reads many rows and is done before the transaction, which would hold the log up. */
export async function drawSample({ db, now }: Deps, caller: Caller, policyId: string, { clientId, ...input }: Input) {
  const wording = await wordingOf(db, policyId, input.draftId)
  const to = now()
  const from = input.decidedFrom ? new Date(input.decidedFrom) : null
  const seed = input.seed ?? randomBytes(8).toString('hex')
  const drawing = { policyId, from, to, seed, size: input.size }
  const { ids, population } = await drawDecisions(db, drawing, caller)
  return once(db, { clientId, personId: caller.id, operation: `draw sample of ${policyId}` }, async (tx) => {
    const id = newId()
    const items = ids.map((decisionId) => ({ id: newId(), decisionId }))
    await insertSample(tx, { ...drawing, ...wording, id, population, by: caller.id }, items)
    const { draftId, version } = wording
    const data = { policyId, draftId, version, seed, population, size: items.length }
    await appendEvents(tx, [{ kind: 'rereview.drawn', by: caller, subject: { kind: 'rereview', id }, data }])
    const [sample] = await findSamples(tx, { sampleId: id }, caller)
    return toSample(sample!)
  })
}

async function wordingOf(db: Db, policyId: string, draftId: string | null) {
  const newest = await getNewestVersion(db, policyId)
  if (!newest) throw new AppError('not_found', `No clause ${policyId}.`)
  if (draftId === null) return { draftId, version: newest.version, content: PolicyContent.parse(newest) }
  const draft = await getDraft(db, draftId)
  if (draft?.policyId !== policyId) throw new AppError('not_found', `No draft ${draftId} of clause ${policyId}.`)
  return { draftId, version: draft.version ?? null, content: draft.content }
}
