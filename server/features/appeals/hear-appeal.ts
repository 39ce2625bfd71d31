import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { type AppealRecord, findDeciders, lockAppeal, updateAppeal } from './appeals.queries.ts'
import { hearingMs } from './verdicts.queries.ts'

type Act = { appealId: string; clientId: string }

/** Gives an appeal to who will hear it, for a while; by who hears it already, for a while longer. */
export function claimAppeal({ db, now }: Pick<Deps, 'db' | 'now'>, caller: Caller, { appealId, clientId }: Act) {
  return once(db, { clientId, personId: caller.id, operation: `claim appeal ${appealId}` }, async (tx) => {
    const at = now()
    const appeal = await requireWaiting(tx, caller, appealId)
    const heldUntil = appeal.held_until
    if (appeal.holder_id && appeal.holder_id !== caller.id && heldUntil && heldUntil > at) {
      throw new AppError('held_by_other', `Appeal ${appealId} is heard by somebody else.`)
    }
    await requireOther(tx, caller, appeal)
    await updateAppeal(tx, appealId, { holder_id: caller.id, held_until: new Date(at.getTime() + hearingMs) })
    const data = { decisionId: appeal.decision_id }
    await appendEvents(tx, [{ kind: 'appeal.claimed', by: caller, subject: { kind: 'appeal', id: appealId }, data }])
    return {}
  })
}

export function releaseAppeal({ db, now }: Pick<Deps, 'db' | 'now'>, caller: Caller, { appealId, clientId }: Act) {
  return once(db, { clientId, personId: caller.id, operation: `release appeal ${appealId}` }, async (tx) => {
    const appeal = await lockAppeal(tx, appealId, caller.scope)
    if (!appeal) throw new AppError('not_found', `No appeal ${appealId}.`)
    requireHeld(appeal, caller, now())
    await updateAppeal(tx, appealId, { holder_id: null, held_until: null })
    const data = { decisionId: appeal.decision_id }
    await appendEvents(tx, [{ kind: 'appeal.released', by: caller, subject: { kind: 'appeal', id: appealId }, data }])
    return {}
  })
}

/** Closes one undecided: a program those of its sources, a person any. */
export function withdrawAppeal({ db }: Pick<Deps, 'db'>, caller: Caller, act: Act & { reason: string }) {
  const { appealId, clientId, reason } = act
  return once(db, { clientId, personId: caller.id, operation: `withdraw appeal ${appealId}` }, async (tx) => {
    const appeal = await requireWaiting(tx, caller, appealId)
    if (caller.key && !caller.key.sourceNames.includes(appeal.source_name)) {
      throw new AppError('source_not_allowed', `Only a key of the source "${appeal.source_name}" takes it back.`)
    }
    const closed = { state: 'withdrawn', withdrawn_reason: reason, holder_id: null, held_until: null } as const
    await updateAppeal(tx, appealId, closed)
    const { decision_id: decisionId, review_id: reviewId, account_id: accountId } = appeal
    const subject = { kind: 'appeal', id: appealId }
    await appendEvents(tx, [
      { kind: 'appeal.withdrawn', by: caller, subject, data: { decisionId, reviewId, accountId } },
    ])
    return {}
  })
}

/** @throws AppError `not_found`, or `already_decided` when nothing waits any more */
export async function requireWaiting(tx: Tx, caller: Caller, appealId: string): Promise<AppealRecord> {
  const appeal = await lockAppeal(tx, appealId, caller.scope)
  if (!appeal) throw new AppError('not_found', `No appeal ${appealId}.`)
  if (appeal.state !== 'waiting') throw new AppError('already_decided', `Appeal ${appealId} is ${appeal.state}.`)
  return appeal
}

/** @throws AppError `lease_lost` when it is not, or no longer, the caller's to hear */
export function requireHeld(appeal: AppealRecord, caller: Caller, at: Date) {
  if (appeal.state === 'waiting' && appeal.holder_id === caller.id && appeal.held_until && appeal.held_until > at)
    return
  throw new AppError('lease_lost', `Appeal ${appeal.id} is not yours to hear.`)
}

/** @throws AppError `own_decision` when the caller had a part in what is appealed */
export async function requireOther(tx: Tx, caller: Caller, appeal: AppealRecord) {
  const deciders = await findDeciders(tx, appeal.decision_id)
  if (!deciders.includes(caller.id)) return
  throw new AppError('own_decision', `Appeal ${appeal.id} is heard by somebody who had no part in the decision.`)
}
