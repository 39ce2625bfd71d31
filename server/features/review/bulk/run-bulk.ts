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
import { beforeOf, type Recorded, recordItems } from './record-items.ts'
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

/** Milliseconds that a bulk may take for each of its reviews: by so much its undo window is longer. */
const itemMs = 5

async function look(tx: Tx, deps: Deps, caller: Caller, chosen: Chosen[], act: BulkAct): Promise<BulkReply> {
  const at = deps.now()
  const held = await countHeld(tx, caller.id, at)
  const { frame, items, missing } = await prepare(tx, deps, caller, { chosen, act, at, held, isLook: true })
  const results = new Map(missing.map((item) => [item.reviewId as string, item]))
  for (const item of items) results.set(item.review.id, toBulkItem(item, await checked(tx, frame, item)))
  return { ...inOrder(chosen, results), bulk: null }
}

async function run(tx: Tx, deps: Deps, caller: Caller, chosen: Chosen[], act: BulkAct): Promise<BulkReply> {
  const at = deps.now()
  const { held } = await lockHand(tx, caller.id, at)
  const { frame, items, missing } = await prepare(tx, deps, caller, { chosen, act, at, held, isLook: false })
  const undoMs = deps.settings.undoMs + itemMs * items.length
  const lasting = { ...deps, settings: { ...deps.settings, undoMs } }
  const results = new Map(missing.map((item) => [item.reviewId as string, item]))
  const all: Recorded[] = []
  for (const wave of wavesOf(items, act)) {
    const ready: Ready[] = []
    for (const item of wave) {
      const outcome = await checked(tx, frame, item)
      results.set(item.review.id, toBulkItem(item, outcome))
      if (!(outcome instanceof Error)) ready.push(outcome)
    }
    if (ready.length === 0) continue
    const recorded = await recordItems(tx, lasting, caller, ready, frame)
    for (const each of recorded) {
      const { review } = each.ready.item
      results.set(review.id, toDone(review, each.version))
    }
    all.push(...recorded)
  }
  const { done, refused, items: told } = inOrder(chosen, results)
  if (all.length === 0) return { done, refused, items: told, bulk: null }
  const id = newId()
  const undoUntil = new Date(at.getTime() + undoMs)
  const after = new Map(all.map((each) => [each.ready.item.review.id, each]))
  await insertBulk(
    tx,
    { id, act: act.kind, asked: act, by_id: caller.id, at, undo_until: undoUntil, done, refused },
    // Of what is out of sight nothing is kept: it is not known to be there.
    told.filter(({ code }) => code !== 'not_found').map((item) => toItemRow(item, after.get(item.reviewId), caller)),
  )
  await countLooks(tx, caller, all, at)
  const data = { done, refused, ...toCodes(act) }
  const bulkDone = { kind: 'bulk.done', by: caller, subject: { kind: 'bulk', id }, data }
  await appendEvents(tx, [...all.flatMap(({ events }) => withBulk(events, id)), bulkDone])
  for (const { ready } of all) {
    if (ready.kind !== 'pass') continue
    await notify(tx, toldOf(ready.passing.turn, { reviewId: ready.item.review.id, byId: caller.id, at }))
  }
  return { done, refused, items: told, bulk: { id, at: at.toISOString(), undoUntil: undoUntil.toISOString() } }
}

type Checking = { chosen: Chosen[]; act: BulkAct; at: Date; held: number; isLook: boolean }

/** The reviews that were chosen, locked, with all that is asked of each; and those that there are not. */
async function prepare(tx: Tx, { settings }: Deps, caller: Caller, { chosen, act, at, held, isLook }: Checking) {
  const clauses = await findClauses(tx)
  await requireFit(tx, act, clauses)
  const ids = chosen.map(({ reviewId }) => reviewId)
  const reviews = await findReviews(tx, ids, caller, isLook)
  const byId = new Map(reviews.map((review) => [review.id, review]))
  const leases = await findLeases(tx, [...byId.keys()])
  const hashes = await findHashes(tx, [...new Set(reviews.map((review) => review.snapshot_id))])
  const items = chosen.flatMap(({ reviewId, version }): Item[] => {
    const review = byId.get(reviewId)
    if (!review) return []
    return [{ review, version, lease: leases.get(reviewId), snapshotSha256: hashes.get(review.snapshot_id)! }]
  })
  const missing = ids.filter((id) => !byId.has(id)).map(toMissing)
  const leaseUntil = new Date(at.getTime() + settings.leaseMs)
  const frame: Frame = { caller, act, at, held, leaseUntil, leaseCap: settings.leaseCap, clauses }
  return { frame, items, missing }
}

/**
 * What is decided of an account weighs in the next decision on it, so two of its posts are not checked together: the
 * first of each account, then the second. Anything else is one wave.
 */
function wavesOf(items: Item[], { kind }: BulkAct): Item[][] {
  if (kind !== 'decide') return [items]
  const waves: Item[][] = []
  const seen = new Map<string, number>()
  for (const item of items) {
    const { account_id } = item.review
    const wave = seen.get(account_id) ?? 0
    seen.set(account_id, wave + 1)
    waves[wave] ??= []
    waves[wave].push(item)
  }
  return waves
}

/** @returns the refusal, where there is one */
async function checked(tx: Tx, frame: Frame, item: Item): Promise<Ready | AppError> {
  try {
    return await checkItem(tx, frame, item)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

const toBulkItem = ({ review }: Item, outcome: Ready | AppError): BulkItem =>
  outcome instanceof AppError ? toRefused(review, outcome) : toDone(review, review.version)

function inOrder(chosen: Chosen[], results: Map<string, BulkItem>) {
  const items = chosen.map(({ reviewId }) => results.get(reviewId)!)
  return { ...countOf(items), items }
}

function toItemRow(item: BulkItem, recorded: Recorded | undefined, caller: Caller) {
  return {
    ...toRow(item),
    decision_id: recorded?.decisionId ?? null,
    turn_id: recorded?.turnId ?? null,
    before: recorded ? beforeOf(recorded.ready, caller) : null,
  }
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
async function countLooks(tx: Tx, caller: Caller, recorded: Recorded[], at: Date) {
  const seen = recorded
    .filter(({ ready: { kind, ground } }) => kind !== 'claim' && ground.held?.holder_id === caller.id)
    .map(({ ready }) => ready.ground.review)
    .filter((review) => review.media_count > 0)
  for (const [policyId, of] of Map.groupBy(seen, (review) => review.policy_id)) {
    await countExposure(tx, caller, { at, policyId, items: of.length })
  }
}

const withBulk = (events: NewEvent[], bulkId: string): NewEvent[] =>
  events.map((event) => ({ ...event, data: { ...event.data, bulkId } }))

/** What the log keeps of the act; who was named and what was said stands with each review. */
const toCodes = (act: BulkAct) => ({ act: act.kind, ...(act.kind === 'decide' && toDecisionCodes(act)) })
