import { afterEach, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createReview } from '#test/support/factories.ts'

const leaseCap = 3
const leaseMs = 60_000
const t = useTestApi({ leaseCap, leaseMs })
/** What is held by then runs out. */
afterEach(() => t.travel(leaseMs + 1))

const newId = () => crypto.randomUUID()
const params = (id: string) => ({ reviewId: id as ReviewId })
const claim = (call: TestCall, id: string) => call(api.claimReview, { params: params(id), body: { clientId: newId() } })
const next = (call: TestCall, platform: string, count: number) =>
  call(api.takeNext, { body: { clientId: newId(), filter: { platform: [platform] }, count } })
const tooMany = { status: 409, body: { code: 'too_many_held' } }

async function createReviews(count: number) {
  const platform = newId()
  const reviews = await Promise.all(Array.from({ length: count }, () => createReview(t.db, { platform })))
  return { platform, reviews }
}

/** Reviews in force only: the job that ends leases does not run here. */
async function countHeld(personId: string) {
  const rows = await t.db.selectFrom('lease').selectAll().where('holder_id', '=', personId).execute()
  return rows.filter((row) => row.expires_at > t.deps.now()).length
}

describe('the most that one person may hold', () => {
  it('is not passed by claiming, however many at once', async () => {
    const { reviews } = await createReviews(8)
    const claims = await Promise.allSettled(reviews.map(({ id }) => claim(t.as('reviewer'), id)))
    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(leaseCap)
    for (const each of claims) if (each.status === 'rejected') expect(each.reason).toMatchObject(tooMany)
    expect(await countHeld(t.person('reviewer').id)).toBe(leaseCap)
    const mine = claims.findIndex(({ status }) => status === 'fulfilled')
    expect(await claim(t.as('reviewer'), reviews[mine]!.id)).toMatchObject({ version: 2 })
  })

  it('lets "take the next" give fewer, and then none', async () => {
    const { platform } = await createReviews(8)
    expect((await next(t.as('reviewer'), platform, 2)).items).toHaveLength(2)
    expect((await next(t.as('reviewer'), platform, 2)).items).toHaveLength(1)
    await expect(next(t.as('reviewer'), platform, 2)).rejects.toMatchObject(tooMany)
  })

  it('is not passed by many pages of one person asking at once', async () => {
    const { platform } = await createReviews(12)
    await Promise.allSettled(Array.from({ length: 6 }, () => next(t.as('reviewer'), platform, 2)))
    expect(await countHeld(t.person('reviewer').id)).toBe(leaseCap)
  })

  it('is not passed by taking over', async () => {
    const { platform, reviews } = await createReviews(leaseCap + 1)
    await next(t.as('supervisor'), platform, leaseCap)
    const free = reviews.map(({ id }) => id)
    const held = await t.db.selectFrom('lease').select('review_id').where('review_id', 'in', free).execute()
    const last = free.find((id) => !held.some((lease) => lease.review_id === id))!
    await expect(
      t.as('supervisor')(api.takeOver, { params: params(last), body: { clientId: newId(), version: 1 } }),
    ).rejects.toMatchObject(tooMany)
  })

  it('leaves what I take back to everybody', async () => {
    const { platform, reviews } = await createReviews(leaseCap)
    const review = await createReview(t.db)
    const { version } = await claim(t.as('reviewer'), review.id)
    const { decision } = await t.as('reviewer')(api.decideReview, {
      params: params(review.id),
      body: {
        clientId: newId(),
        version,
        snapshotId: review.snapshot_id,
        outcome: 'no_violation',
        clause: null,
        exemption: null,
        measures: [],
        rationale: '',
        handlingMs: 1,
      },
    })
    expect((await next(t.as('reviewer'), platform, reviews.length)).items).toHaveLength(leaseCap)
    const undone = await t.as('reviewer')(api.undoDecision, {
      params: { decisionId: decision.id },
      body: { clientId: newId() },
    })
    expect(undone).toMatchObject({ lease: null })
    const row = await t.db.selectFrom('review').selectAll().where('id', '=', review.id).executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'open', holder_id: null })
  })
})
