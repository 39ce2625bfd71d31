import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '#server/http/errors.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, type FlagBody, sent } from '#test/support/flags.ts'
import { receiveFlags } from './receive-flags.ts'

const t = useTestApi()
const now = new Date('2026-07-02T12:00:00Z')

async function receive(bodies: FlagBody[]) {
  const results = await receiveFlags(t.deps, { by: null, flags: bodies.map(sent), now })
  for (const result of results) if (result instanceof AppError) throw result
  return results
}

/** Everything of the reviews of a world that must not depend on how its flags came. */
function reviewsIn(world: string) {
  return t.db
    .selectFrom('review')
    .innerJoin('account', 'account.id', 'review.account_id')
    .leftJoin('post', 'post.id', 'review.post_id')
    .select(['queue_id', 'due_at', 'flag_count', 'sources', 'policy_id', 'priority', 'version', 'state'])
    .select(['caption_excerpt', 'account_status', 'account.status', 'post.external_id as post'])
    .select(['reach', 'score', 'media_kinds', 'is_restricted'])
    .where('account.external_id', 'like', `${world} %`)
    .orderBy('account.external_id')
    .orderBy('post.external_id')
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, post: row.post?.slice(world.length) })))
}

const someFlag = fc.record({
  post: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 6 }),
  kind: fc.constantFrom('user_report', 'classifier', 'trusted_flagger', 'hash_match', 'removal_order' as const),
  isSorted: fc.boolean(),
  minute: fc.integer({ min: 0, max: 300 }),
  score: fc.option(fc.constantFrom(0.2, 0.7, 0.95), { nil: undefined }),
  reach: fc.option(fc.constantFrom(10, 5_000, 2_000_000), { nil: undefined }),
  status: fc.constantFrom('active', 'limited', 'blocked', 'deleted', 'unknown' as const),
})
type SomeFlag = typeof someFlag extends fc.Arbitrary<infer Flag> ? Flag : never

/** Posts 1 and 2 are of one account, 3 and 4 of another; each post has one clause, which some flags leave open. */
function inWorld(world: string, flags: SomeFlag[]): FlagBody[] {
  return flags.map(({ post, kind, isSorted, minute, score, reach, status }, index) => {
    const codes = ['hate', 'spam', 'extremism', 'abusive']
    return buildFlagBody({
      source: { kind: kind as FlagBody['source']['kind'], externalId: `${world} ${index}` },
      reason: { code: isSorted ? codes[(post ?? 1) - 1]! : 'other', ...(score !== undefined && { score }) },
      flaggedAt: new Date(Date.parse('2026-07-02T06:00:00Z') + minute * 60_000).toISOString(),
      post:
        post === null
          ? null
          : { externalId: `${world} ${post}`, caption: `Post ${post}`, ...(reach !== undefined && { reach }) },
      account: {
        externalId: `${world} account ${(post ?? 1) < 3 ? 1 : 2}`,
        handle: 'somebody',
        status: status as NonNullable<FlagBody['account']['status']>,
      },
    })
  })
}

function cut<Item>(items: Item[], lengths: number[]): Item[][] {
  const parts: Item[][] = []
  let start = 0
  for (let turn = 0; start < items.length; turn += 1) {
    const length = lengths[turn % lengths.length]!
    parts.push(items.slice(start, start + length))
    start += length
  }
  return parts
}

let worlds = 0
function nextWorld() {
  worlds += 1
  return `world-${worlds}`
}

describe('receiveFlags', () => {
  it('makes the same reviews of the same flags in any order and any batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someFlag, { minLength: 1, maxLength: 25 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (flags, lengths, numbers) => {
          const [straight, mixed] = [nextWorld(), nextWorld()]
          await receive(inWorld(straight, flags))
          const shuffled = inWorld(mixed, flags)
            .map((body) => ({ body, key: numbers.next().value! }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ body }) => body)
          for (const part of cut(shuffled, lengths)) await receive(part)
          expect(await reviewsIn(mixed)).toEqual(await reviewsIn(straight))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('lets senders flag the same posts at once, each flag counting once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someFlag, { minLength: 5, maxLength: 40 }),
        fc.array(fc.array(fc.nat({ max: 39 }), { minLength: 1, maxLength: 40 }), { minLength: 2, maxLength: 6 }),
        async (flags, senders) => {
          const [alone, together] = [nextWorld(), nextWorld()]
          const picked = senders.map((picks) => picks.map((pick) => pick % flags.length))
          const once = [...new Set(picked.flat())]
          const [first, second] = [inWorld(alone, flags), inWorld(together, flags)]
          await receive(once.map((index) => first[index]!))

          const answers = await Promise.all(picked.map((picks) => receive(picks.map((index) => second[index]!))))

          expect(await reviewsIn(together)).toEqual(await reviewsIn(alone))
          const added = answers.flat().filter((result) => !(result instanceof AppError) && !result.isDuplicate)
          expect(added).toHaveLength(once.length)
        },
      ),
      { numRuns: 30 },
    )
  })
})
