import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import { ReviewSort } from '#shared/contract/reviews.ts'
import { Role } from '#shared/domain/permissions.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createDecision, createLease, createMedia, createReview } from '#test/support/factories.ts'

const t = useTestApi()

type Query = NonNullable<Parameters<TestCall>[1]['query']>

/** Each test has a platform of its own, so that none sees the rows of another. */
let platforms = 0
const newPlatform = () => `platform-${++platforms}`

async function list(query: Query, role: Role = 'reviewer') {
  return t.as(role)(api.listReviews, { query })
}

async function excerpts(query: Query) {
  const { items } = await list(query)
  return items.map((item) => item.captionExcerpt)
}

describe('listReviews', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(api.listReviews, {})).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it.each(Role.options)('lets a %s read', async (role) => {
    expect((await list({ platform: newPlatform() }, role)).items).toEqual([])
  })

  it('shows everything the table needs of a review', async () => {
    const platform = newPlatform()
    const media = await createMedia(t.db, { state: 'pending' })
    const review = await createReview(t.db, {
      platform,
      caption: 'Паспорт',
      media: [media.sha256],
      policy_id: 'tve.glorification',
      sources: ['hash_match', 'user_report'],
      account_created_at: new Date('2025-12-20T00:00:00Z'),
      opened_at: new Date('2026-01-01T00:00:00Z'),
      posted_at: new Date('2025-12-31T00:00:00Z'),
      display_name: 'Artyom',
      claimed_place: 'Mosul',
      reach: 5_400,
      score: 0.5,
      media_kinds: ['image'],
      priority_terms: JSON.stringify([{ code: 'source', detail: 'hash_match', value: 24 }]),
    })
    const { items, count } = await list({ platform })
    expect(count).toEqual({ value: 1, exact: true })
    expect(items).toEqual([
      {
        id: review.id,
        reference: `DKT-${review.number}`,
        version: 1,
        state: 'open',
        queueId: 'extremism',
        subject: 'post',
        captionExcerpt: 'Паспорт',
        language: 'ru',
        platform,
        accountId: review.account_id,
        handle: review.handle,
        displayName: 'Artyom',
        accountStatus: 'active',
        isNewAccount: true,
        claimedPlace: 'Mosul',
        reach: 5_400,
        score: 0.5,
        postedAt: '2025-12-31T00:00:00.000Z',
        policy: 'tve.glorification',
        flagCount: 1,
        sources: ['hash_match', 'user_report'],
        media: { count: 1, kinds: ['image'], first: media.sha256, firstState: 'pending' },
        priority: 50,
        priorityTerms: [{ code: 'source', detail: 'hash_match', value: 24 }],
        dueAt: review.due_at.toISOString(),
        openedAt: '2026-01-01T00:00:00.000Z',
        holderId: null,
        decidedAt: null,
        decidedById: null,
        outcome: null,
        exemption: null,
        isRestricted: false,
        threatAt: null,
        assigneeId: null,
        wakeAt: null,
        escalatedTo: null,
      },
    ])
  })

  it('takes an account of more than 30 days for an old one', async () => {
    const platform = newPlatform()
    const opened_at = new Date('2026-01-31T00:00:00Z')
    await createReview(t.db, { platform, opened_at, account_created_at: new Date('2026-01-01T00:00:00Z') })
    await createReview(t.db, { platform, opened_at })
    const { items } = await list({ platform })
    expect(items.map((item) => item.isNewAccount)).toEqual([false, false])
  })

  it('sorts by each order', async () => {
    const platform = newPlatform()
    const day = (n: number) => new Date(Date.UTC(2026, 0, n))
    const rows = [
      { caption: 'a', priority: 10, due_at: day(20), opened_at: day(1), flag_count: 5 },
      { caption: 'b', priority: 30, due_at: day(21), opened_at: day(3), flag_count: 1 },
      { caption: 'c', priority: 20, due_at: day(19), opened_at: day(2), flag_count: 9 },
    ]
    for (const row of rows) await createReview(t.db, { platform, ...row })
    const sorted = Object.fromEntries(
      await Promise.all(
        ReviewSort.options.map(async (sort) => [sort, (await excerpts({ platform, sort })).join('')] as const),
      ),
    )
    expect(sorted).toEqual({ priority: 'bca', due: 'cab', newest: 'bca', oldest: 'acb', flags: 'cab' })
  })

  it('shows what waits unless asked for other states', async () => {
    const platform = newPlatform()
    await createReview(t.db, { platform, caption: 'open', priority: 3 })
    await createReview(t.db, { platform, caption: 'held', state: 'on_hold', priority: 2 })
    const decided = await createReview(t.db, { platform, caption: 'decided', priority: 1 })
    await createDecision(t.db, { review_id: decided.id })
    expect(await excerpts({ platform })).toEqual(['open', 'held'])
    expect(await excerpts({ platform, state: 'on_hold' })).toEqual(['held'])
    expect(await excerpts({ platform, state: 'decided' })).toEqual(['decided'])
    expect(await excerpts({ platform, state: ['decided', 'on_hold'] })).toEqual(['held', 'decided'])
    const all = await list({ platform, state: ['open', 'on_hold', 'escalated', 'confirming', 'decided'] })
    expect(all.items.map((item) => item.captionExcerpt)).toEqual(['open', 'held', 'decided'])
    expect(all.count).toEqual({ value: 3, exact: true })
    expect(all.items[2]).toMatchObject({ outcome: 'violation', decidedById: 'person-1', version: 2 })
  })

  it('combines filters', async () => {
    const platform = newPlatform()
    const row = { platform, queue_id: 'hate', policy_id: 'tve.glorification', language: 'kk' }
    await createReview(t.db, { ...row, caption: 'hit', account_status: 'blocked' })
    await createReview(t.db, { ...row, caption: 'other status', account_status: 'active' })
    await createReview(t.db, { ...row, caption: 'other language', account_status: 'blocked', language: 'ru' })
    await createReview(t.db, { ...row, caption: 'other queue', account_status: 'blocked', queue_id: 'general' })
    await createReview(t.db, { ...row, caption: 'other policy', account_status: 'blocked', policy_id: 'spam.bulk' })
    const asked = { platform, queue: 'hate', policy: 'tve.glorification', language: 'kk', accountStatus: 'blocked' }
    expect(await excerpts(asked)).toEqual(['hit'])
    expect((await excerpts({ ...asked, language: ['kk', 'ru'] })).sort()).toEqual(['hit', 'other language'])
    expect(await excerpts({ ...asked, queue: ['hate', 'general'], sort: 'oldest' })).toEqual(['hit', 'other queue'])
  })

  it('finds reviews without a suspected clause as unsorted', async () => {
    const platform = newPlatform()
    await createReview(t.db, { platform, caption: 'none', priority: 2 })
    await createReview(t.db, { platform, caption: 'one', priority: 1, policy_id: 'tve.glorification' })
    expect(await excerpts({ platform, policy: 'unsorted' })).toEqual(['none'])
    expect(await excerpts({ platform, policy: ['unsorted', 'tve.glorification'] })).toEqual(['none', 'one'])
  })

  it('finds and counts what waits for me: assigned, or escalated to me or to my role', async () => {
    const platform = 'for-me'
    const me = t.person('supervisor').id
    const put = (caption: string, set: object) =>
      createReview(t.db, { platform, caption }).then(({ id }) =>
        t.db.updateTable('review').set(set).where('id', '=', id).execute(),
      )
    await put('assigned', { assignee_id: me, priority: 9 })
    await put('to me', { state: 'escalated', escalated_to: me, priority: 8 })
    await put('to my role', { state: 'escalated', escalated_role: 'supervisor', priority: 7 })
    await put('to another', { state: 'escalated', escalated_to: t.secondPerson('supervisor').id })
    await put('to another role', { state: 'escalated', escalated_role: 'admin' })
    await put('done', { state: 'decided', assignee_id: me })
    await put('simply waits', { priority: 1 })
    const call = t.as('supervisor')
    const { items } = await call(api.listReviews, { query: { platform, forMe: 'true' } })
    expect(items.map(({ captionExcerpt }) => captionExcerpt)).toEqual(['assigned', 'to me', 'to my role'])
    expect(items.map(({ escalatedTo }) => escalatedTo)).toEqual([null, { personId: me }, { role: 'supervisor' }])
    expect((await call(api.countReviews, { query: { platform } })).forMe).toBe(3)
    expect((await call(api.countReviews, { query: {} })).forMe).toBe(3)
    expect((await t.as('reviewer')(api.listReviews, { query: { platform, forMe: 'true' } })).items).toEqual([])
  })

  it('finds mine: held by me, or decided by me', async () => {
    const platform = newPlatform()
    const me = t.person('reviewer').id
    const mine = await createReview(t.db, { platform, caption: 'mine' })
    const theirs = await createReview(t.db, { platform, caption: 'theirs' })
    await createLease(t.db, mine, { holder_id: me })
    await createLease(t.db, theirs, { holder_id: t.person('supervisor').id })
    const decided = await createReview(t.db, { platform, caption: 'decided' })
    await createDecision(t.db, { review_id: decided.id, decided_by: me })
    await createDecision(t.db, { review_id: (await createReview(t.db, { platform })).id })
    expect(await excerpts({ platform, mine: 'true' })).toEqual(['mine'])
    expect(await excerpts({ platform, mine: 'true', state: 'decided' })).toEqual(['decided'])
  })

  it('pages both ways and counts on the first page only', async () => {
    const platform = newPlatform()
    for (const caption of ['a', 'b', 'c', 'd', 'e']) await createReview(t.db, { platform, caption })
    const sorted = { platform, sort: 'oldest', limit: 2 }
    const first = await list(sorted)
    expect(first).toMatchObject({ count: { value: 5, exact: true }, previousCursor: null })
    const second = await list({ ...sorted, cursor: first.nextCursor })
    const third = await list({ ...sorted, cursor: second.nextCursor })
    expect(third).toMatchObject({ count: null, nextCursor: null })
    const back = await list({ ...sorted, cursor: third.previousCursor })
    const pages = [first, second, third, back].map(({ items }) => items.map((item) => item.captionExcerpt).join(''))
    expect(pages).toEqual(['ab', 'cd', 'e', 'cd'])
    expect((await list({ ...sorted, cursor: back.previousCursor })).previousCursor).toBeNull()
  })

  it('leads back from a page that turned out empty', async () => {
    const platform = newPlatform()
    for (const caption of ['a', 'b']) await createReview(t.db, { platform, caption })
    const gone = await createReview(t.db, { platform })
    const sorted = { platform, sort: 'oldest', limit: 2 }
    const first = await list(sorted)
    await createDecision(t.db, { review_id: gone.id })
    const empty = await list({ ...sorted, cursor: first.nextCursor })
    expect(empty.items).toEqual([])
    expect(await excerpts({ ...sorted, cursor: empty.previousCursor })).toEqual(['a', 'b'])
  })

  it('refuses a cursor that is broken or of another order', async () => {
    const platform = newPlatform()
    for (const caption of ['a', 'b']) await createReview(t.db, { platform, caption })
    const { nextCursor } = await list({ platform, limit: 1, sort: 'due' })
    const tampered = Buffer.from(JSON.stringify({ direction: 'after', sort: 'due', value: 'x', id: '1' }))
    const wrong = [
      { sort: 'newest', cursor: nextCursor },
      { sort: 'due', cursor: `${nextCursor}x`.slice(4) },
      { sort: 'due', cursor: tampered.toString('base64url') },
      { sort: 'priority', cursor: cursorOf({ sort: 'priority', value: 4_000_000_000 }) },
    ]
    for (const query of wrong) {
      await expect(list({ platform, ...query })).rejects.toMatchObject({
        status: 400,
        body: { code: 'invalid_request', issues: [{ path: 'cursor' }] },
      })
    }
  })

  it('refuses filters that do not exist', async () => {
    for (const query of [{ state: 'done' }, { sort: 'colour' }, { limit: 0 }, { limit: 500 }]) {
      await expect(list(query)).rejects.toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    }
  })
})

const cursorOf = (parts: object) =>
  Buffer.from(JSON.stringify({ direction: 'after', id: '01900000-0000-7000-8000-000000000000', ...parts })).toString(
    'base64url',
  )

describe('countReviews', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(api.countReviews, {})).rejects.toMatchObject({ status: 401 })
  })

  it('counts each state, each queue and mine under the filters', async () => {
    const platform = newPlatform()
    const me = t.person('reviewer').id
    await createReview(t.db, { platform, queue_id: 'hate' })
    await createReview(t.db, { platform, queue_id: 'hate', state: 'escalated' })
    const mine = await createReview(t.db, { platform, queue_id: 'general' })
    await createLease(t.db, mine, { holder_id: me })
    const decided = await createReview(t.db, { platform, queue_id: 'hate' })
    await createDecision(t.db, { review_id: decided.id, decided_by: me })
    await createReview(t.db, { queue_id: 'hate' })
    const counts = await t.as('reviewer')(api.countReviews, { query: { platform } })
    expect(counts.mine).toBe(1)
    expect(counts.byState).toEqual({
      open: { value: 2, exact: true },
      on_hold: { value: 0, exact: true },
      escalated: { value: 1, exact: true },
      confirming: { value: 0, exact: true },
      decided: { value: 1, exact: true },
    })
    const queues = Object.fromEntries(counts.byQueue.map((queue) => [queue.queueId, queue.value]))
    expect(queues).toEqual({ urgent: 0, extremism: 0, hate: 2, safety: 0, general: 1 })
    const hate = await t.as('reviewer')(api.countReviews, { query: { platform, queue: 'hate' } })
    expect(hate.byQueue).toEqual([{ queueId: 'hate', value: 2, exact: true }])
    expect(hate.byState.open).toEqual({ value: 1, exact: true })
  })
})
