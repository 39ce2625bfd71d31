import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { alreadySuperseded, alreadyUndone } from '#server/features/review/conflict.queries.ts'
import { lockReview } from '#server/features/review/review.queries.ts'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { AppealInput, fileAppeal as endpoint } from '#shared/contract/appeals.ts'
import { appealUntil } from '#shared/domain/appeals.ts'
import { type Appealed, findAppealed, findSent, insertAppeal } from './appeals.queries.ts'
import { findAppealRow } from './list.queries.ts'

/** The name under which people file what reaches them by other ways. */
const ownSourceName = 'docket'
const hourMs = 3_600_000
/** How far a sender's clock may be ahead. */
const toleratedMs = 5 * 60_000

type Filed = z.input<typeof endpoint.reply>

/** Takes an appeal in, once: a program's by its source and what that calls it, a person's by the client id. */
export function fileAppeal({ db, now }: Pick<Deps, 'db' | 'now'>, caller: Caller, input: AppealInput): Promise<Filed> {
  requireOrigin(caller, input)
  const run = (tx: Tx) => file(tx, caller, input, now())
  if (!input.clientId) return db.transaction().execute(run)
  return once(db, { clientId: input.clientId, personId: caller.id, operation: 'file appeal' }, run)
}

/** @throws AppError `source_not_allowed`, or `invalid_request` where it is not said who files it */
function requireOrigin({ key }: Caller, { source, clientId }: AppealInput) {
  if (source && !key?.sourceNames.includes(source.name)) {
    throw new AppError('source_not_allowed', `Only a key of the source "${source.name}" files for it.`)
  }
  if (source || (clientId && !key)) return
  const path = key ? 'source' : 'clientId'
  throw new AppError('invalid_request', 'It is not said who files it.', [{ path, message: 'Is needed.' }])
}

async function file(tx: Tx, caller: Caller, input: AppealInput, at: Date): Promise<Filed> {
  const { source, about } = input
  const known = source && (await findSent(tx, source))
  if (known) return { appeal: await readRow(tx, known.id, caller, at), isDuplicate: true }
  const appealed = await requireStanding(tx, await findAppealed(tx, about), caller)
  const filedAt = filingTime(input, appealed, at)
  const lateReason = requireInTime(input, appealed, filedAt, caller)
  const { appealTargetHours } = await getOrganisation(tx)
  const id = newId()
  const appeal = {
    id,
    decision_id: appealed.id,
    review_id: appealed.review_id,
    account_id: appealed.account_id,
    policy_id: appealed.policy_id,
    policy_version: appealed.policy_version,
    appellant: input.appellant.kind,
    appellant_name: input.appellant.name ?? null,
    body: input.text,
    language: input.language,
    source_name: source?.name ?? ownSourceName,
    external_id: source?.externalId ?? null,
    filed_by: caller.id,
    filed_at: filedAt,
    received_at: at,
    due_at: new Date(filedAt.getTime() + appealTargetHours * hourMs),
    late_reason: lateReason,
    state: 'waiting' as const,
  }
  if (!(await insertAppeal(tx, appeal))) {
    const sent = source && (await findSent(tx, source))
    if (sent) return { appeal: await readRow(tx, sent.id, caller, at), isDuplicate: true }
    throw new AppError('appeal_open', `An appeal against decision ${appealed.id} waits already.`)
  }
  const data = {
    decisionId: appealed.id,
    reviewId: appealed.review_id,
    accountId: appealed.account_id,
    appellant: input.appellant.kind,
    isLate: lateReason !== null,
  }
  await appendEvents(tx, [{ kind: 'appeal.filed', by: caller, subject: { kind: 'appeal', id }, data }])
  return { appeal: await readRow(tx, id, caller, at), isDuplicate: false }
}

async function readRow(tx: Tx, id: string, reader: Caller, now: Date) {
  const found = await findAppealRow(tx, id, { reader, now })
  if (!found) throw new AppError('not_found', `No appeal ${id}.`)
  return found.row
}

/** Locks its review, so that nobody takes its place meanwhile. */
async function requireStanding(tx: Tx, appealed: Appealed | undefined, caller: Caller): Promise<Appealed> {
  const review = appealed && (await lockReview(tx, appealed.review_id, caller.scope))
  if (!review) throw new AppError('not_found', 'Nothing stands that could be appealed.')
  if (appealed.is_undone) throw alreadyUndone(appealed.id)
  if (review.decision_id !== appealed.id) throw await alreadySuperseded(tx, review, appealed.id)
  return appealed
}

function filingTime({ filedAt }: AppealInput, { decided_at }: Appealed, at: Date): Date {
  if (!filedAt) return at
  const refuse = (message: string) =>
    new AppError('invalid_request', 'It cannot have been filed then.', [{ path: 'filedAt', message }])
  const time = new Date(filedAt)
  if (time.getTime() > at.getTime() + toleratedMs) throw refuse('Lies ahead.')
  if (time < decided_at) throw refuse('Lies before the decision.')
  return time < at ? time : at
}

/** @returns the reason for which it is taken in all the same; null when it came in time */
function requireInTime({ lateReason }: AppealInput, appealed: Appealed, filedAt: Date, { key }: Caller) {
  const until = appealUntil(appealed.decided_at, appealed.appeal_days)
  if (filedAt <= until) return null
  if (lateReason && !key) return lateReason
  throw new AppError('appeal_window_over', `Decision ${appealed.id} could be appealed until ${until.toISOString()}.`)
}
