import { describe, expect, it } from 'vitest'
import { freeStranded } from '#server/jobs/free-stranded.ts'
import { useTestApi } from '#test/support/api.ts'
import { createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'
import { wakeReviews } from './wake-reviews.ts'

const t = useTestApi()

const getReview = (id: string) => t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const inMs = (ms: number) => new Date(t.deps.now().getTime() + ms)

describe('wakeReviews', () => {
  it('opens what has waited long enough, and leaves the rest', async () => {
    const due = await createReview(t.db, { state: 'on_hold', wake_at: inMs(60_000) })
    const later = await createReview(t.db, { state: 'on_hold', wake_at: inMs(3_600_000) })
    expect(await wakeReviews(t.deps)).toBe(0)
    t.travel(60_001)
    expect(await wakeReviews(t.deps)).toBe(1)
    expect(await getReview(due.id)).toMatchObject({ state: 'open', wake_at: null, version: 2 })
    expect(await getReview(later.id)).toMatchObject({ state: 'on_hold', version: 1 })
    expect(await findEventsOn(t.db, due.id)).toEqual([
      { kind: 'review.woken', personId: null, version: 2, data: { cause: 'time' } },
    ])
  })

  it('lets what was handed up wait for its answer again', async () => {
    const { id } = await createReview(t.db, { state: 'on_hold', wake_at: inMs(-1), escalated_role: 'supervisor' })
    await wakeReviews(t.deps)
    expect(await getReview(id)).toMatchObject({ state: 'escalated', escalated_role: 'supervisor' })
  })

  it('wakes each once, however many processes run it', async () => {
    const reviews = await Promise.all(
      Array.from({ length: 30 }, () => createReview(t.db, { state: 'on_hold', wake_at: inMs(-1) })),
    )
    const counts = await Promise.all(Array.from({ length: 4 }, () => wakeReviews(t.deps)))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(reviews.length)
    for (const { id } of reviews) expect(await findEventsOn(t.db, id)).toHaveLength(1)
  })
})

describe('freeStranded', () => {
  const ana = () => t.person('reviewer').id
  const disable = (id: string, disabledAt: Date | null) =>
    t.db.updateTable('auth.user').set({ disabledAt }).where('id', '=', id).execute()

  it('offers to everybody what waits for somebody who was shut out', async () => {
    const assigned = await createReview(t.db, { assignee_id: ana() })
    const handedUp = await createReview(t.db, { state: 'escalated', escalated_to: ana() })
    const others = await createReview(t.db, { assignee_id: t.secondPerson('reviewer').id })
    expect(await freeStranded(t.deps)).toBe(0)
    await disable(ana(), new Date())
    expect(await freeStranded(t.deps)).toBe(2)
    await disable(ana(), null)
    expect(await getReview(assigned.id)).toMatchObject({ assignee_id: null, version: 2 })
    expect(await getReview(handedUp.id)).toMatchObject({
      state: 'escalated',
      escalated_to: null,
      escalated_role: 'supervisor',
      version: 2,
    })
    expect(await getReview(others.id)).toMatchObject({ version: 1 })
    expect(await findEventsOn(t.db, handedUp.id)).toEqual([
      {
        kind: 'review.turn_passed',
        personId: null,
        version: 2,
        data: { addresseeId: ana(), toRole: 'supervisor' },
      },
    ])
  })

  it.each([
    ['is restricted', { is_restricted: true }],
    ['stands in a queue they cannot take from', { queue_id: 'elsewhere' }],
  ] as const)('offers to everybody what %s', async (_name, change) => {
    const { id } = await createReview(t.db, { assignee_id: ana() })
    await createReview(t.db, { queue_id: 'elsewhere' })
    await t.setScope(t.person('reviewer'), { queues: ['extremism'] })
    expect(await freeStranded(t.deps)).toBe(0)
    await t.db.updateTable('review').set(change).where('id', '=', id).execute()
    expect(await freeStranded(t.deps)).toBe(1)
    await t.setScope(t.person('reviewer'), {})
    expect((await getReview(id)).assignee_id).toBeNull()
  })
})
