import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import {
  AccountStatusInput,
  type AccountStatusResult,
  type PostStatusInput,
  type PostStatusResult,
} from '#shared/contract/statuses.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, type FlagBody, reviewsOfPost, sent } from '#test/support/flags.ts'
import { findEventsOn } from '#test/support/log.ts'
import { receiveFlags } from '../receive-flags.ts'
import { stateAccounts } from './state-accounts.ts'
import { parsePostStatus, statePosts } from './state-posts.ts'

const t = useTestApi()
const now = new Date('2026-07-02T12:00:00Z')
const minute = (count: number) => new Date(Date.parse('2026-07-01T00:00:00Z') + count * 60_000).toISOString()

type AccountLine = z.input<typeof AccountStatusInput>
type PostLine = z.input<typeof PostStatusInput>
type Answer<Result> = { line: number; ok: boolean; code?: string; issues?: unknown } & Partial<Result>

const source = { name: 'vk-intake' }
const account = (externalId: string, status: AccountLine['status'], since: string): AccountLine => ({
  source,
  account: { platform: 'vk', externalId },
  status,
  since,
})
const post = (externalId: string, status: PostLine['status'], since: string, caption?: string): PostLine => ({
  source,
  post: { platform: 'vk', externalId },
  status,
  since,
  ...(caption !== undefined && { content: { caption } }),
})

async function send<Result>(path: 'accounts' | 'posts', lines: unknown[], who?: Parameters<typeof t.fetch>[2]) {
  const headers = who ?? (await t.keyHeaders({ role: 'reviewer', sources: ['vk-intake'], kinds: ['user_report'] }))
  const body = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  const response = await t.fetch(`/api/v1/${path}/status`, { method: 'POST', body }, headers)
  const text = await response.text()
  return {
    status: response.status,
    answers: text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Answer<Result>),
  }
}

function receive(bodies: FlagBody[]) {
  return receiveFlags(t.deps, { by: null, flags: bodies.map(sent), now })
}

/** What people see of an account's past and present. */
async function historyOf(externalId: string) {
  const row = await t.db
    .selectFrom('account')
    .selectAll()
    .where('external_id', '=', externalId)
    .executeTakeFirstOrThrow()
  const history = await t.db
    .selectFrom('account_status')
    .select(['status', 'since', 'cause', 'source'])
    .where('account_id', '=', row.id)
    .where('is_turn', '=', true)
    .orderBy('since')
    .execute()
  const { status, status_since, status_seen_at, status_cause } = row
  return { status, status_since, status_seen_at, status_cause, history }
}

function shuffledIn<Item>(items: Item[], lengths: number[]): Item[][] {
  const parts: Item[][] = []
  for (let start = 0, turn = 0; start < items.length; turn += 1) {
    const length = lengths[turn % lengths.length]!
    parts.push(items.slice(start, start + length))
    start += length
  }
  return parts
}

describe.each(['accounts', 'posts'] as const)('POST /%s/status', (path) => {
  it('asks who is there, and whether they may', async () => {
    expect((await send(path, [], {})).status).toBe(401)
    expect((await send(path, [], 'auditor')).status).toBe(403)
  })

  it('lets no person state what platforms know, and no key what another does', async () => {
    const line = path === 'accounts' ? account('a', 'blocked', minute(0)) : post('a', 'deleted', minute(0))
    expect((await send(path, [line], 'supervisor')).answers).toMatchObject([{ ok: false, code: 'source_not_allowed' }])
    const foreign = { ...line, source: { name: 'tw-intake' } }
    expect((await send(path, [foreign])).answers).toMatchObject([{ ok: false, code: 'source_not_allowed' }])
  })

  it('answers line by line, and says what does not fit', async () => {
    const [good, ahead] = ['2026-07-01T00:00:00Z', new Date(Date.now() + 3_600_000).toISOString()].map((since) =>
      path === 'accounts' ? account('line', 'blocked', since) : post('nobody flagged it', 'deleted', since),
    )
    const { answers } = await send(path, ['{ no json', '', { ...good, status: 'vanished' }, ahead, good])
    expect(answers).toMatchObject([
      { line: 1, ok: false, code: 'invalid_request' },
      { line: 3, ok: false, issues: [{ path: 'status' }] },
      { line: 4, ok: false, issues: [{ path: 'since', message: 'Lies ahead.' }] },
      path === 'accounts' ? { line: 5, ok: true, status: 'blocked' } : { line: 5, ok: false, code: 'not_found' },
    ])
  })
})

describe('what a platform says about its accounts', () => {
  it('shows on undecided reviews, once, and is in the log', async () => {
    await receive([buildFlagBody({ post: { externalId: 'told' }, account: { externalId: 'told', status: 'active' } })])
    const line = { ...account('told', 'blocked', minute(2_100)), cause: 'court order' }
    const first = await send<AccountStatusResult>('accounts', [line, line])
    const again = await send<AccountStatusResult>('accounts', [line])

    expect(first.answers).toMatchObject([
      { isDuplicate: false, status: 'blocked', statusSince: minute(2_100) },
      { isDuplicate: true, status: 'blocked' },
    ])
    expect(again.answers).toMatchObject([{ isDuplicate: true, status: 'blocked' }])
    const [review] = await reviewsOfPost(t.db, 'told')
    expect(review).toMatchObject({ account_status: 'blocked', version: 1 })
    expect(review!.priority_terms).toContainEqual({ code: 'account', detail: 'blocked', value: 6 })
    expect((await historyOf('told')).status_cause).toBe('court order')
    const events = await findEventsOn(t.db, first.answers[0]!.accountId!)
    expect(events.filter(({ data }) => data.status === 'blocked')).toHaveLength(1)
  })

  it('waits for an account that nobody flagged yet', async () => {
    await send('accounts', [account('later', 'blocked', minute(10))])
    await receive([
      buildFlagBody({ post: { externalId: 'later' }, account: { externalId: 'later', handle: 'later_one' } }),
    ])
    expect(await reviewsOfPost(t.db, 'later')).toMatchObject([{ account_status: 'blocked', handle: 'later_one' }])
  })

  it('makes one history of flags and statements, whatever the order and parts in which they come', async () => {
    const told = fc.record({
      status: fc.constantFrom('active' as const, 'limited' as const, 'blocked' as const, 'deleted' as const),
      since: fc.integer({ min: 0, max: 200 }).map(minute),
      isSighting: fc.boolean(),
      isFlag: fc.boolean(),
      cause: fc.constantFrom(undefined, 'platform', 'court order'),
    })
    let worlds = 0
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(told, { minLength: 1, maxLength: 14 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length }))),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        async ([all, order], lengths) => {
          worlds += 1
          const play = async (world: string, indexes: number[][]) => {
            for (const part of indexes) {
              for (const index of part) {
                const { isFlag, cause, ...each } = all[index]!
                const about = { ...account(world, each.status, each.since), isSighting: each.isSighting }
                if (!isFlag) {
                  const line = AccountStatusInput.parse({ ...about, ...(cause && { cause }) })
                  await stateAccounts(t.deps, [line, line], { by: null, now })
                  continue
                }
                const said = {
                  status: each.status,
                  ...(!each.isSighting && { statusSince: each.since, statusCause: cause }),
                }
                await receive([
                  buildFlagBody({
                    source: { externalId: `${world} ${index}` },
                    flaggedAt: each.since,
                    post: { externalId: world },
                    account: { externalId: world, ...JSON.parse(JSON.stringify(said)) },
                  }),
                ])
              }
            }
            return historyOf(world)
          }
          const straight = await play(`straight ${worlds}`, [[...all.keys()]])
          const mixed = await play(`mixed ${worlds}`, shuffledIn(order, lengths))
          expect(mixed).toEqual(straight)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('keeps every statement when senders speak of one account at the same time', async () => {
    const lines = Array.from({ length: 40 }, (_, n) =>
      AccountStatusInput.parse(account('busy', n % 2 ? 'active' : 'limited', minute(n))),
    )
    await Promise.all(lines.map((line) => stateAccounts(t.deps, [line], { by: null, now })))
    expect((await historyOf('busy')).history).toHaveLength(40)
  })
})

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
    const { answers } = await send<PostStatusResult>('posts', [post('edited', 'edited', minute(5), 'After')])

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
    await send('posts', [post('on-desk', 'edited', minute(5), 'After'), post('on-desk', 'deleted', minute(6))])
    expect(await desk()).toMatchObject({
      post: { editedAt: minute(5), deletedAt: minute(6) },
      snapshot: { caption: 'After', postStatus: 'deleted' },
      otherSnapshot: { caption: 'Before', postStatus: null },
    })
    await t.db.updateTable('review').set({ state: 'decided' }).where('id', '=', id).execute()
    await send('posts', [post('on-desk', 'edited', minute(7), 'Later still')])
    expect(await desk()).toMatchObject({ snapshot: { caption: 'After' }, otherSnapshot: { caption: 'Later still' } })
  })

  it('shows the first snapshot again when an edit is taken back', async () => {
    const before = await flagged('taken-back')
    await send('posts', [
      post('taken-back', 'edited', minute(5), 'After'),
      post('taken-back', 'edited', minute(6), 'Before'),
    ])
    const [review] = await reviewsOfPost(t.db, 'taken-back')
    expect(review).toMatchObject({ snapshot_id: before.snapshot_id, caption_excerpt: 'Before' })
    expect(await snapshotsOf(review!.post_id)).toHaveLength(2)
  })

  it('keeps what a deleted post showed, and says that it is gone', async () => {
    const before = await flagged('deleted')
    const line = post('deleted', 'deleted', minute(5))
    await send('posts', [line])
    expect((await send<PostStatusResult>('posts', [line])).answers).toMatchObject([{ isDuplicate: true }])
    const [review] = await reviewsOfPost(t.db, 'deleted')
    expect(review).toMatchObject({ version: before.version + 1, caption_excerpt: 'Before' })
    expect(await postOf('deleted')).toMatchObject({
      deleted_at: new Date(minute(5)),
      current_snapshot_id: review!.snapshot_id,
    })

    await send('posts', [post('deleted', 'restored', minute(9))])
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
    await send('posts', [post('late', 'deleted', minute(5))])
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
    const { answers } = await send<PostStatusResult>('posts', [post('decided', 'edited', minute(5), 'After')])
    expect(answers).toMatchObject([{ ok: true, reviewId: null }])
    expect(await reviewsOfPost(t.db, 'decided')).toMatchObject([{ version: before.version, caption_excerpt: 'Before' }])
  })

  it('records an edit whose new text was not sent', async () => {
    const before = await flagged('untold')
    const { answers } = await send<PostStatusResult>('posts', [post('untold', 'edited', minute(5))])
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
    const { answers } = await send('posts', [
      { ...post('refused', 'deleted', minute(5)), content: { caption: 'gone' } },
      { ...post('refused', 'edited', minute(5)), content: { media } },
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
                parsePostStatus(JSON.stringify(post(world, status, since, status === 'edited' ? caption : undefined))),
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
          expect(await play(`post mixed ${worlds}`, shuffledIn(mixed, lengths))).toEqual(straight)
        },
      ),
      { numRuns: 60 },
    )
  })
})
