import { describe, expect, it } from 'vitest'
import { AppError } from '#server/http/errors.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, type FlagBody, sent } from '#test/support/flags.ts'
import { findEventsOn } from '#test/support/log.ts'
import { receiveFlags } from './receive-flags.ts'

const t = useTestApi()
const now = new Date('2026-07-02T12:00:00Z')

async function receive(bodies: FlagBody[], at = now): Promise<FlagResult[]> {
  const results = await receiveFlags(t.deps, { by: null, flags: bodies.map(sent), now: at })
  for (const result of results) if (result instanceof AppError) throw result
  return results as FlagResult[]
}

async function receiveOne(body: FlagBody, at = now) {
  return (await receive([body], at))[0]!
}

/** Closes a review the way a decision does, as far as intake looks. */
async function decide(reviewId: string, policyId: string | null) {
  const review = await getReview(reviewId)
  const decision_id = crypto.randomUUID()
  await t.db
    .insertInto('decision')
    .values({
      id: decision_id,
      review_id: reviewId,
      snapshot_id: review.snapshot_id,
      account_id: review.account_id,
      review_version: review.version,
      outcome: policyId ? 'violation' : 'no_violation',
      policy_id: policyId,
      policy_version: policyId ? 1 : null,
      further_clauses: '[]',
      purpose_weighed: false,
      territory: [],
      rationale: '',
      decided_at: now,
      account_status: review.account_status,
    })
    .execute()
  await t.db.updateTable('review').set({ state: 'decided', decision_id }).where('id', '=', reviewId).execute()
}

function getReview(id: string) {
  return t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

describe('a flag on a decided post', () => {
  const flagOn = (externalId: string, more: Parameters<typeof buildFlagBody>[0] = {}) =>
    buildFlagBody({ ...more, post: { externalId, caption: 'Judged', ...more.post } })

  it('is counted on the decision when content and clause were judged', async () => {
    const { reviewId } = await receiveOne(flagOn('judged'))
    await decide(reviewId!, 'abuse.insult')

    const same = await receiveOne(flagOn('judged'))
    const decidedClause = await receiveOne(flagOn('judged', { reason: { policy: 'abuse.insult' } }))
    const unsorted = await receiveOne(flagOn('judged', { reason: { code: 'it smells' } }))

    for (const flag of [same, decidedClause, unsorted]) expect(flag).toMatchObject({ reviewId, effect: 'recorded' })
    expect(await getReview(reviewId!)).toMatchObject({ flag_count: 4, version: 1, state: 'decided' })
  })

  it.each([
    ['the content differs', { post: { caption: 'Not judged' } }],
    ['another clause is suspected', { reason: { code: 'spam' } }],
    ['an authority orders its removal', { source: { kind: 'removal_order' } }],
    ['a trusted flagger sends it', { source: { kind: 'trusted_flagger' } }],
    ['somebody takes it up himself', { source: { kind: 'own_initiative' } }],
  ] as const)('opens a review linked to the earlier one when %s', async (why, more) => {
    const { reviewId } = await receiveOne(flagOn(`again: ${why}`))
    await decide(reviewId!, null)

    const next = await receiveOne(flagOn(`again: ${why}`, more))

    expect(next.effect).toBe('opened')
    expect(await getReview(next.reviewId!)).toMatchObject({
      previous_review_id: reviewId,
      state: 'open',
      flag_count: 1,
    })
  })
})

describe('a flag under a restricted clause', () => {
  it('takes over the suspicion, which closes the media for good', async () => {
    const post = { externalId: 'closed', caption: 'One' }
    const first = await receiveOne(buildFlagBody({ post, reason: { policy: 'hate.slur' } }))
    expect(await getReview(first.reviewId!)).toMatchObject({ is_restricted: false })
    await receiveOne(buildFlagBody({ post, reason: { policy: 'sexual.minors' } }))
    await receiveOne(buildFlagBody({ post, reason: { policy: 'hate.slur' } }))
    expect(await getReview(first.reviewId!)).toMatchObject({
      policy_id: 'sexual.minors',
      flag_count: 3,
      is_restricted: true,
    })
  })
})

describe('a flag on an account alone', () => {
  it('opens one review of the account, which further ones join', async () => {
    const account = { externalId: 'alone', handle: 'alone' }
    const first = await receiveOne(buildFlagBody({ post: null, account }))
    const second = await receiveOne(buildFlagBody({ post: null, account }))
    expect(second).toMatchObject({ effect: 'joined', reviewId: first.reviewId })
    expect(await getReview(first.reviewId!)).toMatchObject({
      post_id: null,
      handle: 'alone',
      flag_count: 2,
      version: 1,
    })
  })
})

describe('what lists are filtered by', () => {
  it('is written with the review and follows what further flags say', async () => {
    const post = {
      externalId: 'facts',
      caption: 'Facts',
      reach: 50,
      claimedPlace: 'Mosul',
      postedAt: '2026-07-01T08:00:00Z',
    }
    const media = [
      { url: 'https://example.org/clip.mp4', kind: 'video' as const },
      { url: 'https://example.org/', kind: 'link' as const },
      { url: 'https://example.org/clip-2.mp4', kind: 'video' as const },
    ]
    const account = { externalId: 'facts', displayName: 'Artyom' }
    const { reviewId } = await receiveOne(buildFlagBody({ post: { ...post, media }, account, reason: { score: 0.5 } }))
    expect(await getReview(reviewId!)).toMatchObject({
      display_name: 'Artyom',
      reach: 50,
      score: 0.5,
      claimed_place: 'Mosul',
      media_kinds: ['link', 'video'],
      posted_at: new Date('2026-07-01T08:00:00Z'),
      is_restricted: false,
    })

    await receiveOne(
      buildFlagBody({
        post: { ...post, reach: 9_000, claimedPlace: 'Atyrau' },
        account: { externalId: 'facts', displayName: 'Artyom T.' },
        reason: { score: 0.25 },
      }),
    )
    expect(await getReview(reviewId!)).toMatchObject({
      display_name: 'Artyom T.',
      reach: 9_000,
      score: 0.5,
      claimed_place: 'Atyrau',
      media_kinds: [],
    })
  })
})

describe('what a flag says about an account', () => {
  const about = (externalId: string, account: Partial<FlagBody['account']>, flaggedAt = '2026-07-02T10:00:00Z') =>
    buildFlagBody({ flaggedAt, account: { externalId, ...account } })

  it('shows on its undecided reviews', async () => {
    const { reviewId } = await receiveOne(about('blocked-later', { status: 'active', handle: 'before' }))
    await receiveOne(
      about('blocked-later', { status: 'blocked', statusSince: '2026-07-02T11:00:00Z', handle: 'after' }),
    )
    const review = await getReview(reviewId!)
    expect(review).toMatchObject({ account_status: 'blocked', handle: 'after', version: 1 })
    expect(review.priority_terms).toContainEqual({ code: 'account', detail: 'blocked', value: 6 })
  })

  it('is kept as history with time, cause and source', async () => {
    await receive([
      about('history', { status: 'active', statusSince: '2026-05-01T00:00:00Z' }),
      about('history', { status: 'blocked', statusSince: '2026-06-13T00:00:00Z', statusCause: 'platform' }),
    ])
    const history = await t.db
      .selectFrom('account_status')
      .innerJoin('account', 'account.id', 'account_status.account_id')
      .select(['account_status.status', 'since', 'cause', 'source'])
      .where('external_id', '=', 'history')
      .orderBy('since')
      .execute()
    expect(history).toEqual([
      { status: 'active', since: new Date('2026-05-01T00:00:00Z'), cause: null, source: 'vk-intake' },
      { status: 'blocked', since: new Date('2026-06-13T00:00:00Z'), cause: 'platform', source: 'vk-intake' },
    ])
  })
})

describe('a flag on a review that is on hold', () => {
  const flagOn = (externalId: string, more: Parameters<typeof buildFlagBody>[0] = {}) =>
    buildFlagBody({ ...more, post: { externalId, caption: 'Waits', ...more.post } })

  async function held(externalId: string, more: object = {}) {
    const { reviewId } = await receiveOne(flagOn(externalId))
    const wake_at = new Date('2026-07-09T12:00:00Z')
    await t.db
      .updateTable('review')
      .set({ state: 'on_hold', wake_at, ...more })
      .where('id', '=', reviewId)
      .execute()
    return reviewId!
  }

  it('joins it and lets it wait on', async () => {
    const id = await held('waits')
    expect(await receiveOne(flagOn('waits'))).toMatchObject({ reviewId: id, effect: 'joined' })
    expect(await getReview(id)).toMatchObject({ state: 'on_hold', version: 1, flag_count: 2 })
  })

  it('wakes it when it is an order to remove, and moves it to where such orders wait', async () => {
    const id = await held('ordered')
    const { queue_id: before } = await getReview(id)
    await receiveOne(flagOn('ordered', { source: { kind: 'removal_order' } }))
    const review = await getReview(id)
    expect(review).toMatchObject({ state: 'open', wake_at: null, version: 2 })
    expect(review.queue_id).not.toBe(before)
    const events = await findEventsOn(t.db, id)
    expect(events.slice(1)).toMatchObject([
      { kind: 'review.woken', version: 2, data: { cause: 'removal_order' } },
      { kind: 'review.moved', version: 2, data: { from: before, to: review.queue_id } },
    ])
  })

  it('gives it back to whom it was handed up to', async () => {
    const id = await held('handed-up', { escalated_role: 'supervisor' })
    await receiveOne(flagOn('handed-up', { source: { kind: 'removal_order' } }))
    expect(await getReview(id)).toMatchObject({ state: 'escalated', escalated_role: 'supervisor' })
  })
})
