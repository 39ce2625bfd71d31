import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { Role } from '#shared/domain/permissions.ts'
import { useTestApi } from '#test/support/api.ts'
import {
  createAccount,
  createDecision,
  createFlag,
  createLease,
  createMedia,
  createNote,
  createReview,
  createSnapshot,
} from '#test/support/factories.ts'

const t = useTestApi()

const nobody = '01900000-0000-7000-8000-000000000000' as ReviewId

function getDesk(id: string, role: Role = 'reviewer') {
  return t.as(role)(api.getReview, { params: { reviewId: id as ReviewId } })
}

function getFlags(id: string, query: { limit?: number; cursor?: string | null } = {}, role: Role = 'reviewer') {
  const { cursor, ...rest } = query
  return t.as(role)(api.listReviewFlags, {
    params: { reviewId: id as ReviewId },
    query: { ...rest, ...(cursor && { cursor }) },
  })
}

describe('getReview', () => {
  it('answers 401 without a session', async () => {
    const asked = t.anonymous(api.getReview, { params: { reviewId: nobody } })
    await expect(asked).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it.each(Role.options)('lets a %s read', async (role) => {
    const review = await createReview(t.db)
    expect((await getDesk(review.id, role)).review.id).toBe(review.id)
  })

  it('answers 404 for a review that is not there', async () => {
    await expect(getDesk(nobody)).rejects.toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('shows the post as it was captured, its media in order', async () => {
    const [first, second] = [await createMedia(t.db), await createMedia(t.db, { is_restricted: true, state: 'failed' })]
    const review = await createReview(t.db, { caption: 'тағұт', media: [second.sha256, first.sha256] })
    await t.setScope(t.person('auditor'), { seesRestricted: true })
    const desk = await getDesk(review.id, 'auditor')
    expect(desk.snapshot).toMatchObject({
      id: review.snapshot_id,
      caption: 'тағұт',
      language: 'ru',
      accountStatus: 'active',
      handle: review.handle,
      sourceName: 'vk-intake',
    })
    expect(desk.snapshot.media).toMatchObject([
      { position: 0, sha256: second.sha256, state: 'failed', isRestricted: true, mime: 'image/jpeg', width: 800 },
      { position: 1, sha256: first.sha256, state: 'ready', isRestricted: false },
    ])
    expect(desk.post).toMatchObject({ id: review.post_id, kind: 'post' })
    expect(desk.review.reference).toBe(`DKT-${review.number}`)
  })

  it('names media that cannot be shown', async () => {
    const review = await createReview(t.db)
    await t.db
      .insertInto('post_media')
      .values([
        { snapshot_id: review.snapshot_id, position: 0, kind: 'video', name: 'clip.mp4', caption: 'A clip' },
        { snapshot_id: review.snapshot_id, position: 1, kind: 'link', url: 'https://news.example/story' },
      ])
      .execute()
    const { snapshot } = await getDesk(review.id)
    expect(snapshot.media).toMatchObject([
      { kind: 'video', sha256: null, name: 'clip.mp4', caption: 'A clip', state: null },
      { kind: 'link', sha256: null, name: 'https://news.example/story', isRestricted: false },
    ])
  })

  it('restricts all media under a restricted clause', async () => {
    const media = await createMedia(t.db)
    const review = await createReview(t.db, { media: [media.sha256], policy_id: 'sexual.minors' })
    await t.setScope(t.person('auditor'), { seesRestricted: true })
    expect((await getDesk(review.id, 'auditor')).snapshot.media).toMatchObject([{ isRestricted: true }])
  })

  it('has no post when the account alone is flagged', async () => {
    const review = await createReview(t.db, { post_id: null })
    expect(await getDesk(review.id)).toMatchObject({ post: null, review: { subject: 'account' } })
  })

  it('tells flags by kind of source, in the order of their weight', async () => {
    const review = await createReview(t.db)
    const { id: review_id, account_id, snapshot_id } = review
    const of = { review_id, account_id, snapshot_id }
    const day = (n: number) => new Date(Date.UTC(2026, 1, n))
    await createFlag(t.db, { ...of, source_kind: 'classifier', source_name: 'model-a', score: 0.5, flagged_at: day(1) })
    await createFlag(t.db, {
      ...of,
      source_kind: 'classifier',
      source_name: 'model-a',
      score: 0.75,
      flagged_at: day(4),
    })
    await createFlag(t.db, {
      ...of,
      source_kind: 'classifier',
      source_name: 'model-b',
      reason_code: 'violence',
      flagged_at: day(3),
    })
    await createFlag(t.db, {
      ...of,
      source_kind: 'removal_order',
      source_name: 'authority',
      reason_text: 'Order 1',
      flagged_at: day(1),
    })
    await createFlag(t.db, {
      ...of,
      source_kind: 'removal_order',
      source_name: 'authority',
      reason_text: 'Order 2',
      flagged_at: day(2),
    })
    const { flags } = await getDesk(review.id)
    expect(flags.map((group) => group.kind)).toEqual(['removal_order', 'user_report', 'classifier'])
    expect(flags[0]).toMatchObject({ count: 2, text: 'Order 2', maxScore: null, sourceNames: ['authority'] })
    expect(flags[2]).toEqual({
      kind: 'classifier',
      count: 3,
      sourceNames: ['model-a', 'model-b'],
      reasons: [
        { code: 'extremism', policy: null, count: 2 },
        { code: 'violence', policy: null, count: 1 },
      ],
      text: null,
      maxScore: 0.75,
      firstAt: day(1).toISOString(),
      latestAt: day(4).toISOString(),
    })
  })

  it('shows how the account stands, this review left out', async () => {
    const account = await createAccount(t.db, {
      handle: 'artyom_1',
      status: 'blocked',
      status_since: new Date('2015-06-13T00:00:00Z'),
      status_cause: 'platform',
      created_at: new Date('2015-06-01T00:00:00Z'),
    })
    await t.db
      .insertInto('account_status')
      .values([
        {
          id: crypto.randomUUID(),
          account_id: account.id,
          status: 'blocked',
          since: new Date('2015-06-13T00:00:00Z'),
          cause: 'platform',
          source: 'vk-intake',
        },
        {
          id: crypto.randomUUID(),
          account_id: account.id,
          status: 'active',
          since: new Date('2015-06-01T00:00:00Z'),
          source: 'vk-intake',
        },
      ])
      .execute()
    const of = { account_id: account.id, account_created_at: account.created_at }
    const review = await createReview(t.db, { ...of, opened_at: new Date('2015-06-20T00:00:00Z') })
    await createReview(t.db, of)
    const earlier = await createReview(t.db, of)
    const later = await createReview(t.db, of)
    await createDecision(t.db, { review_id: earlier.id, decided_at: new Date('2015-06-10T00:00:00Z') })
    await createDecision(t.db, {
      review_id: later.id,
      decided_at: new Date('2015-06-12T00:00:00Z'),
      measures: [
        { target: 'post', kind: 'restrict', by: 'age', endsAt: '2015-07-12T00:00:00.000Z' },
        { target: 'account', kind: 'block' },
      ],
    })
    await createNote(t.db, { account_id: account.id, body: 'Known from June.' })
    const desk = await getDesk(review.id)
    expect(desk.account).toMatchObject({
      handle: 'artyom_1',
      status: 'blocked',
      statusSince: '2015-06-13T00:00:00.000Z',
      statusCause: 'platform',
      isNew: true,
      decisionCount: 2,
      openReviews: 1,
      history: [
        { status: 'active', since: '2015-06-01T00:00:00.000Z', cause: null },
        { status: 'blocked', since: '2015-06-13T00:00:00.000Z', cause: 'platform', source: 'vk-intake' },
      ],
      notes: [{ body: 'Known from June.', on: 'account' }],
    })
    expect(desk.account.decisions.map((decision) => decision.reviewReference)).toEqual([
      `DKT-${later.number}`,
      `DKT-${earlier.number}`,
    ])
    expect(desk.account.decisions[0]?.measures).toMatchObject([
      { target: 'post', kind: 'restrict', by: 'age', endsAt: '2015-07-12T00:00:00.000Z' },
      { target: 'account', kind: 'block' },
    ])
    expect(desk.decisions).toEqual([])
  })

  it('shows who holds it, its notes with earlier wordings, and its decisions', async () => {
    const review = await createReview(t.db)
    const lease = await createLease(t.db, review, { holder_id: t.person('reviewer').id })
    const first = await createNote(t.db, { review_id: review.id, body: 'one' })
    const second = await createNote(t.db, { review_id: review.id, body: 'two', supersedes_id: first.id })
    await createNote(t.db, { review_id: review.id, body: 'three', supersedes_id: second.id })
    await createNote(t.db, { review_id: review.id, body: 'another' })
    const desk = await getDesk(review.id)
    expect(desk.lease).toEqual({
      holderId: lease.holder_id,
      takenAt: lease.taken_at.toISOString(),
      expiresAt: lease.expires_at.toISOString(),
    })
    expect(desk.notes.map(({ body, earlier }) => [body, earlier.map((note) => note.body)])).toEqual([
      ['another', []],
      ['three', ['two', 'one']],
    ])
    const decided = await createReview(t.db)
    await createDecision(t.db, { review_id: decided.id, rationale: 'Praises the act.' })
    expect((await getDesk(decided.id)).decisions).toMatchObject([
      { rationale: 'Praises the act.', clause: { id: 'tve.glorification', version: 1 }, delivery: 'recorded' },
    ])
  })

  it('shows the newest snapshot of a post that changed', async () => {
    const review = await createReview(t.db, { caption: 'before' })
    const { account_id, post_id } = review
    const snapshot = await createSnapshot(t.db, { account_id, post_id, caption: 'after' })
    await t.db.updateTable('review').set({ snapshot_id: snapshot.id }).where('id', '=', review.id).execute()
    expect((await getDesk(review.id)).snapshot).toMatchObject({ id: snapshot.id, caption: 'after' })
  })
})

describe('listReviewFlags', () => {
  it('answers 401 without a session', async () => {
    const asked = t.anonymous(api.listReviewFlags, { params: { reviewId: nobody } })
    await expect(asked).rejects.toMatchObject({ status: 401 })
  })

  it('answers 404 for a review that is not there', async () => {
    await expect(getFlags(nobody)).rejects.toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('pages flags, newest first, both ways', async () => {
    const review = await createReview(t.db)
    const { id: review_id, account_id, snapshot_id } = review
    for (const text of ['1', '2', '3', '4']) {
      await createFlag(t.db, { review_id, account_id, snapshot_id, reason_text: text })
    }
    const first = await getFlags(review.id, { limit: 2 })
    expect(first).toMatchObject({ count: { value: 5, exact: true }, previousCursor: null })
    const second = await getFlags(review.id, { limit: 2, cursor: first.nextCursor })
    const third = await getFlags(review.id, { limit: 2, cursor: second.nextCursor })
    const back = await getFlags(review.id, { limit: 2, cursor: third.previousCursor })
    const texts = [first, second, third, back].map((page) => page.items.map((flag) => flag.text))
    expect(texts).toEqual([['4', '3'], ['2', '1'], [null], ['2', '1']])
    expect(third.nextCursor).toBeNull()
    await expect(getFlags(review.id, { cursor: 'x' })).rejects.toMatchObject({ status: 400 })
  })

  it.each([
    ['supervisor', 'Neighbour'],
    ['auditor', 'Neighbour'],
    ['reviewer', null],
    ['admin', null],
  ] as const)('tells a %s of the reporter: %s', async (role, name) => {
    const reporter = {
      id: crypto.randomUUID(),
      source_name: 'vk-intake',
      external_id: crypto.randomUUID(),
      name: 'Neighbour',
    }
    await t.db.insertInto('reporter').values(reporter).execute()
    const review = await createReview(t.db)
    const { id: review_id, account_id, snapshot_id } = review
    await createFlag(t.db, { review_id, account_id, snapshot_id, reporter_id: reporter.id })
    const { items } = await getFlags(review.id, {}, role)
    expect(items[0]?.reporter).toBe(name)
  })
})
