import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { once } from '#server/db/receipt.ts'
import { lockAccounts } from '#server/features/accounts/accounts.queries.ts'
import { appendEvents, type NewEvent } from '#server/features/audit/audit.queries.ts'
import { lockAllPending } from '#server/features/delivery/outbox.queries.ts'
import { forgetTold } from '#server/features/inbox/inbox.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { BulkItem, undoBulk as endpoint } from '#shared/contract/bulk.ts'
import { findUndoing } from '../decisions/undo.queries.ts'
import { checkUndo, recordUndo } from '../decisions/undo-decision.ts'
import { lockHand } from '../lease/lease.queries.ts'
import { findDone, getBulkRow, getBulkUndo, insertBulkUndo } from './bulk.queries.ts'
import { findReviews } from './choice.queries.ts'
import { putBack } from './put-back.ts'
import { countOf, toDone, toMissing, toRefused, toRow } from './results.ts'

type Reply = z.input<typeof endpoint.reply>
type Done = Awaited<ReturnType<typeof findDone>>[number]

/**
 * Takes back a bulk of the caller's: decisions by the code of the single undo, everything else by putting reviews back as
 * they were. What changed since is refused and stays.
 *
 * Locks the hand, the outbox, accounts and reviews, in this order, as the single undo does.
 *
 * @throws AppError `not_yours`, `already_undone`, `too_late`
 */
export function undoBulk(deps: Deps, caller: Caller, bulkId: string, clientId: string): Promise<Reply> {
  return once(deps.db, { clientId, personId: caller.id, operation: `undo bulk ${bulkId}` }, async (tx) => {
    const at = deps.now()
    const hand = await lockHand(tx, caller.id, at)
    const bulk = await getBulkRow(tx, bulkId)
    if (!bulk) throw new AppError('not_found', `No bulk ${bulkId}.`)
    if (bulk.by_id !== caller.id) throw new AppError('not_yours', 'Somebody else did this.')
    // Whoever undoes it holds the hand, so nobody does meanwhile.
    if (await getBulkUndo(tx, bulkId)) throw new AppError('already_undone', `Bulk ${bulkId} was taken back before.`)
    const tooLate = new AppError('too_late', `Bulk ${bulkId} cannot be taken back any more.`)
    // Of a decision the outbox says until when.
    if (bulk.act !== 'decide' && bulk.undo_until <= at) throw tooLate
    const done = await findDone(tx, bulkId)
    const frame = {
      at,
      leaseUntil: new Date(at.getTime() + deps.settings.leaseMs),
      room: deps.settings.leaseCap - hand.held,
    }
    const { items, events } = await undoAll(tx, caller, done, frame)
    const counts = countOf(items)
    if (items.every(({ code }) => code === 'too_late')) throw tooLate
    const rows = items.filter(({ code }) => code !== 'not_found').map(toRow)
    await insertBulkUndo(
      tx,
      { bulk_id: bulkId, undone_by: caller.id, undone_at: at, undone: counts.done, refused: counts.refused },
      rows,
    )
    const undoneIds = items.filter(({ code }) => code === null).map(({ reviewId }) => reviewId)
    if (bulk.act !== 'decide') await forgetTold(tx, { byId: caller.id, at: bulk.at, reviewIds: undoneIds })
    const subject = { kind: 'bulk', id: bulkId }
    const undone = { kind: 'bulk.undone', by: caller, subject, data: { ...counts, act: bulk.act } }
    await appendEvents(tx, [...events.map((event) => ({ ...event, data: { ...event.data, bulkId } })), undone])
    return { ...counts, items }
  })
}

type Frame = { at: Date; leaseUntil: Date; room: number }

async function undoAll(tx: Tx, caller: Caller, done: Done[], frame: Frame) {
  const decisionIds = done.flatMap(({ decision_id }) => decision_id ?? [])
  const found = new Map((await findUndoing(tx, decisionIds)).map((row) => [row.id, row]))
  const pending = await lockAllPending(tx, decisionIds)
  const accountIds = [...new Set([...found.values()].map(({ account_id }) => account_id))]
  if (accountIds.length > 0) await lockAccounts(tx, accountIds)
  const ids = done.map(({ review_id }) => review_id)
  const reviews = new Map((await findReviews(tx, ids, caller, false)).map((review) => [review.id, review]))
  const items: BulkItem[] = []
  const events: NewEvent[] = []
  for (const each of done) {
    const review = reviews.get(each.review_id)
    if (!review) {
      items.push(toMissing(each.review_id))
      continue
    }
    const decisionId = each.decision_id
    // What was in hand before comes back into it, while there is room; the rest is open to everybody again.
    const leaseUntil = each.before?.isHeld && frame.room > 0 ? frame.leaseUntil : null
    try {
      const undone = decisionId
        ? await undoOne(
            tx,
            caller,
            { decisionId, found: found.get(decisionId)!, pending: pending.get(decisionId), review, at: frame.at },
            leaseUntil,
          )
        : await putBack(tx, caller, { done: each, review, at: frame.at, leaseUntil })
      if (leaseUntil) frame.room -= 1
      items.push(toDone(review, undone.version))
      events.push(...undone.events)
    } catch (error) {
      items.push(toRefused(review, error))
    }
  }
  return { items, events }
}

async function undoOne(tx: Tx, caller: Caller, ground: Parameters<typeof checkUndo>[2], leaseUntil: Date | null) {
  await checkUndo(tx, caller, ground)
  return recordUndo(tx, caller, ground, leaseUntil)
}
