import type { Tx } from '#server/db/connect.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { Deps } from '#server/http/deps.ts'
import { factsIn, isNewAccount, type PriorityWeights, priorityOf } from '#shared/domain/priority.ts'
import { getWeights } from '../in-force.queries.ts'
import {
  getTargets,
  lockDue,
  lockReckoning,
  lockWeighed,
  putDue,
  putPriorities,
  putProgress,
  type Reckoning,
  type WeighedReview,
} from './reckoning.queries.ts'

/** Longer transactions would delay the event log. */
const reviewsPerTransaction = 500

type Part = { lastId: string | null; looked: number; changed: number }

/**
 * Goes on with what a changed target or weight left to do, a part in each transaction, until nothing is left or `most`
 * parts are done. What is left is in the table alone, so that a process that dies leaves nothing undone. Returns how many
 * reviews were changed.
 */
export async function reckonWaiting({ db, now }: Pick<Deps, 'db' | 'now'>, most = Number.POSITIVE_INFINITY) {
  let total = 0
  for (let parts = 0; parts < most; parts += 1) {
    const changed = await db.transaction().execute(async (tx) => {
      const reckoning = await lockReckoning(tx)
      return reckoning ? reckonPart(tx, reckoning, now()) : null
    })
    if (changed === null) break
    total += changed
  }
  return total
}

async function reckonPart(tx: Tx, reckoning: Reckoning, at: Date): Promise<number> {
  const part = reckoning.kind === 'due' ? await reckonDue(tx, reckoning) : await reckonPriorities(tx, reckoning)
  const isDone = part.looked < reviewsPerTransaction
  const looked = reckoning.looked_at + part.looked
  const changed = reckoning.changed + part.changed
  await putProgress(tx, reckoning.id, {
    after_id: part.lastId ?? reckoning.after_id,
    looked_at: looked,
    changed,
    done_at: isDone ? at : null,
  })
  const { queue_id, kind } = reckoning
  const subject = queue_id ? { kind: 'queue', id: queue_id } : { kind: 'priority_weights', id: 'priority_weights' }
  const told = kind === 'due' ? 'queue.due_reckoned' : 'priority.reckoned'
  const data = { askedById: reckoning.asked_by, looked: part.looked, changed: part.changed, isLast: isDone }
  await appendEvents(tx, [{ kind: told, by: null, subject, data }])
  return part.changed
}

/** Each review's change is an event of its own: somebody may have to say when a term moved. */
async function reckonDue(tx: Tx, { queue_id, after_id }: Reckoning): Promise<Part> {
  const targets = queue_id ? await getTargets(tx, queue_id) : undefined
  if (!queue_id || !targets) return { lastId: null, looked: 0, changed: 0 }
  const rows = await lockDue(tx, { queueId: queue_id, afterId: after_id, limit: reviewsPerTransaction, targets })
  const moved = rows.flatMap(({ due, ...row }) =>
    due && due.getTime() !== row.due_at.getTime() ? [{ ...row, due }] : [],
  )
  if (moved.length > 0) {
    await putDue(
      tx,
      moved.map(({ id, due }) => ({ id, due_at: due })),
    )
    await appendEvents(
      tx,
      moved.map(({ id, version, due_at, due }) => ({
        kind: 'review.due_changed',
        by: null,
        subject: { kind: 'review', id, version },
        data: { from: due_at.toISOString(), to: due.toISOString(), queueId: queue_id },
      })),
    )
  }
  return { lastId: rows.at(-1)?.id ?? null, looked: rows.length, changed: moved.length }
}

async function reckonPriorities(tx: Tx, { after_id }: Reckoning): Promise<Part> {
  const weights = await getWeights(tx)
  const rows = await lockWeighed(tx, { afterId: after_id, limit: reviewsPerTransaction })
  const changed = rows.flatMap((row) => {
    const { priority, terms } = weigh(row, weights)
    const isSame = priority === row.priority && JSON.stringify(terms) === JSON.stringify(row.priority_terms)
    return isSame ? [] : [{ id: row.id, priority, priority_terms: terms }]
  })
  if (changed.length > 0) await putPriorities(tx, changed)
  return { lastId: rows.at(-1)?.id ?? null, looked: rows.length, changed: changed.length }
}

/** The priority of a waiting review under some weights. Reach and score are taken from it, since a term of 0 is not kept. */
export function weigh(row: WeighedReview, weights: PriorityWeights) {
  const known = factsIn(row.priority_terms)
  return priorityOf(
    {
      ...known,
      reach: row.reach ?? known.reach,
      score: row.score ?? known.score,
      sources: row.sources,
      severity: row.severity,
      accountStatus: row.account_status,
      flagCount: row.flag_count,
      isNewAccount: isNewAccount(row.account_created_at, row.opened_at),
    },
    weights,
  )
}
