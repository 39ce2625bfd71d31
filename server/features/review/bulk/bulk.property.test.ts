import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { BulkAct } from '#shared/contract/bulk.ts'
import type { DecisionInput } from '#shared/contract/decisions.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { createAccount, createLease, createPolicy, createQueue, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'
import { decideReview } from '../decisions/decide-review.ts'
import { undoDecision } from '../decisions/undo-decision.ts'
import { claimReview } from '../lease/claim-review.ts'
import { releaseReview } from '../lease/release-review.ts'
import { everything } from '../scope.queries.ts'
import { assignReview } from '../turns/assign-review.ts'
import { escalateReview } from '../turns/escalate-review.ts'
import { holdReview } from '../turns/hold-review.ts'
import { moveReview } from '../turns/move-review.ts'
import { runBulk } from './run-bulk.ts'
import { undoBulk } from './undo-bulk.ts'

const t = useTestApi({ undoMs: 10_000 })
let me: Caller
let other: Caller
beforeAll(async () => {
  t.stopClock()
  const toCaller = (person: ReturnType<typeof t.person>) => ({ ...person, key: null, scope: everything })
  me = toCaller(t.person('supervisor'))
  other = toCaller(t.person('reviewer'))
  await createQueue(t.db, { id: 'extremism' })
  await createQueue(t.db, { id: 'other', position: 2 })
  await createPolicy(t.db, { id: 'test.praise' })
})

const states = ['free', 'mine', 'others', 'expired', 'on_hold', 'escalated', 'for_other', 'decided'] as const
type Made = { state: (typeof states)[number]; isAccount: boolean; isTwin: boolean; isStale: boolean; queue: string }
const made: fc.Arbitrary<Made> = fc.record({
  state: fc.constantFrom(...states, 'free', 'free'),
  isAccount: fc.boolean(),
  /** Of the same account as the one before. */
  isTwin: fc.boolean(),
  isStale: fc.constantFrom(false, false, false, true),
  queue: fc.constantFrom('extremism', 'other'),
})
const decide = {
  kind: 'decide' as const,
  outcome: 'violation' as const,
  clause: { id: 'test.praise', version: 1 },
  furtherClauses: [],
  exemption: null,
  purposeWeighed: true,
  measures: [{ target: 'post' as const, kind: 'remove' as const }],
  territory: [],
  rationale: 'The same leaflet.',
}
const kinds = ['decide', 'claim', 'hold', 'escalate', 'assign', 'move'] as const
const scenario = fc.record({ kind: fc.constantFrom(...kinds), reviews: fc.array(made, { minLength: 1, maxLength: 5 }) })

function toAct(kind: (typeof kinds)[number]): BulkAct {
  const wakeAt = new Date(t.deps.now().getTime() + 3_600_000).toISOString()
  if (kind === 'decide') return decide
  if (kind === 'claim') return { kind }
  if (kind === 'hold') return { kind, reason: 'evidence', text: 'Asked.', wakeAt }
  if (kind === 'escalate') return { kind, to: { role: 'supervisor' }, reason: 'Two readings.' }
  if (kind === 'assign') return { kind, personId: other.id, reason: '' }
  return { kind, queueId: 'other', reason: 'Belongs there.' }
}

/** The same reviews twice, in two worlds that know nothing of each other. */
async function make(wanted: Made[]) {
  const ids: string[] = []
  let accountId = ''
  for (const { state, isAccount, isTwin, queue } of wanted) {
    // Of an account alone there is one that waits.
    const isNew = isAccount || !isTwin || !accountId
    if (isNew) accountId = (await createAccount(t.db)).id
    const times = { opened_at: new Date('2026-01-01T08:00:00Z'), due_at: new Date('2026-01-02T08:00:00Z') }
    const common = { account_id: accountId, queue_id: queue, ...times }
    const { id } = await createReview(t.db, isAccount ? { ...common, post_id: null } : common)
    ids.push(id)
    const at = t.deps.now()
    const lease = (holder_id: string, ms: number) =>
      createLease(t.db, { id }, { holder_id, taken_at: at, expires_at: new Date(at.getTime() + ms) })
    const set = (values: object) => t.db.updateTable('review').set(values).where('id', '=', id).execute()
    if (state === 'mine') await lease(me.id, 60_000)
    if (state === 'others') await lease(other.id, 60_000)
    if (state === 'expired') await lease(other.id, -1)
    if (state === 'on_hold') await set({ state, wake_at: new Date(at.getTime() + 60_000) })
    if (state === 'escalated') await set({ state, escalated_to: other.id })
    if (state === 'for_other') await set({ assignee_id: other.id })
    if (state === 'decided') {
      await claimReview(t.deps, other, id, crypto.randomUUID())
      await single(other, id, isAccount ? { ...decide, measures: [] } : decide, 2).catch(() => {})
    }
  }
  return ids
}

/** Takes it, as somebody at a desk would, where the act asks for it; then does the act on what is there then. */
async function single(caller: Caller, id: string, act: BulkAct, seen?: number): Promise<string | null> {
  const { kind, ...body } = act
  const asked = { clientId: crypto.randomUUID() }
  const row = await get(id)
  let version = row.version
  if (kind !== 'assign' && kind !== 'move') {
    const claimed = await claimReview(t.deps, caller, id, crypto.randomUUID())
    version = claimed.version
    if (seen !== undefined && seen !== row.version) {
      // Whoever saw something else would look again; a bulk leaves it.
      if (row.holder_id !== caller.id) await releaseReview(t.deps, caller, id, crypto.randomUUID())
      throw new AppError('version_changed', 'Seen at another version.')
    }
  } else if (seen !== undefined) version = seen
  if (kind === 'claim') return null
  const on = { ...asked, version }
  if (kind === 'hold') await holdReview(t.deps, caller, id, { ...on, ...body } as never)
  if (kind === 'escalate') await escalateReview(t.deps, caller, id, { ...on, ...body } as never)
  if (kind === 'assign') await assignReview(t.deps, caller, id, { ...on, ...body } as never)
  if (kind === 'move') await moveReview(t.deps, caller, id, { ...on, ...body } as never)
  if (kind !== 'decide') return null
  const input = { ...on, ...body, snapshotId: row.snapshot_id, handlingMs: 0 } as DecisionInput
  return (await decideReview(t.deps, caller, id, input)).decision.id
}

const get = (id: string) => t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** What stands and what is told of it, without what differs between two worlds. */
async function tell(ids: string[]) {
  const names = new Map<string, string>()
  const nameOf = (id: unknown) => {
    if (typeof id !== 'string') return id
    if (!names.has(id)) names.set(id, `#${names.size}`)
    return names.get(id)
  }
  const world = []
  for (const id of ids) {
    const {
      id: _,
      number,
      account_id,
      post_id,
      snapshot_id,
      handle,
      caption_excerpt,
      decision_id,
      ...row
    } = await get(id)
    const events = await findEventsOn(t.db, id)
    const told = events.map(({ data, ...event }) => {
      const { bulkId, turnId, decisionId, snapshotSha256, ...rest } = data as Record<string, unknown>
      return { ...event, data: { ...rest, turnId: nameOf(turnId), decisionId: nameOf(decisionId) } }
    })
    const lease = await t.db.selectFrom('lease').selectAll().where('review_id', '=', id).executeTakeFirst()
    world.push({ state: row, isDecided: decision_id !== null, told, holder: lease?.holder_id ?? null })
  }
  return world
}

async function codeOf(run: () => Promise<unknown>): Promise<string | null> {
  try {
    await run()
    return null
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

it('equals the same single steps: what is done and refused, what stands and what is told, and so does its undo', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ kind, reviews }) => {
      const act = toAct(kind)
      const [one, many] = [await make(reviews), await make(reviews)]
      const versions = await Promise.all(many.map(async (id) => (await get(id)).version))
      const seen = versions.map((version, at) => (reviews[at]!.isStale ? version - 1 : version))
      const items = many.map((id, at) => ({ reviewId: id as ReviewId, version: seen[at]! }))
      const asked = { clientId: crypto.randomUUID(), choice: { items }, act }

      const look = await runBulk(t.deps, me, { ...asked, dryRun: true })
      const done = await runBulk(t.deps, me, { ...asked, dryRun: false })
      expect(look.items.map(({ code }) => code)).toEqual(done.items.map(({ code }) => code))

      const codes: (string | null)[] = []
      const decisions: string[] = []
      for (const [at, id] of one.entries()) {
        // What a supervisor may take out of hands one by one, a bulk leaves there.
        const isSpared = (kind === 'assign' || kind === 'move') && reviews[at]!.state === 'others'
        codes.push(
          isSpared
            ? 'held_by_other'
            : await codeOf(async () => {
                const decisionId = await single(me, id, act, seen[at])
                if (decisionId) decisions.push(decisionId)
              }),
        )
        // A claim that was only for the act is given back when the act was refused.
        if (codes.at(-1) && kind !== 'claim' && !['mine', 'others'].includes(reviews[at]!.state)) await giveBack(id)
      }
      expect(done.items.map(({ code }) => code)).toEqual(codes)
      const [told, toldMany] = [await tell(one), await tell(many)]
      for (const at of one.keys()) if (codes[at] === null) expect(toldMany[at]).toEqual(told[at])
      // What was refused was not touched.
      for (const [at, id] of many.entries()) if (codes[at] !== null) expect((await get(id)).version).toBe(versions[at])

      if (kind !== 'decide' || !done.bulk) return
      const undone = await undoBulk(t.deps, me, done.bulk.id, crypto.randomUUID())
      expect(undone.refused).toBe(0)
      for (const id of decisions) await undoDecision(t.deps, me, id, crypto.randomUUID())
      const states = async (ids: string[]) =>
        (await Promise.all(ids.map(get))).map(({ state, outcome }) => [state, outcome])
      const isDone = (_: unknown, at: number) => codes[at] === null
      expect((await states(many)).filter(isDone)).toEqual((await states(one)).filter(isDone))
    }),
    { numRuns: 10 },
  )
}, 30_000)

async function giveBack(id: string) {
  await releaseReview(t.deps, me, id, crypto.randomUUID()).catch(() => {})
}
