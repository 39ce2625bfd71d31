import type { z } from 'zod'
import type { Db, Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { getSnapshot } from '#server/features/review/desk/desk.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { answerRereview as endpoint, Fate } from '#shared/contract/rereviews.ts'
import { findNextItem, findResults, getItem, insertAnswer, lockSample } from './answers.queries.ts'
import { findSamples, toSample } from './samples.queries.ts'

export async function requireSample(db: Db | Tx, sampleId: string, caller: Caller) {
  const [row] = await findSamples(db, { sampleId }, caller)
  if (!row) throw new AppError('not_found', `No sample ${sampleId}.`)
  return row
}

/** The frozen snapshot and nothing of what was decided on it: no review, no decision, no name. */
export async function getNext({ db }: Pick<Deps, 'db'>, caller: Caller, sampleId: string) {
  await requireSample(db, sampleId, caller)
  const found = await findNextItem(db, sampleId, caller)
  if (!found) return { item: null }
  const snapshot = await getSnapshot(db, found.snapshot_id, found.policy_id)
  return { item: { id: found.id, position: found.position, snapshot } }
}

type Input = z.output<typeof endpoint.body>

export function answerRereview({ db, now }: Deps, caller: Caller, sampleId: string, { clientId, ...input }: Input) {
  const { itemId, rationale, ...fate } = input
  requireFate(fate)
  return once(db, { clientId, personId: caller.id, operation: `answer rereview ${itemId}` }, async (tx) => {
    await lockSample(tx, sampleId)
    const item = await getItem(tx, { sampleId, itemId }, caller)
    if (!item) throw new AppError('not_found', `No item ${itemId}.`)
    if (item.is_mine) throw new AppError('own_work', 'The first decision was theirs.')
    if (item.is_answered) throw new AppError('already_answered', `Item ${itemId} is answered.`)
    const isChanged = !isSame(fate, { outcome: item.outcome, postMeasure: item.post_measure })
    await insertAnswer(tx, { ...fate, itemId, rationale, isChanged, by: caller.id, at: now() })
    const subject = { kind: 'rereview', id: sampleId }
    const data = { itemId, outcome: fate.outcome, postMeasure: fate.postMeasure, isChanged }
    await appendEvents(tx, [{ kind: 'rereview.answered', by: caller, subject, data }])
    const [result] = await findResults(tx, { sampleId, itemId }, caller)
    return { result: result!, sample: toSample(await requireSample(tx, sampleId, caller)) }
  })
}

/** An exemption keeps the post: a label beside it is no other fate. */
function isSame(a: Fate, b: Fate) {
  return a.outcome === b.outcome && (a.outcome !== 'violation' || a.postMeasure === b.postMeasure)
}

function requireFate({ outcome, postMeasure }: Fate) {
  if (outcome === 'violation' || postMeasure === null) return
  throw new AppError('invalid_request', 'Only a violation has measures here.', [
    { path: 'postMeasure', message: 'Does not go with the outcome.' },
  ])
}
