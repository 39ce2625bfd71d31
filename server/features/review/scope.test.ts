import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { createDecision, createMedia, createReview } from '#test/support/factories.ts'

const t = useTestApi()
const clientId = () => crypto.randomUUID()
const ofPath = (reviewId: string) => ({ params: { reviewId: reviewId as ReviewId } })

let seen: { id: string }
let unseen: { id: string; account_id: string }
let decided: { id: string }
let restricted: { id: string }
let sha256: string
beforeAll(async () => {
  sha256 = (await createMedia(t.db)).sha256
  seen = await createReview(t.db, { queue_id: 'hate' })
  unseen = await createReview(t.db, { queue_id: 'spam', media: [sha256] })
  decided = await createReview(t.db, { queue_id: 'spam' })
  await createDecision(t.db, { review_id: decided.id })
  restricted = await createReview(t.db, { queue_id: 'hate', is_restricted: true })
  await t.setScope(t.person('reviewer'), { queues: ['hate'] })
  await t.setScope(t.person('supervisor'), { queues: ['hate'] })
})

describe('the scope of a person', () => {
  it('leaves out of the list and of the counts what lies outside', async () => {
    const { items, count } = await t.as('reviewer')(api.listReviews, {})
    expect(items.map(({ id }) => id)).toEqual([seen.id])
    expect(count).toEqual({ value: 1, exact: true })
    const counts = await t.as('reviewer')(api.countReviews, {})
    expect(counts.byState).toMatchObject({ open: { value: 1 }, decided: { value: 0 } })
    expect(counts.byQueue.map(({ queueId }) => queueId)).toEqual(['hate'])
  })

  it.each([
    ['shown', (id: string) => t.as('reviewer')(api.getReview, ofPath(id))],
    ['asked for flags', (id: string) => t.as('reviewer')(api.listReviewFlags, ofPath(id))],
    ['claimed', (id: string) => t.as('reviewer')(api.claimReview, { ...ofPath(id), body: { clientId: clientId() } })],
    [
      'given a note',
      (id: string) => t.as('reviewer')(api.addReviewNote, { ...ofPath(id), body: { clientId: clientId(), body: 'x' } }),
    ],
    [
      'revealed',
      (id: string) =>
        t.as('reviewer')(api.revealMedia, { ...ofPath(id), body: { clientId: clientId(), sha256: sha256 as never } }),
    ],
  ])('hides a review outside from being %s', async (_what, ask) => {
    for (const review of [unseen, decided, restricted]) {
      await expect(ask(review.id)).rejects.toMatchObject({ status: 404, body: { code: 'not_found' } })
    }
  })

  it('hides its pictures and its account', async () => {
    expect((await t.fetch(`/api/v1/media/${sha256}/thumbnail`, {}, 'reviewer')).status).toBe(404)
    const note = { params: { accountId: unseen.account_id }, body: { clientId: clientId(), body: 'x' } }
    await expect(t.as('reviewer')(api.addAccountNote, note)).rejects.toMatchObject({ status: 404 })
  })

  it('gives nothing of it to take', async () => {
    const next = await t.as('reviewer')(api.takeNext, { body: { clientId: clientId(), filter: {}, count: 10 } })
    expect(next.items.map(({ reviewId }) => reviewId)).toEqual([seen.id])
  })

  it('leaves it out of exports', async () => {
    const csv = await (await t.fetch('/api/v1/exports/reviews.csv', {}, 'supervisor')).text()
    expect(csv).toContain(seen.id)
    expect(csv).not.toContain(unseen.id)
  })

  it('offers only its queues', async () => {
    const { items } = await t.as('reviewer')(api.listQueues, {})
    expect(items.map(({ id }) => id)).toEqual(['hate'])
  })

  it('lets somebody see more than take', async () => {
    await t.setScope(t.secondPerson('reviewer'), { queues: ['hate', 'spam'], takes: ['hate'] })
    const claim = { ...ofPath(unseen.id), body: { clientId: clientId() } }
    expect((await t.second('reviewer')(api.getReview, ofPath(unseen.id))).review.id).toBe(unseen.id)
    await expect(t.second('reviewer')(api.claimReview, claim)).rejects.toMatchObject({ status: 403 })
  })

  it('shows the restricted to those who may see it', async () => {
    await t.setScope(t.secondPerson('supervisor'), { seesRestricted: true })
    const { items } = await t.second('supervisor')(api.listReviews, { query: { queue: ['hate'] } })
    expect(items.map(({ id }) => id).sort()).toEqual([seen.id, restricted.id].sort())
  })
})
