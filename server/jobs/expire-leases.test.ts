import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { createLease, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'
import { expireLeases } from './expire-leases.ts'

const leaseMs = 60_000
const t = useTestApi({ leaseMs })

const getReview = (id: string) => t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

async function claim() {
  const { id } = await createReview(t.db)
  const params = { reviewId: id as ReviewId }
  await t.as('reviewer')(api.claimReview, { params, body: { clientId: crypto.randomUUID() } })
  return params
}

describe('expireLeases', () => {
  it('gives back what ran out and leaves what was renewed', async () => {
    const holderId = t.person('reviewer').id
    const [lost, kept] = [await claim(), await claim()]
    t.travel(leaseMs - 1_000)
    await t.as('reviewer')(api.renewLease, { params: kept, body: {} })
    t.travel(2_000)
    expect(await expireLeases(t.deps)).toBe(1)
    expect(await getReview(lost.reviewId)).toMatchObject({ holder_id: null, version: 3 })
    expect(await getReview(kept.reviewId)).toMatchObject({ holder_id: holderId, version: 2 })
    expect((await findEventsOn(t.db, lost.reviewId)).at(-1)).toEqual({
      kind: 'lease.expired',
      personId: null,
      version: 3,
      data: { holderId },
    })
    expect(await expireLeases(t.deps)).toBe(0)
  })

  it('gives back what somebody claimed in the seconds after they were shut out', async () => {
    const review = await createReview(t.db)
    const { id } = t.secondPerson('reviewer')
    await createLease(t.db, review, { holder_id: id })
    expect(await expireLeases(t.deps)).toBe(0)
    await t.db.updateTable('auth.user').set({ disabledAt: t.deps.now() }).where('id', '=', id).execute()
    expect(await expireLeases(t.deps)).toBe(1)
    expect(await getReview(review.id)).toMatchObject({ holder_id: null })
  })

  it('gives back more than one batch, each review once, from several processes', async () => {
    const expired = []
    for (let index = 0; index < 130; index += 1) {
      const review = await createReview(t.db)
      await createLease(t.db, review, { holder_id: 'person-1', expires_at: new Date(0) })
      expired.push(review.id)
    }
    const counts = await Promise.all([expireLeases(t.deps), expireLeases(t.deps), expireLeases(t.deps)])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(130)
    const events = await t.db.selectFrom('event').select('subject_id').where('subject_id', 'in', expired).execute()
    expect(events).toHaveLength(130)
    const held = await t.db.selectFrom('review').select('id').where('holder_id', '=', 'person-1').execute()
    expect(held).toEqual([])
  })
})
