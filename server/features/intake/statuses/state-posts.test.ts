import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { PostStatusResult } from '#shared/contract/statuses.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, type FlagBody, reviewsOfPost, sent } from '#test/support/flags.ts'
import { findEventsOn } from '#test/support/log.ts'
import { cutIn, minute, postLine, tell } from '#test/support/statuses.ts'
import { receiveFlags } from '../receive-flags.ts'
import { parsePostStatus, statePosts } from './state-posts.ts'

const t = useTestApi()
const now = new Date('2026-07-02T12:00:00Z')

function receive(bodies: FlagBody[]) {
  return receiveFlags(t.deps, { by: null, flags: bodies.map(sent), now })
}

describe('what becomes of a post after it was flagged', () => {
  const flagged = async (externalId: string, caption = 'Before') => {
    await receive([buildFlagBody({ post: { externalId, caption }, account: { externalId } })])
    return (await reviewsOfPost(t.db, externalId))[0]!
  }
  const snapshotsOf = (postId: string | null) =>
    t.db.selectFrom('snapshot').selectAll().where('post_id', '=', postId).orderBy('id').execute()
  const postOf = (externalId: string) =>
    t.db.selectFrom('post').selectAll().where('external_id', '=', externalId).executeTakeFirstOrThrow()

  it('shows an edit as a new snapshot, and the old one stays', async () => {
    const before = await flagged('edited')
    const { answers } = await tell<PostStatusResult>(t, 'posts', [postLine('edited', 'edited', minute(5), 'After')])

    const [review] = await reviewsOfPost(t.db, 'edited')
    expect(answers).toMatchObject([
      { ok: true, isDuplicate: false, reviewId: review!.id, snapshotId: review!.snapshot_id },
    ])
    expect(review).toMatchObject({ version: before.version + 1, caption_excerpt: 'After', flag_count: 1 })
    const snapshots = await snapshotsOf(review!.post_id)
    expect(snapshots.map(({ caption, post_status }) => [caption, post_status])).toEqual([
      ['Before', null],
      ['After', 'edited'],
    ])
    expect(await findEventsOn(t.db, review!.id)).toMatchObject([
      { kind: 'review.opened' },
      { kind: 'review.snapshot_changed', version: before.version + 1, data: { snapshotId: review!.snapshot_id } },
    ])
    expect(await findEventsOn(t.db, review!.post_id!)).toMatchObject([
      { kind: 'post.edited', data: { since: minute(5) } },
    ])
  })

  it('shows on the desk what the post was and what it is', async () => {
    const { id } = await flagged('on-desk')
    const desk = () => t.as('reviewer')(api.getReview, { params: { reviewId: id as ReviewId } })
    expect(await desk()).toMatchObject({ post: { editedAt: null, deletedAt: null }, otherSnapshot: null })
    await tell(t, 'posts', [
      postLine('on-desk', 'edited', minute(5), 'After'),
      postLine('on-desk', 'deleted', minute(6)),
    ])
    expect(await desk()).toMatchObject({
      post: { editedAt: minute(5), deletedAt: minute(6) },
      snapshot: { caption: 'After', postStatus: 'deleted' },
      otherSnapshot: { caption: 'Before', postStatus: null },
    })
    await t.db.updateTable('review').set({ state: 'decided' }).where('id', '=', id).execute()
    await tell(t, 'posts', [postLine('on-desk', 'edited', minute(7), 'Later still')])
    expect(await desk()).toMatchObject({ snapshot: { caption: 'After' }, otherSnapshot: { caption: 'Later still' } })
  })

  it('shows the first snapshot again when an edit is taken back', async () => {
    const before = await flagged('taken-back')
    await tell(t, 'posts', [
      postLine('taken-back', 'edited', minute(5), 'After'),
      postLine('taken-back', 'edited', minute(6), 'Before'),
    ])
    const [review] = await reviewsOfPost(t.db, 'taken-back')
    expect(review).toMatchObject({ snapshot_id: before.snapshot_id, caption_excerpt: 'Before' })
    expect(await snapshotsOf(review!.post_id)).toHaveLength(2)
  })

  it('keeps what a deleted post showed, and says that it is gone', async () => {
    const before = await flagged('deleted')
    const line = postLine('deleted', 'deleted', minute(5))
    await tell(t, 'posts', [line])
    expect((await tell<PostStatusResult>(t, 'posts', [line])).answers).toMatchObject([{ isDuplicate: true }])
    const [review] = await reviewsOfPost(t.db, 'deleted')
    expect(review).toMatchObject({ version: before.version + 1, caption_excerpt: 'Before' })
    expect(await postOf('deleted')).toMatchObject({
      deleted_at: new Date(minute(5)),
      current_snapshot_id: review!.snapshot_id,
    })

    await tell(t, 'posts', [postLine('deleted', 'restored', minute(9))])
    expect(await postOf('deleted')).toMatchObject({ deleted_at: null })
    const snapshots = await snapshotsOf(review!.post_id)
    expect(snapshots.map(({ caption, post_status }) => [caption, post_status])).toEqual([
      ['Before', null],
      ['Before', 'deleted'],
      ['Before', 'restored'],
    ])
  })

  it('counts a late flag on the decision though the post was deleted before it', async () => {
    await flagged('late')
    await tell(t, 'posts', [postLine('late', 'deleted', minute(5))])
    const [review] = await reviewsOfPost(t.db, 'late')
    await t.db
      .updateTable('review')
      .set({ state: 'decided', decision_id: crypto.randomUUID() })
      .where('id', '=', review!.id)
      .execute()
    const bodies = ['Before', ''].map((caption) =>
      buildFlagBody({ post: { externalId: 'late', caption }, account: { externalId: 'late' } }),
    )
    expect(await receive(bodies)).toMatchObject([{ effect: 'recorded' }, { effect: 'recorded' }])
  })

  it('leaves a decided review as it was decided', async () => {
    const before = await flagged('decided')
    await t.db.updateTable('review').set({ state: 'decided' }).where('id', '=', before.id).execute()
    const { answers } = await tell<PostStatusResult>(t, 'posts', [postLine('decided', 'edited', minute(5), 'After')])
    expect(answers).toMatchObject([{ ok: true, reviewId: null }])
    expect(await reviewsOfPost(t.db, 'decided')).toMatchObject([{ version: before.version, caption_excerpt: 'Before' }])
  })

  it('records an edit whose new text was not sent', async () => {
    const before = await flagged('untold')
    const { answers } = await tell<PostStatusResult>(t, 'posts', [postLine('untold', 'edited', minute(5))])
    expect(answers).toMatchObject([{ ok: true, snapshotId: null, reviewId: null }])
    expect(await postOf('untold')).toMatchObject({
      edited_at: new Date(minute(5)),
      current_snapshot_id: before.snapshot_id,
    })
    expect(await reviewsOfPost(t.db, 'untold')).toMatchObject([{ version: before.version }])
  })

  it('refuses a deletion that says what the post shows, and a file that is not here', async () => {
    await flagged('refused')
    const media = [{ sha256: 'b'.repeat(64) }]
    const { answers } = await tell(t, 'posts', [
      { ...postLine('refused', 'deleted', minute(5)), content: { caption: 'gone' } },
      { ...postLine('refused', 'edited', minute(5)), content: { media } },
    ])
    expect(answers).toMatchObject([
      { ok: false, issues: [{ path: 'content' }] },
      { ok: false, code: 'unsupported_media', issues: [{ path: 'content.media.0.sha256' }] },
    ])
  })

  it('shows what happened last, whatever the order and parts in which it is told', async () => {
    const change = fc.record({
      status: fc.constantFrom('edited' as const, 'edited' as const, 'deleted' as const, 'restored' as const),
      since: fc.integer({ min: 0, max: 9 }).map(minute),
      caption: fc.constantFrom(undefined, 'A', 'B', 'Before'),
    })
    let worlds = 0
    await fc.assert(
      fc.asyncProperty(
        fc
          .uniqueArray(change, { minLength: 1, maxLength: 8, selector: ({ since }) => since })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
        async ([all, mixed], lengths) => {
          worlds += 1
          const play = async (world: string, parts: (typeof all)[]) => {
            await flagged(world)
            for (const part of parts) {
              const lines = part.map(({ status, since, caption }) =>
                parsePostStatus(
                  JSON.stringify(postLine(world, status, since, status === 'edited' ? caption : undefined)),
                ),
              )
              await statePosts(t.deps, lines, { by: null, now })
            }
            const { edited_at, deleted_at, current_snapshot_id } = await postOf(world)
            const { caption, post_status } = await t.db
              .selectFrom('snapshot')
              .selectAll()
              .where('id', '=', current_snapshot_id)
              .executeTakeFirstOrThrow()
            const [review] = await reviewsOfPost(t.db, world)
            expect(review!.snapshot_id).toBe(current_snapshot_id)
            // The same content may have been captured with the flag or with an edit: what it shows counts.
            return { edited_at, deleted_at, caption, isGone: post_status === 'deleted' }
          }
          const straight = await play(
            `post straight ${worlds}`,
            all.toSorted((a, b) => a.since.localeCompare(b.since)).map((each) => [each]),
          )
          expect(await play(`post mixed ${worlds}`, cutIn(mixed, lengths))).toEqual(straight)
        },
      ),
      { numRuns: 60 },
    )
  })
})
