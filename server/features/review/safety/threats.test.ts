import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const t = useTestApi()
const clientId = () => crypto.randomUUID()
const line = 'Says he will shoot at the school on Monday'

const raise = (call: TestCall, id: string, body = { clientId: clientId(), line }) =>
  call(api.raiseThreat, { params: { reviewId: id as ReviewId }, body })
const openThreats = async (call: TestCall) => (await call(api.listThreats, {})).items
const answer = (call: TestCall, threatId: string, toldAt: string | null = '2026-07-02T10:00:00.000Z') =>
  call(api.answerThreat, { params: { threatId }, body: { clientId: clientId(), told: 'Duty officer Almaty', toldAt } })
const threatAt = async (id: string) =>
  (await t.db.selectFrom('review').select('threat_at').where('id', '=', id).executeTakeFirstOrThrow()).threat_at

describe('a threat to life', () => {
  it('is raised by those who decide, without a claim, and is on the lists until somebody was told', async () => {
    const review = await createReview(t.db)
    for (const role of ['admin', 'auditor'] as const) {
      await expect(raise(t.as(role), review.id)).rejects.toMatchObject({ status: 403 })
    }
    const body = { clientId: clientId(), line }
    const raised = await raise(t.as('reviewer'), review.id, body)
    expect(await raise(t.as('reviewer'), review.id, body)).toEqual(raised)
    expect(raised).toMatchObject({ line, raisedById: t.person('reviewer').id, told: null, closedAt: null })
    expect((await threatAt(review.id))?.toISOString()).toBe(raised.raisedAt)
    expect(await openThreats(t.as('supervisor'))).toEqual([raised])
    expect(await openThreats(t.as('admin'))).toEqual([raised])

    await expect(answer(t.as('reviewer'), raised.id)).rejects.toMatchObject({ status: 403 })
    const answered = await answer(t.as('supervisor'), raised.id)
    expect(answered).toMatchObject({
      told: 'Duty officer Almaty',
      toldAt: '2026-07-02T10:00:00.000Z',
      closedById: t.person('supervisor').id,
      closedAt: expect.any(String),
    })
    expect(await openThreats(t.as('supervisor'))).toEqual([])
    expect(await threatAt(review.id)).not.toBeNull()
    const ofReview = await t.as('reviewer')(api.listThreats, { query: { reviewId: review.id as ReviewId } })
    expect(ofReview.items).toEqual([answered])
    await expect(answer(t.as('admin'), raised.id)).rejects.toMatchObject({
      status: 409,
      body: { code: 'already_answered' },
    })
  })

  it('is not marked any more when it turns out to be none', async () => {
    const review = await createReview(t.db)
    const [first, second] = [await raise(t.as('reviewer'), review.id), await raise(t.second('reviewer'), review.id)]
    await answer(t.as('supervisor'), first.id, null)
    expect(await threatAt(review.id)).not.toBeNull()
    await answer(t.as('supervisor'), second.id, null)
    expect(await threatAt(review.id)).toBeNull()
  })

  it('needs a line, and a review that one sees', async () => {
    const review = await createReview(t.db, { queue_id: 'spam' })
    await expect(raise(t.as('reviewer'), review.id, { clientId: clientId(), line: ' ' })).rejects.toMatchObject({
      status: 400,
      body: { issues: [{ path: 'line' }] },
    })
    await t.setScope(t.secondPerson('reviewer'), { queues: ['extremism'] })
    await expect(raise(t.second('reviewer'), review.id)).rejects.toMatchObject({ status: 404 })
  })

  it('is told to those in charge of its queue, the oldest first', async () => {
    const [hate, spam] = [
      await createReview(t.db, { queue_id: 'hate' }),
      await createReview(t.db, { queue_id: 'spam' }),
    ]
    const [older, newer] = [await raise(t.as('reviewer'), hate.id), await raise(t.as('reviewer'), spam.id)]
    expect((await openThreats(t.as('supervisor'))).map(({ id }) => id)).toEqual([older.id, newer.id])
    await t.setScope(t.secondPerson('supervisor'), { queues: ['spam'] })
    expect(await openThreats(t.second('supervisor'))).toEqual([newer])
    await expect(answer(t.second('supervisor'), older.id)).rejects.toMatchObject({ status: 404 })
    for (const { id } of [older, newer]) await answer(t.as('supervisor'), id)
  })

  it('in a restricted review says only that it is there to those who may not see it', async () => {
    const review = await createReview(t.db)
    const raised = await raise(t.as('reviewer'), review.id)
    await t.as('reviewer')(api.restrictReview, {
      params: { reviewId: review.id as ReviewId },
      body: { clientId: clientId(), isRestricted: true },
    })
    const [hidden] = await openThreats(t.as('supervisor'))
    expect(hidden).toMatchObject({ id: raised.id, isHidden: true, reviewId: null, reference: null, line: null })
    await expect(answer(t.as('supervisor'), raised.id)).rejects.toMatchObject({ status: 404 })
    const ofReview = await t.as('supervisor')(api.listThreats, { query: { reviewId: review.id as ReviewId } })
    expect(ofReview.items).toEqual([])
    await t.setScope(t.secondPerson('supervisor'), { seesRestricted: true })
    expect(await openThreats(t.second('supervisor'))).toMatchObject([{ isHidden: false, line }])
  })

  it('is in the log by ids and hashes only', async () => {
    const review = await createReview(t.db)
    const { id } = await raise(t.as('reviewer'), review.id)
    await answer(t.as('supervisor'), id)
    const events = await findEventsOn(t.db, review.id)
    expect(events.map(({ kind }) => kind)).toEqual(['review.threat_raised', 'review.threat_answered'])
    expect(JSON.stringify(events)).not.toMatch(/shoot|officer/)
    expect(events[0]?.data).toEqual({ threatId: id, lineSha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })
})
