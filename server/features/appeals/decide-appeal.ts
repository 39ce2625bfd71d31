import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { requireMessage } from '#server/features/messages/messages.queries.ts'
import { alreadySuperseded, alreadyUndone } from '#server/features/review/conflict.queries.ts'
import { getDecision } from '#server/features/review/decisions/decisions.queries.ts'
import { lockReview } from '#server/features/review/review.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { decideAppeal as endpoint } from '#shared/contract/appeals.ts'
import type { SupersedeInput } from '#shared/contract/decisions.ts'
import type { AppealOutcome } from '#shared/domain/appeals.ts'
import { type AppealFault, downMs, faultOfOutcome } from '#shared/domain/appeals.ts'
import { type AppealRecord, lockAppeal, updateAppeal } from './appeals.queries.ts'
import { requireHeld, requireOther, requireWaiting } from './hear-appeal.ts'
import { findDown, hearingMs } from './verdicts.queries.ts'

type Verdict = Omit<z.output<typeof endpoint.body>, 'clientId'>
type Ruling = Omit<SupersedeInput, 'clientId'>

/** What the desk does, handed in: features do not reach into each other. */
export type Desk = {
  supersedeIn: (
    tx: Tx,
    deps: Deps,
    caller: Caller,
    decisionId: string,
    input: Ruling,
    appealId: string,
    occasion: AppealOutcome,
  ) => Promise<{ decision: { id: string } }>
  undoDecision: (deps: Deps, caller: Caller, decisionId: string, clientId: string) => Promise<unknown>
}

type Act<Rest = object> = { appealId: string; clientId: string } & Rest

/**
 * Decides an appeal that is the caller's to hear. What is reversed or changed is superseded by the new decision, which goes
 * through the outbox as any other, after its undo window.
 */
export function decideAppeal(deps: Deps, desk: Desk, caller: Caller, { appealId, clientId, ...verdict }: Act<Verdict>) {
  const { db, now } = deps
  return once(db, { clientId, personId: caller.id, operation: `decide appeal ${appealId}` }, async (tx) => {
    const at = now()
    const appeal = await requireWaiting(tx, caller, appealId)
    await requireOther(tx, caller, appeal)
    requireHeld(appeal, caller, at)
    const review = await requireStanding(tx, caller, appeal)
    const ruling = await requireRuling(tx, appeal, verdict)
    const made =
      ruling && (await desk.supersedeIn(tx, deps, caller, appeal.decision_id, ruling, appealId, verdict.outcome))
    const newDecisionId = made?.decision.id ?? null
    const { outcome, rationale } = verdict
    const message = ruling ? null : await upheldMessage(tx, verdict, { appeal, review, at })
    const closed = {
      state: 'decided',
      holder_id: null,
      held_until: null,
      decided_by: caller.id,
      decided_at: at,
    } as const
    await updateAppeal(tx, appealId, { ...closed, outcome, rationale, message, new_decision_id: newDecisionId })
    // What had lapsed before is over now; the rest is written down as it is lifted.
    const wronglyDownMs = newDecisionId ? downMs((await findDown(tx, [appealId])).get(appealId) ?? []) : null
    if (wronglyDownMs !== null) await updateAppeal(tx, appealId, { wrongly_down_ms: wronglyDownMs })
    const data = {
      outcome,
      decisionId: appeal.decision_id,
      newDecisionId,
      reviewId: appeal.review_id,
      accountId: appeal.account_id,
      wronglyDownMs,
      rationaleSha256: createHash('sha256').update(rationale).digest('hex'),
    }
    const subject = { kind: 'appeal', id: appealId }
    await appendEvents(tx, [{ kind: 'appeal.decided', by: caller, subject, data }], at)
    return {}
  })
}

/** @throws AppError `already_superseded` or `already_undone`: what is appealed stands for nothing any more */
async function requireStanding(tx: Tx, caller: Caller, { decision_id, review_id }: AppealRecord) {
  const review = await lockReview(tx, review_id, caller.scope)
  if (!review) throw new AppError('not_found', `No review ${review_id}.`)
  if (review.decision_id === decision_id) return review
  const { undoneAt } = await getDecision(tx, decision_id)
  throw undoneAt ? alreadyUndone(decision_id) : await alreadySuperseded(tx, review, decision_id)
}

type Heard = { appeal: AppealRecord; review: { number: number; account_id: string }; at: Date }

/** Nothing else is decided, so it stays with the appeal. */
async function upheldMessage(tx: Tx, { message }: Verdict, { appeal, review, at }: Heard): Promise<string | null> {
  if (!message) return null
  const { clause, measures } = await getDecision(tx, appeal.decision_id)
  return JSON.stringify(await requireMessage(tx, message, { occasion: 'upheld', review, clause, measures, at }))
}

const messages: Record<AppealFault, string> = {
  not_reversed: 'Finds the same as before: that is a change, not a reversal.',
  not_changed: 'Changes nothing, or finds the opposite: that is not a change.',
}

/** @throws AppError `invalid_request` when what is decided instead does not go with the outcome */
async function requireRuling(tx: Tx, appeal: AppealRecord, { outcome, rationale, ruling, message }: Verdict) {
  const refuse = (path: string, message: string) =>
    new AppError('invalid_request', 'The outcome and the decision do not fit.', [{ path, message }])
  if (outcome === 'upheld') {
    if (ruling) throw refuse('ruling', 'What is upheld is not decided anew.')
    return null
  }
  if (!ruling) throw refuse('ruling', 'Say what is decided instead.')
  const fault = faultOfOutcome(outcome, await getDecision(tx, appeal.decision_id), ruling)
  if (fault) throw refuse('outcome', messages[fault])
  return { ...ruling, rationale, message }
}

/** Takes back what the caller decided, before it takes effect; the appeal is theirs to hear again. */
export async function undoAppeal(deps: Deps, desk: Desk, caller: Caller, { appealId, clientId }: Act) {
  const appeal = await deps.db.transaction().execute((tx) => lockAppeal(tx, appealId, caller.scope))
  if (!appeal) throw new AppError('not_found', `No appeal ${appealId}.`)
  // Said again: the first time did it.
  if (appeal.state === 'waiting' && appeal.holder_id === caller.id) return
  if (appeal.new_decision_id) {
    // Reopens the appeal in the same transaction.
    await desk.undoDecision(deps, caller, appeal.new_decision_id, clientId)
    return
  }
  await undoUpheld(deps, caller, { appealId, clientId })
}

function undoUpheld({ db, now, settings }: Deps, caller: Caller, { appealId, clientId }: Act) {
  return once(db, { clientId, personId: caller.id, operation: `undo appeal ${appealId}` }, async (tx) => {
    const at = now()
    const appeal = (await lockAppeal(tx, appealId, caller.scope))!
    if (appeal.state !== 'decided') throw new AppError('already_undone', `Appeal ${appealId} is not decided.`)
    if (appeal.decided_by !== caller.id) throw new AppError('not_yours', 'Somebody else decided this.')
    if (at.getTime() >= appeal.decided_at!.getTime() + settings.undoMs) {
      throw new AppError('too_late', `Appeal ${appealId} cannot be taken back any more.`)
    }
    await updateAppeal(tx, appealId, {
      state: 'waiting',
      outcome: null,
      rationale: null,
      decided_by: null,
      decided_at: null,
      message: null,
      holder_id: caller.id,
      held_until: new Date(at.getTime() + hearingMs),
    })
    const data = { decisionId: appeal.decision_id, newDecisionId: null }
    await appendEvents(tx, [{ kind: 'appeal.undone', by: caller, subject: { kind: 'appeal', id: appealId }, data }])
    return {}
  })
}
