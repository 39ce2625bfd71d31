import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createDecision, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const leaseMs = 60_000
const t = useTestApi({ leaseMs })

const nobody = '01900000-0000-7000-8000-000000000000'
const newId = () => crypto.randomUUID()
const params = (id: string) => ({ reviewId: id as ReviewId })

const claim = (call: TestCall, id: string, clientId = newId()) =>
  call(api.claimReview, { params: params(id), body: { clientId } })
const renew = (call: TestCall, id: string) => call(api.renewLease, { params: params(id), body: {} })
const release = (call: TestCall, id: string, clientId = newId()) =>
  call(api.releaseReview, { params: params(id), body: { clientId } })

const ana = () => t.as('reviewer')
const ben = () => t.second('reviewer')
const anaId = () => t.person('reviewer').id
const benId = () => t.secondPerson('reviewer').id

async function getReview(id: string) {
  return t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

const kinds = async (id: string) => (await findEventsOn(t.db, id)).map((event) => event.kind)

describe.each([
  ['claimReview', claim],
  ['renewLease', renew],
  ['releaseReview', release],
] as const)('%s', (_name, act) => {
  it('answers 401 without a session', async () => {
    await expect(act(t.anonymous, nobody)).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it.each(['auditor', 'admin'] as const)('answers 403 to an %s, who decides nothing', async (role) => {
    await expect(act(t.as(role), nobody)).rejects.toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it('answers 404 for a review that is not there', async () => {
    await expect(act(ana(), nobody)).rejects.toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})

describe('claimReview', () => {
  it('gives the review to whoever asks first', async () => {
    const review = await createReview(t.db)
    const { lease, version } = await claim(ana(), review.id)
    expect(version).toBe(2)
    expect(lease.holderId).toBe(anaId())
    expect(Date.parse(lease.expiresAt) - Date.parse(lease.takenAt)).toBe(leaseMs)
    expect(await getReview(review.id)).toMatchObject({ holder_id: anaId(), version: 2, state: 'open' })
    expect(await findEventsOn(t.db, review.id)).toEqual([
      { kind: 'review.claimed', personId: anaId(), version: 2, data: {} },
    ])
  })

  it('says who holds it and until when', async () => {
    const review = await createReview(t.db)
    const { lease } = await claim(ana(), review.id)
    await expect(claim(ben(), review.id)).rejects.toMatchObject({
      status: 409,
      body: {
        code: 'held_by_other',
        conflict: { byId: anaId(), byName: t.person('reviewer').name, at: lease.takenAt, heldUntil: lease.expiresAt },
      },
    })
  })

  it('renews what is mine without an event', async () => {
    const review = await createReview(t.db)
    const first = await claim(ana(), review.id)
    t.travel(10_000)
    const again = await claim(ana(), review.id)
    expect(again.version).toBe(first.version)
    expect(again.lease.takenAt).toBe(first.lease.takenAt)
    expect(Date.parse(again.lease.expiresAt)).toBeGreaterThanOrEqual(Date.parse(first.lease.expiresAt) + 10_000)
    expect(await kinds(review.id)).toEqual(['review.claimed'])
  })

  it('takes over a lease that ran out', async () => {
    const review = await createReview(t.db)
    await claim(ana(), review.id)
    t.travel(leaseMs + 1)
    const { lease, version } = await claim(ben(), review.id)
    expect({ holder: lease.holderId, version }).toEqual({ holder: benId(), version: 4 })
    // The clock of the log was not moved: the event says when it was.
    const at = lease.takenAt
    expect((await findEventsOn(t.db, review.id)).slice(1)).toEqual([
      { kind: 'lease.expired', personId: null, version: 3, data: { holderId: anaId(), at } },
      { kind: 'review.claimed', personId: benId(), version: 4, data: { at } },
    ])
  })

  it('refuses a decided review with what was decided', async () => {
    const review = await createReview(t.db)
    const decision = await createDecision(t.db, {
      review_id: review.id,
      decided_by: benId(),
      rationale: 'Praises the attack.',
      measures: [{ target: 'post', kind: 'remove' }],
    })
    await expect(claim(ana(), review.id)).rejects.toMatchObject({
      status: 409,
      body: {
        code: 'already_decided',
        conflict: {
          byId: benId(),
          byName: t.secondPerson('reviewer').name,
          at: decision.decided_at.toISOString(),
          heldUntil: null,
          decision: {
            id: decision.id,
            outcome: 'violation',
            clause: { id: 'tve.glorification', version: 1 },
            exemption: null,
            measures: ['remove'],
            rationale: 'Praises the attack.',
          },
        },
      },
    })
  })

  it('answers a repeat as it answered first', async () => {
    const review = await createReview(t.db)
    const clientId = newId()
    const first = await claim(ana(), review.id, clientId)
    await release(ana(), review.id)
    expect(await claim(ana(), review.id, clientId)).toEqual(first)
    expect(await getReview(review.id)).toMatchObject({ holder_id: null, version: 3 })
    await expect(release(ana(), review.id, clientId)).rejects.toMatchObject({ status: 400 })
  })
})

describe('renewLease', () => {
  it('extends the lease and touches nothing else', async () => {
    const review = await createReview(t.db)
    const { lease } = await claim(ana(), review.id)
    const before = await getReview(review.id)
    t.travel(30_000)
    const renewed = await renew(ana(), review.id)
    expect(Date.parse(renewed.lease.expiresAt)).toBeGreaterThanOrEqual(Date.parse(lease.expiresAt) + 30_000)
    expect(renewed.lease.takenAt).toBe(lease.takenAt)
    expect(await getReview(review.id)).toEqual(before)
    expect(await kinds(review.id)).toEqual(['review.claimed'])
  })

  it('refuses when the lease ran out, and says when', async () => {
    const review = await createReview(t.db)
    const { lease } = await claim(ana(), review.id)
    t.travel(leaseMs)
    await expect(renew(ana(), review.id)).rejects.toMatchObject({
      status: 409,
      body: { code: 'lease_lost', conflict: { byId: null, at: lease.expiresAt } },
    })
  })

  it('refuses what was never mine', async () => {
    const review = await createReview(t.db)
    await expect(renew(ana(), review.id)).rejects.toMatchObject({ status: 409, body: { code: 'lease_lost' } })
  })

  it('says who holds it now', async () => {
    const review = await createReview(t.db)
    await claim(ben(), review.id)
    await expect(renew(ana(), review.id)).rejects.toMatchObject({
      status: 409,
      body: { code: 'held_by_other', conflict: { byId: benId() } },
    })
  })

  it('refuses a decided review', async () => {
    const review = await createReview(t.db)
    await createDecision(t.db, { review_id: review.id })
    await expect(renew(ana(), review.id)).rejects.toMatchObject({ status: 409, body: { code: 'already_decided' } })
  })
})

describe('releaseReview', () => {
  it('gives the review back', async () => {
    const review = await createReview(t.db)
    await claim(ana(), review.id)
    expect(await release(ana(), review.id)).toEqual({ version: 3 })
    expect(await getReview(review.id)).toMatchObject({ holder_id: null, version: 3 })
    expect(await kinds(review.id)).toEqual(['review.claimed', 'review.released'])
    expect((await claim(ben(), review.id)).version).toBe(4)
  })

  it('leaves alone what somebody else holds', async () => {
    const review = await createReview(t.db)
    await claim(ben(), review.id)
    expect(await release(ana(), review.id)).toEqual({ version: 2 })
    expect(await getReview(review.id)).toMatchObject({ holder_id: benId(), version: 2 })
  })
})

describe('takeNext', () => {
  let platforms = 0

  async function fill(captions: string[]) {
    const platform = `next-${++platforms}`
    const rows = []
    for (const [index, caption] of captions.entries()) {
      rows.push(await createReview(t.db, { platform, caption, priority: 50 - index }))
    }
    return { platform, rows }
  }

  const next = (call: TestCall, body: object) =>
    call(api.takeNext, { body: { clientId: newId(), filter: {}, ...body } as never })

  it('answers 401 without a session', async () => {
    await expect(next(t.anonymous, {})).rejects.toMatchObject({ status: 401 })
  })

  it('answers 403 to an auditor', async () => {
    await expect(next(t.as('auditor'), {})).rejects.toMatchObject({ status: 403 })
  })

  it('claims the first ones in the order of the list', async () => {
    const { platform, rows } = await fill(['a', 'b', 'c'])
    const { items } = await next(ana(), { filter: { platform: [platform] }, count: 2 })
    expect(items.map((item) => item.reviewId)).toEqual([rows[0]!.id, rows[1]!.id])
    expect(items[0]).toMatchObject({ version: 2, lease: { holderId: anaId() } })
    expect(await kinds(rows[0]!.id)).toEqual(['review.claimed'])
    const oldest = await next(ben(), { filter: { platform: [platform] }, sort: 'oldest' })
    expect(oldest.items.map((item) => item.reviewId)).toEqual([rows[2]!.id])
  })

  it('passes over what is held, waits elsewhere, or is not to be offered again', async () => {
    const { platform, rows } = await fill(['held', 'on hold', 'just left', 'free'])
    await claim(ben(), rows[0]!.id)
    await t.db.updateTable('review').set({ state: 'on_hold' }).where('id', '=', rows[1]!.id).execute()
    const { items } = await next(ana(), { filter: { platform: [platform] }, except: [rows[2]!.id], count: 10 })
    expect(items.map((item) => item.reviewId)).toEqual([rows[3]!.id])
  })

  it('answers with nothing when nothing is left', async () => {
    expect(await next(ana(), { filter: { platform: ['nowhere'] } })).toEqual({ items: [] })
  })

  it('never gives one review to two people who ask at once', async () => {
    const { platform } = await fill(Array.from({ length: 12 }, (_, index) => String(index)))
    const calls = [ana(), ben(), t.as('supervisor'), t.second('supervisor')]
    const taken = await Promise.all(
      [...calls, ...calls, ...calls].map((call) => next(call, { filter: { platform: [platform] } })),
    )
    const ids = taken.flatMap(({ items }) => items.map((item) => item.reviewId))
    expect(ids).toHaveLength(12)
    expect(new Set(ids).size).toBe(12)
  })

  it('answers a repeat as it answered first', async () => {
    const { platform } = await fill(['a', 'b'])
    const body = { clientId: newId(), filter: { platform: [platform] } }
    expect(await next(ana(), body)).toEqual(await next(ana(), body))
  })
})

describe('renewLeases', () => {
  const renewAll = (call: TestCall, reviewIds: string[], seconds?: number) =>
    call(api.renewLeases, { body: { reviewIds: reviewIds as ReviewId[], ...(seconds && { seconds }) } })

  it('keeps what is mine and says of the rest what became of it', async () => {
    const [mine, theirs, over, decided] = await Promise.all([1, 2, 3, 4].map(() => createReview(t.db)))
    await claim(ana(), mine!.id)
    await claim(ben(), theirs!.id)
    await createDecision(t.db, { review_id: decided!.id, decided_by: benId() })
    t.travel(10_000)

    const { items } = await renewAll(ana(), [mine!.id, theirs!.id, over!.id, decided!.id, nobody])

    expect(items.map(({ reviewId, lease, refusal }) => [reviewId, lease?.holderId ?? refusal?.code])).toEqual([
      [mine!.id, anaId()],
      [theirs!.id, 'held_by_other'],
      [over!.id, 'lease_lost'],
      [decided!.id, 'already_decided'],
      [nobody, 'not_found'],
    ])
    expect(items[1]?.refusal?.conflict).toMatchObject({ byId: benId() })
    expect(await kinds(mine!.id)).toEqual(['review.claimed'])
  })

  it('lets a lease end soon when its page closes, and never later than others', async () => {
    const review = await createReview(t.db)
    await claim(ana(), review.id)
    const [soon] = (await renewAll(ana(), [review.id], 20)).items
    const [late] = (await renewAll(ana(), [review.id], 80_000)).items
    const left = (lease: { expiresAt: string } | null | undefined) =>
      Date.parse(lease!.expiresAt) - t.deps.now().getTime()

    expect(left(soon?.lease)).toBeLessThanOrEqual(20_000)
    expect(left(late?.lease)).toBeLessThanOrEqual(leaseMs)
    expect(left(late?.lease)).toBeGreaterThan(20_000)
  })
})

describe('takeNext with details', () => {
  it('answers with all that the desk shows of each', async () => {
    const review = await createReview(t.db, { queue_id: 'hate' })
    const { items } = await ana()(api.takeNext, {
      body: { clientId: newId(), filter: { queue: ['hate'] }, count: 3, details: true },
    })
    const detail = await ana()(api.getReview, { params: params(review.id) })

    expect(items.map(({ reviewId }) => reviewId)).toEqual([review.id])
    expect(items[0]?.detail).toEqual(detail)
  })
})
