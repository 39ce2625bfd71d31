import { describe, expect, it } from 'vitest'
import { newId } from '#server/db/id.ts'
import { getAccount, getAccountTimeline, listAccountPosts, listAccounts } from '#shared/contract/accounts.ts'
import { Role } from '#shared/domain/permissions.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import {
  createAccount,
  createDecision,
  createFlag,
  createMedia,
  createNote,
  createReview,
} from '#test/support/factories.ts'

const t = useTestApi()

type Query = NonNullable<Parameters<TestCall>[1]['query']>

/** Each test has a platform of its own, so that none sees the rows of another. */
let platforms = 0
const newPlatform = () => `platform-${++platforms}`
const nobody = '01900000-0000-7000-8000-000000000000'

async function handlesOf(query: Query, call: TestCall = t.as('supervisor')) {
  const { items } = await call(listAccounts, { query })
  return items.map(({ handle }) => handle)
}

/** An account with one review, as intake makes it. */
async function createSeen(
  overrides: Parameters<typeof createAccount>[1] & { queue_id?: string; restricted?: boolean },
) {
  const { queue_id = 'extremism', restricted: is_restricted = false, ...columns } = overrides
  const account = await createAccount(t.db, columns)
  const review = await createReview(t.db, { account_id: account.id, queue_id, is_restricted })
  return { ...account, review }
}

async function limitTo(personId: string, queueId: string) {
  await t.owner.updateTable('auth.user').set({ seesAllQueues: false }).where('id', '=', personId).execute()
  await t.owner
    .insertInto('queue_member')
    .values({ person_id: personId, queue_id: queueId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  t.travel(6_000)
}

describe('listAccounts', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(listAccounts, {})).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it.each(Role.options)('lets a %s read', async (role) => {
    expect(await handlesOf({ platform: newPlatform() }, t.as(role))).toEqual([])
  })

  it('refuses a status of no such kind', async () => {
    await expect(handlesOf({ status: 'angry' })).rejects.toMatchObject({ body: { issues: [{ path: 'status' }] } })
  })

  it('counts flags, posts, decisions and what waits', async () => {
    const platform = newPlatform()
    const { id, review } = await createSeen({ platform, handle: 'artyom_2' })
    await t.db.updateTable('review').set({ flag_count: 7 }).where('id', '=', review.id).execute()
    await createDecision(t.db, { review_id: (await createReview(t.db, { account_id: id })).id })
    const { items, count } = await t.as('reviewer')(listAccounts, { query: { platform } })
    expect(count).toEqual({ value: 1, exact: true })
    const exact = (value: number) => ({ value, exact: true })
    expect(items).toMatchObject([
      {
        id,
        handle: 'artyom_2',
        counts: { flags: exact(8), posts: exact(2), decisions: exact(1), openReviews: exact(1) },
      },
    ])
  })

  it('finds the beginning of a handle, a name or an id, whatever the case and the script', async () => {
    const platform = newPlatform()
    await createSeen({ platform, handle: 'Қайда_1', external_id: 'ID77' })
    await createSeen({ platform, handle: 'other', display_name: 'ҚАЙДА бару' })
    await createSeen({ platform, handle: 'third', display_name: 'бару ҚАЙДА', external_id: 'қай_9' })
    await createSeen({ platform, handle: 'fourth_%' })
    expect((await handlesOf({ platform, q: 'қАЙ' })).sort()).toEqual(['other', 'third', 'Қайда_1'].sort())
    expect(await handlesOf({ platform, q: 'id7' })).toEqual(['Қайда_1'])
    expect(await handlesOf({ platform, q: 'fourth_%' })).toEqual(['fourth_%'])
    expect(await handlesOf({ platform, q: '%' })).toEqual([])
  })

  it('knows new accounts from those of more than 30 days', async () => {
    const platform = newPlatform()
    const daysAgo = (days: number) => new Date(t.deps.now().getTime() - days * 86_400_000)
    await createSeen({ platform, handle: 'new', created_at: daysAgo(29) })
    await createSeen({ platform, handle: 'old', created_at: daysAgo(31) })
    await createSeen({ platform, handle: 'unknown' })
    expect(await handlesOf({ platform, new: 'true' })).toEqual(['new'])
    expect((await handlesOf({ platform, new: 'false' })).sort()).toEqual(['old', 'unknown'])
  })

  it('leaves out accounts of which somebody may see no review', async () => {
    const platform = newPlatform()
    const hate = await createSeen({ platform, handle: 'hate', queue_id: 'hate' })
    await createReview(t.db, { account_id: hate.id, queue_id: 'safety' })
    const safety = await createSeen({ platform, handle: 'safety', queue_id: 'safety' })
    const restricted = await createSeen({ platform, handle: 'restricted', queue_id: 'hate', restricted: true })
    expect((await handlesOf({ platform })).sort()).toEqual(['hate', 'safety'])
    await limitTo(t.secondPerson('reviewer').id, 'hate')
    const call = t.second('reviewer')
    const { items, count } = await call(listAccounts, { query: { platform } })
    expect(items).toMatchObject([{ handle: 'hate', counts: { posts: { value: 1 }, openReviews: { value: 1 } } }])
    expect(count).toEqual({ value: 1, exact: true })
    for (const accountId of [safety.id, restricted.id, nobody]) {
      for (const endpoint of [getAccount, getAccountTimeline, listAccountPosts]) {
        await expect(call(endpoint as typeof getAccount, { params: { accountId } })).rejects.toMatchObject({
          status: 404,
          body: { code: 'not_found' },
        })
      }
    }
  })
})

describe('getAccount', () => {
  it('tells standing, notes, measures in force and the review to take', async () => {
    const account = await createSeen({ handle: 'artyom_2', status: 'blocked' })
    const urgent = await createReview(t.db, { account_id: account.id, priority: 96 })
    const blocking = await createDecision(t.db, {
      review_id: (await createReview(t.db, { account_id: account.id })).id,
      measures: [
        { target: 'post', kind: 'remove' },
        { target: 'account', kind: 'block' },
      ],
    })
    const lifted = await createDecision(t.db, {
      review_id: (await createReview(t.db, { account_id: account.id })).id,
      measures: [{ target: 'account', kind: 'limit' }],
    })
    const began_at = new Date('2026-01-02T00:00:00Z')
    await t.db.updateTable('measure').set({ began_at }).execute()
    await t.db
      .updateTable('measure')
      .set({ ended_at: began_at, ended_as: 'superseded' })
      .where('decision_id', '=', lifted.id)
      .execute()
    await createNote(t.db, { account_id: account.id, body: 'Same person.' })
    await t.db
      .insertInto('account_status')
      .values({ id: newId(), account_id: account.id, status: 'blocked', since: began_at, source: 'vk' })
      .execute()
    const detail = await t.as('auditor')(getAccount, { params: { accountId: account.id } })
    expect(detail).toMatchObject({
      status: 'blocked',
      history: [{ status: 'blocked', source: 'vk' }],
      notes: [{ body: 'Same person.' }],
      removed: { value: 1, exact: true },
      nextReviewId: urgent.id,
    })
    expect(detail.measures).toMatchObject([
      { decisionId: blocking.id, target: 'account', kind: 'block', beganAt: began_at.toISOString() },
      { decisionId: blocking.id, target: 'post', kind: 'remove' },
    ])
  })
})

describe('getAccountTimeline', () => {
  it('puts statuses, posts, flags by day and decisions in the order of time', async () => {
    const created_at = new Date('2025-12-01T00:00:00Z')
    const account = await createAccount(t.db, { created_at })
    const review = await createReview(t.db, { account_id: account.id, caption: 'Три снимка' })
    const { post_id, snapshot_id } = review
    await t.db
      .updateTable('post')
      .set({ posted_at: new Date('2025-12-24T10:00:00Z') })
      .where('id', '=', post_id!)
      .execute()
    for (const hour of ['09', '23']) {
      await createFlag(t.db, {
        account_id: account.id,
        snapshot_id,
        review_id: review.id,
        flagged_at: new Date(`2025-12-25T${hour}:00:00Z`),
        source_kind: hour === '09' ? 'user_report' : 'classifier',
      })
    }
    const decided_at = new Date('2026-01-05T00:00:00Z')
    const decision = await createDecision(t.db, {
      review_id: review.id,
      decided_at,
      measures: [{ target: 'post', kind: 'remove' }],
    })
    const { items, isCut } = await t.as('reviewer')(getAccountTimeline, { params: { accountId: account.id } })
    expect(isCut).toBe(false)
    expect(items).toMatchObject([
      { kind: 'opened', at: created_at.toISOString() },
      { kind: 'post', captionExcerpt: 'Три снимка', at: '2025-12-24T10:00:00.000Z' },
      { kind: 'flags', count: 2, at: '2025-12-25T09:00:00.000Z', sources: ['classifier', 'user_report'] },
      { kind: 'flags', count: 1 },
      { kind: 'decision', decisionId: decision.id, postMeasure: 'remove', accountMeasure: null },
    ])
  })
})

describe('listAccountPosts', () => {
  it('shows each post once, with its newest review and what was decided, page by page', async () => {
    const media = await createMedia(t.db)
    const { id: accountId, review: first } = await createSeen({})
    await createDecision(t.db, { review_id: first.id, measures: [{ target: 'post', kind: 'label' }] })
    const again = await createReview(t.db, { account_id: accountId, post_id: first.post_id })
    const second = await createReview(t.db, { account_id: accountId, media: [media.sha256] })
    await createDecision(t.db, { review_id: second.id, measures: [{ target: 'post', kind: 'remove' }] })
    await createReview(t.db, { account_id: accountId, is_restricted: true })
    await createReview(t.db, { account_id: accountId, post_id: null })
    const call = t.as('supervisor')
    const page = await call(listAccountPosts, { params: { accountId }, query: { limit: 1 } })
    expect(page.count).toEqual({ value: 2, exact: true })
    expect(page.items).toMatchObject([
      {
        id: second.post_id,
        media: { count: 1, first: media.sha256 },
        review: { id: second.id, state: 'decided' },
        decision: { outcome: 'violation', postMeasure: 'remove', delivery: 'recorded' },
      },
    ])
    const next = await call(listAccountPosts, { params: { accountId }, query: { cursor: page.nextCursor! } })
    expect(next.items).toMatchObject([{ id: first.post_id, review: { id: again.id, state: 'open' }, decision: null }])
    expect(next.nextCursor).toBeNull()
  })
})
