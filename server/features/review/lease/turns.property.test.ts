import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import { expireLeases } from '#server/jobs/expire-leases.ts'
import type { DecisionInput } from '#shared/contract/decisions.ts'
import type { Lease } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'
import { decideReview } from '../decisions/decide-review.ts'
import { addNote } from '../notes/add-note.ts'
import { everything } from '../scope.queries.ts'
import { claimReview } from './claim-review.ts'
import { releaseReview } from './release-review.ts'
import { renewLease } from './renew-lease.ts'
import { takeNext } from './take-next.ts'

const leaseMs = 1_000
const t = useTestApi({ leaseMs })
let people: Caller[]
beforeAll(() => {
  const each = [t.person('reviewer'), t.secondPerson('reviewer'), t.person('supervisor'), t.secondPerson('supervisor')]
  people = each.map((person) => ({ ...person, key: null, scope: everything }))
})

const act = fc.record({
  kind: fc.constantFrom('claim', 'claim', 'next', 'renew', 'release', 'decide', 'decide', 'note', 'expire', 'wait'),
  on: fc.integer({ min: 0, max: 1 }),
  /** Sent so often at once, with one client id. */
  times: fc.constantFrom(1, 1, 1, 2, 3),
  afterMs: fc.integer({ min: 0, max: 6 }),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** What each person does, one act after the other; the people at the same time. */
const scenario = fc.array(fc.array(act, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 4 })

type Review = Awaited<ReturnType<typeof createReview>>
type Right = { personId: string; reviewId: string; until: number }

const refusals = ['already_decided', 'held_by_other', 'lease_lost', 'version_changed']

/** Plays one person; answers the rights that person was given and the decisions that person was told to have made. */
async function play(caller: Caller, acts: Act[], reviews: Review[], platform: string) {
  const rights: Right[] = []
  const decided: { reviewId: string; at: number }[] = []
  const versions = new Map(reviews.map((review) => [review.id, review.version]))
  const remember = (reviewId: string, lease: Lease, version?: number) => {
    rights.push({ personId: caller.id, reviewId, until: Date.parse(lease.expiresAt) })
    if (version) versions.set(reviewId, version)
  }

  async function perform({ kind, on }: Act, clientId: string) {
    const { id, snapshot_id } = reviews[on]!
    if (kind === 'claim') {
      const reply = await claimReview(t.deps, caller, id, clientId)
      remember(id, reply.lease, reply.version)
      return reply
    }
    if (kind === 'next') {
      const filter = { platform: [platform] }
      const reply = await takeNext(t.deps, caller, { clientId, filter, sort: 'priority', count: 1, except: [] })
      for (const item of reply.items) remember(item.reviewId, item.lease, item.version)
      return reply
    }
    if (kind === 'renew') {
      const reply = await renewLease(t.deps, caller, id)
      remember(id, reply.lease)
      return null
    }
    if (kind === 'release') return releaseReview(t.deps, caller, id, clientId)
    if (kind === 'note') {
      return addNote(t.deps, caller, { on: 'review', id }, { clientId, body: 'Seen.', supersedesId: null })
    }
    if (kind === 'decide') {
      const reply = await decideReview(t.deps, caller, id, {
        ...keep,
        clientId,
        version: versions.get(id)!,
        snapshotId: snapshot_id,
      })
      decided.push({ reviewId: id, at: Date.parse(reply.decision.decidedAt) })
      return reply
    }
    if (kind === 'wait') t.travel(leaseMs / 2)
    else await Promise.all([expireLeases(t.deps), sealEvents(t.db)])
    return null
  }

  for (const each of acts) {
    await sleep(each.afterMs)
    const clientId = crypto.randomUUID()
    const times = each.kind === 'expire' || each.kind === 'wait' ? 1 : each.times
    const replies = await Promise.allSettled(Array.from({ length: times }, () => perform(each, clientId)))
    checkReplies(replies)
  }
  return { rights, decided }
}

const keep: Omit<DecisionInput, 'clientId' | 'version' | 'snapshotId'> = {
  outcome: 'no_violation',
  clause: null,
  furtherClauses: [],
  exemption: null,
  purposeWeighed: false,
  measures: [],
  territory: [],
  rationale: '',
  handlingMs: 1,
}

/** Whatever is refused is refused for a reason; whatever is repeated is answered alike. */
function checkReplies(replies: PromiseSettledResult<unknown>[]) {
  for (const reply of replies) {
    if (reply.status === 'fulfilled') continue
    if (!(reply.reason instanceof AppError)) throw reply.reason
    expect(refusals).toContain(reply.reason.code)
  }
  const answers = replies.flatMap((reply) => (reply.status === 'fulfilled' ? [reply.value] : []))
  for (const answer of answers) expect(answer).toEqual(answers[0])
}

/** Follows a review through its log, as an auditor would: every line must be possible after the one before. */
async function replay(review: Review) {
  const events = await findEventsOn(t.db, review.id)
  let state = { version: review.version, holder: null as string | null, decisions: 0 }
  for (const { kind, personId, version, data } of events) {
    const { version: before, holder, decisions } = state
    if (kind === 'note.written') {
      expect(version).toBe(before)
      continue
    }
    expect(version, `the version at ${kind}`).toBe(before + 1)
    expect(decisions, `${kind} after a decision`).toBe(0)
    if (kind === 'review.claimed') expect(holder).toBeNull()
    if (kind === 'review.released' || kind === 'review.decided') expect(holder).toBe(personId)
    if (kind === 'lease.expired') expect(holder).toBe(data.holderId)
    state = {
      version: before + 1,
      holder: kind === 'review.claimed' ? personId : null,
      decisions: kind === 'review.decided' ? 1 : 0,
    }
  }
  return state
}

async function readSealed(reviewId: string) {
  const rows = await t.db
    .selectFrom('event_seq')
    .innerJoin('event', 'event.id', 'event_seq.event_id')
    .select('event.subject_version')
    .where('event_seq.subject_kind', '=', 'review')
    .where('event_seq.subject_id', '=', reviewId)
    .orderBy('event_seq.seq')
    .execute()
  return rows.map((row) => row.subject_version ?? 0)
}

describe('several people at the same reviews', () => {
  it('decide each at most once, and only who holds it does', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (lanes) => {
        const platform = crypto.randomUUID()
        const reviews = [await createReview(t.db, { platform }), await createReview(t.db, { platform })]
        const played = await Promise.all(lanes.map((acts, index) => play(people[index]!, acts, reviews, platform)))
        const rights = played.flatMap((each) => each.rights)
        await sealEvents(t.db)

        for (const review of reviews) {
          const { version, holder, decisions } = await replay(review)
          const row = await t.db
            .selectFrom('review')
            .leftJoin('lease', 'lease.review_id', 'review.id')
            .select(['version', 'state', 'review.holder_id', 'lease.holder_id as lease_holder', 'decided_by'])
            .where('review.id', '=', review.id)
            .executeTakeFirstOrThrow()
          expect(row).toMatchObject({ version, holder_id: holder, lease_holder: holder })
          const recorded = await t.db
            .selectFrom('decision')
            .select(['decided_by', 'decided_at'])
            .where('review_id', '=', review.id)
            .execute()
          expect(recorded).toHaveLength(decisions)
          expect(row.state).toBe(decisions === 1 ? 'decided' : 'open')
          for (const { decided_by, decided_at } of recorded) {
            const held = rights.filter((right) => right.reviewId === review.id && right.personId === decided_by)
            expect(held.some((right) => right.until > decided_at.getTime())).toBe(true)
          }
          const told = played.flatMap((each) => each.decided).filter((each) => each.reviewId === review.id)
          expect(new Set(told.map((each) => each.at)).size).toBe(decisions)
          const sealed = await readSealed(review.id)
          expect(sealed).toEqual(sealed.toSorted((a, b) => a - b))
        }
      }),
      { numRuns: 30 },
    )
  })
})
