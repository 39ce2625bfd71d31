import { describe, expect, it } from 'vitest'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import { api } from '#shared/contract/api.ts'
import type { Sha256 } from '#shared/contract/media.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createDecision, createMedia, createPolicy, createReview, createSnapshot } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'
import { restrictLateReviews } from './restrict.ts'

const t = useTestApi()
const clientId = () => crypto.randomUUID()
const mark = (isRestricted = true) => ({ clientId: clientId(), isRestricted })

const restrictReview = (call: TestCall, id: string, body = mark()) =>
  call(api.restrictReview, { params: { reviewId: id as ReviewId }, body })
const restrictMedia = (call: TestCall, sha256: string, body = mark()) =>
  call(api.restrictMedia, { params: { sha256: sha256 as Sha256 }, body })
const open = (call: TestCall, id: string) => call(api.getReview, { params: { reviewId: id as ReviewId } })
const claim = (call: TestCall, id: string) =>
  call(api.claimReview, { params: { reviewId: id as ReviewId }, body: { clientId: clientId() } })

const isRestricted = async (id: string) =>
  (await t.db.selectFrom('review').select('is_restricted').where('id', '=', id).executeTakeFirstOrThrow()).is_restricted

/** A supervisor to whom restricted material is shown. */
async function seeing() {
  await t.setScope(t.secondPerson('supervisor'), { seesRestricted: true })
  return t.second('supervisor')
}

describe('a review that is marked restricted', () => {
  it('is not there any more for whoever marked it, nor in anybody’s hand', async () => {
    const review = await createReview(t.db)
    await claim(t.as('reviewer'), review.id)
    const body = mark()
    const marked = await restrictReview(t.as('reviewer'), review.id, body)
    expect(marked).toEqual({ isRestricted: true, isVisible: false })
    await expect(open(t.as('reviewer'), review.id)).rejects.toMatchObject({ status: 404 })
    expect(await t.db.selectFrom('lease').selectAll().where('review_id', '=', review.id).execute()).toEqual([])
    expect((await findEventsOn(t.db, review.id)).map(({ kind }) => kind)).toEqual([
      'review.claimed',
      'review.marked_restricted',
      'review.restricted',
      'lease.withdrawn',
    ])
    expect(await restrictReview(t.as('reviewer'), review.id, body)).toEqual(marked)
    await expect(restrictReview(t.as('reviewer'), review.id)).rejects.toMatchObject({ status: 404 })
  })

  it('stays in the hand of somebody who may see it, and comes back when the mark is taken away', async () => {
    const review = await createReview(t.db)
    const call = await seeing()
    await claim(call, review.id)
    expect(await restrictReview(call, review.id)).toEqual({ isRestricted: true, isVisible: true })
    expect((await open(call, review.id)).lease?.holderId).toBe(t.secondPerson('supervisor').id)
    await restrictReview(call, review.id, mark(false))
    expect((await open(t.as('reviewer'), review.id)).review.isRestricted).toBe(false)
  })

  it('stays marked whatever is found of it afterwards', async () => {
    const review = await createReview(t.db)
    await restrictReview(t.as('reviewer'), review.id)
    await t.db.updateTable('review').set({ is_restricted: false, flag_count: 2 }).where('id', '=', review.id).execute()
    expect(await isRestricted(review.id)).toBe(true)
  })

  it('stays restricted by its clause when the mark is taken away', async () => {
    await createReview(t.db, { policy_id: 'tve.glorification' })
    const review = await createReview(t.db, { policy_id: 'tve.glorification' })
    await t.db.updateTable('policy').set({ is_restricted: true }).where('id', '=', 'tve.glorification').execute()
    const call = await seeing()
    await restrictReview(call, review.id)
    await restrictReview(call, review.id, mark(false))
    expect(await isRestricted(review.id)).toBe(true)
    await t.db.updateTable('policy').set({ is_restricted: false }).where('id', '=', 'tve.glorification').execute()
  })

  it('is restricted once it was decided under a restricted clause and that may not be undone any more', async () => {
    const review = await createReview(t.db)
    await createPolicy(t.db, { id: 'sexual.minors.test', is_restricted: true })
    await createDecision(t.db, { review_id: review.id, policy_id: 'sexual.minors.test', decided_at: t.deps.now() })
    expect(await restrictLateReviews(t.deps)).toBe(0)
    t.travel(t.deps.settings.undoMs + 1)
    expect(await restrictLateReviews(t.deps)).toBe(1)
    await expect(open(t.as('reviewer'), review.id)).rejects.toMatchObject({ status: 404 })
    expect(await restrictLateReviews(t.deps)).toBe(0)
  })

  it('cannot be marked by those who do not see it', async () => {
    const review = await createReview(t.db, { queue_id: 'spam' })
    await t.setScope(t.secondPerson('reviewer'), { queues: ['extremism'] })
    await expect(restrictReview(t.second('reviewer'), review.id)).rejects.toMatchObject({ status: 404 })
    for (const role of ['admin', 'auditor'] as const) {
      await expect(restrictReview(t.as(role), review.id)).rejects.toMatchObject({ status: 403 })
    }
  })
})

describe('a file that is marked restricted', () => {
  it('takes every review that ever showed it along, decided ones and those of other queues too', async () => {
    const { sha256 } = await createMedia(t.db)
    const mine = await createReview(t.db, { media: [sha256] })
    const other = await createReview(t.db, { media: [sha256], queue_id: 'spam' })
    const decided = await createReview(t.db, { media: [sha256] })
    await createDecision(t.db, { review_id: decided.id })
    const earlier = await createReview(t.db)
    await createSnapshot(t.db, { account_id: earlier.account_id, post_id: earlier.post_id, media: [sha256] })
    const apart = await createReview(t.db)
    await claim(t.as('supervisor'), other.id)
    await t.setScope(t.secondPerson('reviewer'), { queues: ['extremism'] })
    const marked = await restrictMedia(t.second('reviewer'), sha256)
    expect(marked).toEqual({ isRestricted: true, isVisible: false })
    for (const { id } of [mine, other, decided, earlier]) {
      expect(await isRestricted(id)).toBe(true)
      await expect(open(t.as('reviewer'), id)).rejects.toMatchObject({ status: 404 })
    }
    expect(await isRestricted(apart.id)).toBe(false)
    expect((await findEventsOn(t.db, other.id)).map(({ kind }) => kind)).toEqual([
      'review.claimed',
      'review.restricted',
      'lease.withdrawn',
    ])
    expect(await findEventsOn(t.db, sha256)).toMatchObject([{ kind: 'media.restricted', data: {} }])
    for (const variant of ['thumbnail', 'redacted']) {
      expect((await t.fetch(`/api/v1/media/${sha256}/${variant}`, {}, 'reviewer')).status).toBe(404)
    }
  })

  it('is shown and revealed to those who may see it, and to nobody else', async () => {
    const { sha256 } = await createMedia(t.db)
    const review = await createReview(t.db, { media: [sha256] })
    const reveal = (call: TestCall) =>
      call(api.revealMedia, {
        params: { reviewId: review.id as ReviewId },
        body: { clientId: clientId(), sha256: sha256 as Sha256 },
      })
    const before = await reveal(t.as('reviewer'))
    await restrictMedia(t.as('reviewer'), sha256)
    await expect(reveal(t.as('reviewer'))).rejects.toMatchObject({ status: 404 })
    expect((await t.fetch(before.url, {}, 'reviewer')).status).toBe(404)
    const call = await seeing()
    expect((await open(call, review.id)).snapshot.media).toMatchObject([{ sha256, isRestricted: true }])
    expect((await reveal(call)).url).toContain(sha256)
  })

  it('lets its reviews go when the mark is taken away, but for those restricted otherwise', async () => {
    const [first, second] = [await createMedia(t.db), await createMedia(t.db)]
    const one = await createReview(t.db, { media: [first.sha256] })
    const both = await createReview(t.db, { media: [first.sha256, second.sha256] })
    const call = await seeing()
    await restrictMedia(call, first.sha256)
    await restrictMedia(call, second.sha256)
    await restrictMedia(call, first.sha256, mark(false))
    expect([await isRestricted(one.id), await isRestricted(both.id)]).toEqual([false, true])
    await expect(restrictMedia(t.as('reviewer'), second.sha256, mark(false))).rejects.toMatchObject({ status: 404 })
  })

  it('is marked once by two who mark it at once', async () => {
    const { sha256 } = await createMedia(t.db)
    const reviews = await Promise.all([1, 2, 3].map(() => createReview(t.db, { media: [sha256] })))
    const results = await Promise.allSettled(
      [t.as('reviewer'), t.as('supervisor')].map((c) => restrictMedia(c, sha256)),
    )
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true)
    expect(await findEventsOn(t.db, sha256)).toHaveLength(1)
    for (const { id } of reviews) expect(await findEventsOn(t.db, id)).toHaveLength(1)
  })

  it('takes a review along that was taken in at the same moment', async () => {
    const { sha256 } = await createMedia(t.db)
    await createReview(t.db, { media: [sha256] })
    await restrictMedia(t.as('reviewer'), sha256)
    await sealEvents(t.db)
    expect(await restrictLateReviews(t.deps)).toBe(0)
    const late = await createReview(t.db, { media: [sha256], is_restricted: false })
    expect(await restrictLateReviews(t.deps)).toBe(1)
    expect(await isRestricted(late.id)).toBe(true)
    expect(await findEventsOn(t.db, late.id)).toMatchObject([{ kind: 'review.restricted', personId: null }])
  })

  it('is not found where no review that one sees shows it', async () => {
    const { sha256 } = await createMedia(t.db)
    await expect(restrictMedia(t.as('reviewer'), sha256)).rejects.toMatchObject({ status: 404 })
  })
})
