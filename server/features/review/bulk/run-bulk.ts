import type { z } from 'zod'
import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { once } from '#server/db/receipt.ts'
import { appendEvents, type NewEvent } from '#server/features/audit/audit.queries.ts'
import { notify } from '#server/features/inbox/inbox.queries.ts'
import { getOrganisation } from '#server/features/team/preferences/preferences.queries.ts'
import { countExposure } from '#server/features/wellbeing/exposure.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import {
  type BulkAct,
  type BulkItem,
  type BulkReply,
  type runBulk as endpoint,
  mostInBulk,
} from '#shared/contract/bulk.ts'
import { isCitedAlone, isTakenAlone } from '#shared/domain/bulk-rules.ts'
import { may } from '#shared/domain/permissions.ts'
import { toCodes as toDecisionCodes } from '../decisions/decision-codes.ts'
import { lockHand } from '../lease/lease.queries.ts'
import { toldOf } from '../turns/told-of.ts'
import { insertBulk } from './bulk.queries.ts'
import { checkItem, type Frame, type Item, type Ready } from './check-item.ts'
import {
  type Chosen,
  countHeld,
  findChosen,
  findClauses,
  findHashes,
  findLeases,
  findReviews,
} from './choice.queries.ts'
import { beforeOf, recordItems } from './record-items.ts'
import { countOf, toDone, toMissing, toRefused, toRow } from './results.ts'

type Asked = z.output<typeof endpoint.body>

/**
 * Does one thing to many reviews in one transaction: each is checked and recorded by the code of the single act, those
 * that are refused are left as they are. A dry run checks and writes nothing.
 *
 * @throws AppError `too_many_chosen`, or `single_only` for what is never done to many at once
 */
export async function runBulk(
  deps: Deps,
  caller: Caller,
  { clientId, dryRun, choice, act }: Asked,
): Promise<BulkReply> {
  if (act.kind === 'assign' && !may(caller.role, 'review.assign')) {
    throw new AppError('forbidden', `The role ${caller.role} lacks review.assign.`)
  }
  // Chosen before the transaction, which nothing is to wait for longer than it must.
  const chosen = await findChosen(deps.db, choice, caller)
  if (chosen.length > mostInBulk) {
    throw new AppError('too_many_chosen', `More than ${mostInBulk} reviews were chosen.`, [
      { path: 'choice', message: `At most ${mostInBulk} at once.` },
    ])
  }
  if (dryRun) return deps.db.transaction().execute((tx) => look(tx, deps, caller, chosen, act))
  return once(deps.db, { clientId, personId: caller.id, operation: 'bulk' }, (tx) => run(tx, deps, caller, chosen, act))
}

async function look(tx: Tx, deps: Deps, caller: Caller, chosen: Chosen[], act: BulkAct): Promise<BulkReply> {
  const at = deps.now()
  const held = await countHeld(tx, caller.id, at)
  const { items } = await checkAll(tx, deps, caller, { chosen, act, at, held, isLook: true })
  return { ...countOf(items), items, bulk: null }
}

async function run(tx: Tx, deps: Deps, caller: Caller, chosen: Chosen[], act: BulkAct): Promise<BulkReply> {
  const at = deps.now()
  const { held } = await lockHand(tx, caller.id, at)
  const { ready, items, leaseUntil } = await checkAll(tx, deps, caller, { chosen, act, at, held, isLook: false })
  if (ready.length === 0) return { ...countOf(items), items, bulk: null }
  const id = newId()
  const recorded = await recordItems(tx, deps, caller, ready, { at, leaseUntil })
  const after = new Map(recorded.map((each) => [each.reviewId, each]))
  const results = items.map((item) => ({ ...item, version: after.get(item.reviewId)?.version ?? item.version }))
  const before = new Map(ready.map((each) => [each.item.review.id, beforeOf(each, caller)]))
  const counts = countOf(results)
  const undoUntil = new Date(at.getTime() + deps.settings.undoMs)
  await insertBulk(
    tx,
    { id, act: act.kind, asked: act, by_id: caller.id, at, undo_until: undoUntil, ...counts },
    // Of what is out of sight nothing is kept: it is not known to be there.
    results
      .filter(({ code }) => code !== 'not_found')
      .map((item) => ({
        ...toRow(item),
        decision_id: after.get(item.reviewId)?.decisionId ?? null,
        turn_id: after.get(item.reviewId)?.turnId ?? null,
        before: before.get(item.reviewId) ?? null,
      })),
  )
  await countLooks(tx, caller, ready, at)
  const done = { kind: 'bulk.done', by: caller, subject: { kind: 'bulk', id }, data: { ...counts, ...toCodes(act) } }
  await appendEvents(tx, [...recorded.flatMap(({ events }) => withBulk(events, id)), done])
  for (const each of ready) {
    if (each.kind !== 'pass') continue
    await notify(tx, toldOf(each.passing.turn, { reviewId: each.item.review.id, byId: caller.id, at }))
  }
  return { ...counts, items: results, bulk: { id, at: at.toISOString(), undoUntil: undoUntil.toISOString() } }
}

type Checking = { chosen: Chosen[]; act: BulkAct; at: Date; held: number; isLook: boolean }

/** What can be done, and what became of each, in the order in which they were chosen. */
async function checkAll(tx: Tx, { settings }: Deps, caller: Caller, { chosen, act, at, held, isLook }: Checking) {
  const clauses = await findClauses(tx)
  await requireFit(tx, act, clauses)
  const reviews = await findReviews(
    tx,
    chosen.map(({ reviewId }) => reviewId),
    caller,
    isLook,
  )
  const byId = new Map(reviews.map((review) => [review.id, review]))
  const leases = await findLeases(tx, [...byId.keys()])
  const hashes = await findHashes(tx, [...new Set(reviews.map((review) => review.snapshot_id))])
  const leaseUntil = new Date(at.getTime() + settings.leaseMs)
  const frame: Frame = { caller, act, at, held, leaseUntil, leaseCap: settings.leaseCap, clauses }
  const ready: Ready[] = []
  const items: BulkItem[] = []
  for (const { reviewId, version } of chosen) {
    const review = byId.get(reviewId)
    if (!review) {
      items.push(toMissing(reviewId))
      continue
    }
    const item: Item = { review, version, lease: leases.get(reviewId), snapshotSha256: hashes.get(review.snapshot_id)! }
    try {
      ready.push(await checkItem(tx, frame, item))
      items.push(toDone(review, review.version))
    } catch (error) {
      items.push(toRefused(review, error))
    }
  }
  return { ready, items, leaseUntil }
}

/** @throws AppError `single_only`, naming the field */
async function requireFit(tx: Tx, act: BulkAct, clauses: Frame['clauses']) {
  if (act.kind !== 'decide') return
  const { severeMeasures } = await getOrganisation(tx)
  const cited = [act.clause, ...act.furtherClauses].map((each) => each && clauses.get(each.id))
  const issues = [
    ...act.measures.flatMap((measure, index) =>
      isTakenAlone(measure, severeMeasures) ? [{ path: `act.measures.${index}`, message: 'Is taken one by one.' }] : [],
    ),
    ...cited.flatMap((clause, index) =>
      clause && isCitedAlone(clause)
        ? [{ path: index === 0 ? 'act.clause' : `act.furtherClauses.${index - 1}`, message: 'Is cited one by one.' }]
        : [],
    ),
  ]
  if (issues.length > 0) throw new AppError('single_only', 'That is never done to many at once.', issues)
}

/** What was in a hand was looked at, as with the single acts. */
async function countLooks(tx: Tx, caller: Caller, ready: Ready[], at: Date) {
  const seen = ready.filter(({ kind, ground }) => {
    const isMine = ground.held?.holder_id === caller.id
    return kind !== 'claim' && isMine && ground.review.media_count > 0
  })
  for (const [policyId, of] of Map.groupBy(seen, ({ ground }) => ground.review.policy_id)) {
    await countExposure(tx, caller, { at, policyId, items: of.length })
  }
}

const withBulk = (events: NewEvent[], bulkId: string): NewEvent[] =>
  events.map((event) => ({ ...event, data: { ...event.data, bulkId } }))

/** What the log keeps of the act; who was named and what was said stands with each review. */
const toCodes = (act: BulkAct) => ({ act: act.kind, ...(act.kind === 'decide' && toDecisionCodes(act)) })
