import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { AppError } from '#server/http/errors.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import { listReviewFlags, type ReviewId } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, type FlagBody, reviewsOfPost, sent } from '#test/support/flags.ts'
import { receiveFlags } from './receive-flags.ts'

const t = useTestApi()
const now = new Date('2026-07-02T12:00:00Z')
const hour = 3_600_000

async function receive(bodies: FlagBody[], at = now): Promise<FlagResult[]> {
  const results = await receiveFlags(t.deps, { by: null, flags: bodies.map(sent), now: at })
  for (const result of results) if (result instanceof AppError) throw result
  return results as FlagResult[]
}

async function receiveOne(body: FlagBody, at = now) {
  return (await receive([body], at))[0]!
}

function getReview(id: string) {
  return t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

describe('a flag on a post that nobody flagged', () => {
  it('opens a review that shows the post and its account', async () => {
    const { reviewId, effect } = await receiveOne(
      buildFlagBody({
        reason: { code: 'extremism' },
        post: { externalId: 'wall-1', caption: 'Три снимка.\n\nПишу из Мосула.', reach: 5_400 },
        account: { externalId: 'id2', handle: 'artyom_2', status: 'active', createdAt: '2026-06-20T00:00:00Z' },
      }),
    )

    expect(effect).toBe('opened')
    const [review] = await reviewsOfPost(t.db, 'wall-1')
    expect(review).toMatchObject({
      id: reviewId,
      version: 1,
      state: 'open',
      queue_id: 'extremism',
      caption_excerpt: 'Три снимка. Пишу из Мосула.',
      language: 'ru',
      platform: 'vk',
      handle: 'artyom_2',
      account_status: 'active',
      flag_count: 1,
      sources: ['user_report'],
      media_count: 0,
      opened_at: now,
    })
    const sum = review!.priority_terms.reduce((total, term) => total + term.value, 0)
    expect(review!.priority).toBe(sum)
    expect(review!.priority_terms.map((term) => term.code)).toContain('new_account')
  })

  it('is due after the queue target, counted from the flag', async () => {
    const { reviewId } = await receiveOne(buildFlagBody({ reason: { code: 'hate' } }))
    expect((await getReview(reviewId!)).due_at).toEqual(new Date(Date.parse('2026-07-02T10:00:00Z') + 48 * hour))
  })

  it('waits where nobody sorted it when the reason is unknown', async () => {
    const { reviewId } = await receiveOne(buildFlagBody({ reason: { code: 'it smells' } }))
    expect(await getReview(reviewId!)).toMatchObject({ policy_id: null, queue_id: 'general' })
  })

  it('believes the clause a sender names before its code', async () => {
    const named = await receiveOne(buildFlagBody({ reason: { code: 'hate', policy: 'tve.glorification' } }))
    const unknown = await receiveOne(buildFlagBody({ reason: { code: 'hate', policy: 'no.such.clause' } }))
    expect(await getReview(named.reviewId!)).toMatchObject({ policy_id: 'tve.glorification' })
    expect(await getReview(unknown.reviewId!)).toMatchObject({ policy_id: 'hate.incitement' })
  })

  it('reads a code as its own source means it', async () => {
    await t.db
      .insertInto('reason_mapping')
      .values({ source_name: 'their-app', code: 'hate', policy_id: 'abuse.insult' })
      .execute()
    const theirs = await receiveOne(buildFlagBody({ source: { name: 'their-app' } }))
    expect(await getReview(theirs.reviewId!)).toMatchObject({ policy_id: 'abuse.insult' })
  })
})

describe('a further flag on an undecided post', () => {
  it('joins its review without raising the version', async () => {
    const post = { externalId: 'joined', caption: 'The same' }
    const first = await receiveOne(buildFlagBody({ post, reason: { code: 'it smells' } }))
    const second = await receiveOne(buildFlagBody({ post, source: { kind: 'trusted_flagger' } }))

    expect(second).toMatchObject({ reviewId: first.reviewId, effect: 'joined', isDuplicate: false })
    expect(await getReview(first.reviewId!)).toMatchObject({
      version: 1,
      flag_count: 2,
      sources: ['trusted_flagger', 'user_report'],
      policy_id: 'hate.incitement',
    })
  })

  it('shows new content as a new snapshot and raises the version', async () => {
    const first = await receiveOne(buildFlagBody({ post: { externalId: 'edited', caption: 'Before' } }))
    await receiveOne(buildFlagBody({ post: { externalId: 'edited', caption: 'After' } }))

    const review = await getReview(first.reviewId!)
    expect(review).toMatchObject({ version: 2, caption_excerpt: 'After', flag_count: 2 })
    const snapshots = await t.db.selectFrom('snapshot').selectAll().where('post_id', '=', review.post_id).execute()
    expect(snapshots.map((snapshot) => snapshot.caption)).toEqual(['Before', 'After'])
    expect(snapshots[1]!.id).toBe(review.snapshot_id)
  })

  it('does not wander between two versions that senders take turns to send', async () => {
    const bodies = ['Long', 'Short', 'Long', 'Short', 'Long'].map((caption) =>
      buildFlagBody({ post: { externalId: 'turns', caption }, account: { externalId: 'turns' } }),
    )
    await receive(bodies)
    const [review] = await reviewsOfPost(t.db, 'turns')
    expect(review).toMatchObject({ version: 2, caption_excerpt: 'Short', flag_count: 5 })
  })

  it('means the post as it is known when it describes nothing', async () => {
    const first = await receiveOne(buildFlagBody({ post: { externalId: 'bare', caption: 'Known' } }))
    const bare = buildFlagBody({ post: { externalId: 'bare', caption: '' } })
    await receiveOne(bare)
    expect(await getReview(first.reviewId!)).toMatchObject({ version: 1, caption_excerpt: 'Known', flag_count: 2 })
  })

  it('pulls a review to where an order is due within the hour', async () => {
    const post = { externalId: 'ordered', caption: 'Wanted' }
    const first = await receiveOne(buildFlagBody({ post, reason: { code: 'other' } }))
    await receiveOne(
      buildFlagBody({ post, source: { kind: 'removal_order', name: 'bka' }, flaggedAt: '2026-07-02T11:30:00Z' }),
    )
    expect(await getReview(first.reviewId!)).toMatchObject({
      version: 1,
      queue_id: 'urgent',
      due_at: new Date('2026-07-02T12:30:00Z'),
    })
  })

  it('counts ten thousand flags in one row, and lists each of them once', async () => {
    const post = { externalId: 'storm', caption: 'Everybody saw it' }
    const bodies = Array.from({ length: 10_000 }, () => buildFlagBody({ post, account: { externalId: 'seen' } }))
    await receive(bodies)
    const [review] = await reviewsOfPost(t.db, 'storm')
    expect(review).toMatchObject({ flag_count: 10_000, version: 1 })
    const seen = new Set<string>()
    const params = { reviewId: review!.id as ReviewId }
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor && { cursor }) }
      const page: z.infer<typeof listReviewFlags.reply> = await t.as('reviewer')(listReviewFlags, { params, query })
      for (const { id } of page.items) seen.add(id)
      cursor = page.nextCursor
    }
    expect(seen.size).toBe(10_000)
  })
})

describe('a flag that was sent before', () => {
  it('answers as the first time and changes nothing', async () => {
    const body = buildFlagBody()
    const first = await receiveOne(body)
    const again = await receiveOne({ ...body, reason: { code: 'spam' } })
    expect(again).toEqual({ ...first, isDuplicate: true })
    expect(await getReview(first.reviewId!)).toMatchObject({ flag_count: 1, policy_id: 'hate.incitement' })
  })

  it('is known within one batch, too', async () => {
    const body = buildFlagBody()
    const [first, second] = await receive([body, body])
    expect(second).toEqual({ ...first, isDuplicate: true })
  })

  it('is another flag when another source sends its number', async () => {
    const body = buildFlagBody({ post: { externalId: 'shared-number' } })
    const other = { ...body, source: { ...body.source, name: 'other-intake' } }
    expect(await receive([body, other])).toMatchObject([{ isDuplicate: false }, { isDuplicate: false }])
  })
})

describe('a refused flag', () => {
  it('leaves the others alone', async () => {
    const bodies = [buildFlagBody(), buildFlagBody({ post: { media: [{ sha256: 'a'.repeat(64) }] } }), buildFlagBody()]
    const results = await receiveFlags(t.deps, { by: null, flags: bodies.map(sent), now })
    expect(results[1]).toMatchObject({
      code: 'unsupported_media',
      issues: [{ path: 'post.media.0.sha256', message: 'No file with this hash was uploaded.' }],
    })
    expect([results[0], results[2]]).toMatchObject([{ effect: 'opened' }, { effect: 'opened' }])
  })

  it('is the only one refused when the database cannot hold it', async () => {
    const good = Array.from({ length: 6 }, () => sent(buildFlagBody()))
    const bad = sent(buildFlagBody())
    // The contract would not let this through: it stands for anything that the database alone objects to.
    bad.input.post!.caption = 'nul \u0000 inside'
    const results = await receiveFlags(t.deps, { by: null, flags: [...good.slice(0, 3), bad, ...good.slice(3)], now })
    expect(results.map((result) => (result instanceof AppError ? result.code : result.effect))).toEqual(
      Array.from({ length: 7 }, (_, index) => (index === 3 ? 'invalid_request' : 'opened')),
    )
  })
})

describe('the event log', () => {
  it('holds what happened without any text of people', async () => {
    const secret = 'Только для вас'
    const body = buildFlagBody({
      post: { externalId: 'logged', caption: secret },
      account: { handle: 'private_handle' },
    })
    const { flagId, reviewId } = await receiveOne(body)
    await receiveOne(buildFlagBody({ post: { externalId: 'logged', caption: `${secret}!` } }))

    const events = await t.db.selectFrom('event').selectAll().orderBy('id').execute()
    const ofReview = events.filter((event) => event.subject_id === reviewId)
    expect(ofReview.map((event) => [event.kind, event.subject_version])).toEqual([
      ['review.opened', 1],
      ['review.snapshot_changed', 2],
    ])
    expect(events.find((event) => event.subject_id === flagId)).toMatchObject({
      kind: 'flag.received',
      data: { effect: 'opened', reviewId },
    })
    expect(JSON.stringify(events)).not.toMatch(/Только|private_handle/)
  })
})
