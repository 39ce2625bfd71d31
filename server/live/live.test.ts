import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { createDecision, createMedia, createQueue, createReview } from '#test/support/factories.ts'
import { openLive, type Stream, useLive } from '#test/support/live.ts'
import { getHead } from './live.queries.ts'

const t = useTestApi()
const live = useLive(t)

/** What a use case leaves behind: events, which the sealer has numbered. */
async function say(kind: string, reviewId: string, version = 1) {
  await appendEvents(t.db, [{ kind, by: null, subject: { kind: 'review', id: reviewId, version } }])
  await live.seal()
}

const named = (stream: Stream) => stream.changes().flatMap(({ reviews }) => reviews.map(({ id }) => id as string))

describe('the live stream', () => {
  it('is for those who may read reviews', async () => {
    expect((await live.fetch('/api/v1/live')).status).toBe(401)
    const { status, headers } = await live.follow('auditor')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store, no-transform')
    expect((await live.fetch('/api/v1/live', { method: 'HEAD' }, 'reviewer')).status).toBe(200)
  })

  it('tells a newcomer to read, then what changes, by id and version only', async () => {
    const review = await createReview(t.db)
    const stream = await live.follow('reviewer')
    expect(stream.messages).toEqual([{ id: await getHead(t.db), name: 'reset', data: { reason: 'start' } }])
    const { version } = await t.as('reviewer')(api.claimReview, {
      params: { reviewId: review.id },
      body: { clientId: randomUUID() },
    })
    await live.seal()
    await stream.until(() => stream.changes().length === 1)
    expect(stream.messages.find(({ name }) => name === 'changes')).toEqual({
      id: await getHead(t.db),
      name: 'changes',
      data: {
        reviews: [{ id: review.id, version, state: 'open', queueId: 'extremism', kinds: ['review.claimed'] }],
        gone: [],
        accounts: [],
      },
    })
  })

  it('names a review once however much happened to it', async () => {
    const review = await createReview(t.db)
    const stream = await live.follow('reviewer')
    for (let version = 2; version < 12; version += 1) await say('review.claimed', review.id, version)
    await say('review.released', review.id, 12)
    await stream.until(() => stream.changes().some(({ reviews }) => reviews[0]?.kinds.includes('review.released')))
    expect(named(stream).length).toBeLessThanOrEqual(4)
  })

  it('tells of flags, decisions, pictures and accounts by the review', async () => {
    const decision = await createDecision(t.db)
    const { sha256 } = await createMedia(t.db)
    const pictured = await createReview(t.db, { media: [sha256] })
    const flagged = await createReview(t.db)
    const stream = await live.follow('supervisor')
    await appendEvents(t.db, [
      { kind: 'flag.received', by: null, subject: { kind: 'flag', id: randomUUID() }, data: { reviewId: flagged.id } },
      { kind: 'decision.recorded', by: null, subject: { kind: 'decision', id: decision.id } },
      { kind: 'account.status_changed', by: null, subject: { kind: 'account', id: flagged.account_id } },
      { kind: 'media.derived', by: null, subject: { kind: 'media', id: sha256 } },
      { kind: 'person.signed_in', by: null, subject: { kind: 'person', id: 'x' } },
    ])
    await live.seal()
    await stream.until(() => stream.changes().length > 0)
    const [changes] = stream.changes()
    expect(changes?.reviews.map(({ id, kinds }) => [id, kinds])).toEqual([
      [flagged.id, ['flag.received']],
      [decision.review_id, ['decision.recorded']],
      [pictured.id, ['media.derived']],
    ])
    expect(changes?.accounts).toEqual([flagged.account_id])
  })
})

describe('a stream that broke off', () => {
  it('goes on after the number it knows, without loss or repeat', async () => {
    const reviews = await Promise.all(Array.from({ length: 30 }, () => createReview(t.db)))
    const seen: string[] = []
    let last: number | undefined
    let said = 0
    const talking = (async () => {
      for (const { id } of reviews) {
        await say('review.opened', id)
        said += 1
        await sleep(20)
      }
    })()
    const before = await getHead(t.db)
    last = before
    while (seen.length < reviews.length) {
      const stream = await openLive(live.fetch, 'reviewer', { lastEventId: last })
      await sleep(30 + Math.random() * 120)
      await stream.close()
      seen.push(...named(stream))
      last = stream.messages.at(-1)?.id ?? last
      if (said === reviews.length && stream.messages.every(({ name }) => name === 'beat') && last >= before + said)
        break
    }
    await talking
    expect(seen).toEqual(reviews.map(({ id }) => id))
  })

  it('takes the number from the address as well', async () => {
    const review = await createReview(t.db)
    const after = await getHead(t.db)
    await say('review.opened', review.id)
    const stream = await live.follow('reviewer', { after })
    await stream.until(() => named(stream).includes(review.id))
    expect(stream.messages.map(({ name }) => name)).toEqual(['beat', 'changes'])
  })

  it('is told to read again after too much, or after a number that was never given', async () => {
    const review = await createReview(t.db)
    const after = await getHead(t.db)
    const many = Array.from({ length: 4_100 }, () => ({
      kind: 'flag.received',
      by: null,
      subject: { kind: 'flag', id: 'x' },
      data: { reviewId: review.id },
    }))
    await appendEvents(t.db, many)
    await live.seal()
    for (const lastEventId of [after, 999_999_999]) {
      const stream = await live.follow('reviewer', { lastEventId })
      expect(stream.messages).toEqual([{ id: await getHead(t.db), name: 'reset', data: { reason: 'gap' } }])
    }
  })

  it('is not told two hundred names, but to read again', async () => {
    const first = await createReview(t.db)
    const after = await getHead(t.db)
    const reviews = await Promise.all(
      Array.from({ length: 201 }, () => createReview(t.db, { account_id: first.account_id })),
    )
    await appendEvents(
      t.db,
      reviews.map(({ id }) => ({ kind: 'review.opened', by: null, subject: { kind: 'review', id, version: 1 } })),
    )
    await live.seal()
    const stream = await live.follow('reviewer', { lastEventId: after })
    expect(stream.messages).toEqual([{ id: await getHead(t.db), name: 'reset', data: { reason: 'many' } }])
  })
})

describe('what a stream tells', () => {
  it('is what the reader may see, and once that something is gone', async () => {
    await createQueue(t.db, { id: 'hate', name: 'Hate', position: 2 })
    await t.setScope(t.person('reviewer'), { queues: ['extremism'] })
    await t.setScope(t.secondPerson('reviewer'), { queues: ['hate'] })
    const [moved, restricted, elsewhere] = [
      await createReview(t.db, { queue_id: 'extremism' }),
      await createReview(t.db, { queue_id: 'extremism' }),
      await createReview(t.db, { queue_id: 'hate' }),
    ]
    const [left, entered] = [await live.follow('reviewer'), await live.follow(t.secondPerson('reviewer').headers)]
    await t.db.transaction().execute(async (tx) => {
      await tx.updateTable('review').set({ queue_id: 'hate' }).where('id', '=', moved.id).execute()
      await appendEvents(tx, [
        { kind: 'review.moved', by: null, subject: { kind: 'review', id: moved.id, version: 2 } },
      ])
    })
    await live.seal()
    await t.db.transaction().execute(async (tx) => {
      await tx.updateTable('review').set({ is_restricted: true }).where('id', '=', restricted.id).execute()
      await appendEvents(tx, [{ kind: 'media.restricted', by: null, subject: { kind: 'media', id: 'x' } }])
    })
    await live.seal()
    await say('review.claimed', elsewhere.id, 2)
    await say('review.claimed', moved.id, 3)
    await say('note.written', restricted.id, 3)
    await entered.until(() =>
      entered.changes().some(({ reviews }) => reviews.some(({ kinds }) => kinds.includes('review.claimed'))),
    )
    await left.until(() => left.changes().flatMap(({ gone }) => gone).length === 2)
    await sleep(200)
    expect(left.changes().flatMap(({ gone }) => gone)).toEqual([moved.id, restricted.id])
    expect(named(left)).toEqual([])
    expect(new Set(named(entered))).toEqual(new Set([moved.id, elsewhere.id]))
    expect(entered.changes().flatMap(({ gone }) => gone)).toEqual([])
    await t.setScope(t.person('reviewer'), {})
    await t.setScope(t.secondPerson('reviewer'), {})
  })

  it('lets go of a review that is marked restricted, and brings it back with the mark taken away', async () => {
    const review = await createReview(t.db, { queue_id: 'extremism' })
    await t.setScope(t.person('supervisor'), { seesRestricted: true })
    const [reader, keeper] = [await live.follow('reviewer'), await live.follow('supervisor')]
    const mark = (isRestricted: boolean) =>
      t.as('supervisor')(api.restrictReview, {
        params: { reviewId: review.id as ReviewId },
        body: { clientId: randomUUID(), isRestricted },
      })
    await mark(true)
    await live.seal()
    await reader.until(() => reader.changes().length === 1)
    expect(reader.changes()).toEqual([{ reviews: [], gone: [review.id], accounts: [] }])
    await mark(false)
    await live.seal()
    await reader.until(() => named(reader).includes(review.id))
    await keeper.until(() => named(keeper).length >= 2)
    expect(keeper.changes().flatMap(({ gone }) => gone)).toEqual([])
  })

  it('names an account only to those who see one of its reviews', async () => {
    const review = await createReview(t.db, { queue_id: 'extremism' })
    await createQueue(t.db, { id: 'safety', name: 'Safety', position: 3 })
    await t.setScope(t.person('reviewer'), { queues: ['safety'] })
    const [outside, inside] = [await live.follow('reviewer'), await live.follow('supervisor')]
    await appendEvents(t.db, [
      { kind: 'account.status_changed', by: null, subject: { kind: 'account', id: review.account_id } },
    ])
    await live.seal()
    await inside.until(() => inside.changes().length > 0)
    await sleep(50)
    expect(outside.changes()).toEqual([])
    await t.setScope(t.person('reviewer'), {})
  })
})
