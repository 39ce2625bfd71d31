import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toTsvector } from '#server/db/tsvector.ts'
import { listReviews, ReviewSort } from '#shared/contract/reviews.ts'
import { ReviewState } from '#shared/domain/words.ts'
import { type TestDb, testDb } from '#test/support/db.ts'
import { createAccount, createQueue, createSnapshot } from '#test/support/factories.ts'
import { everything } from '../scope.queries.ts'
import { findReviews, gatherRows, walkRows } from './list.queries.ts'

const reader = { id: 'me', scope: everything }
const all = 6_000

/** Each word stands in every so-manieth text. */
const words = { common: 3, middle: 100, uneven: 4, rare: 1_500 }

let t: TestDb
beforeAll(async () => {
  t = await testDb()
  await createQueue(t.db)
  const { id: account_id } = await createAccount(t.db)
  const { id: snapshot_id } = await createSnapshot(t.db, { account_id })
  await sql`
    insert into post (id, account_id, platform, external_id, kind)
    select gen_random_uuid(), ${account_id}::uuid, 'vk', n::text, 'post' from generate_series(1, ${all}::int) as n`.execute(
    t.db,
  )
  // Priorities fall with n, so that "uneven", which only late texts have, is far down the order.
  await sql`
    insert into review (id, state, queue_id, account_id, post_id, snapshot_id, caption_excerpt, platform, handle,
      account_status, flag_count, sources, media_count, priority, priority_terms, due_at, opened_at)
    select gen_random_uuid(), case when n % 2 = 0 then 'decided' else 'open' end, 'extremism', ${account_id}::uuid, id,
      ${snapshot_id}::uuid, '', 'vk', n::text, 'active', 1 + n % 7, '{}', 0, ${all}::int - n, '[]',
      timestamptz '2026-01-01' + n * interval '1 min', timestamptz '2026-01-01' + n * interval '1 min'
    from (select id, external_id::int as n from post) as numbered`.execute(t.db)
  const { rows } = await sql<{ id: string; n: number }>`select id, handle::int as n from review`.execute(t.db)
  const texts = rows.map(({ n }) =>
    toTsvector([
      Object.entries(words)
        .filter(([word, every]) => n % every === 0 && (word !== 'uneven' || n > all - 1_000))
        .map(([word]) => word)
        .join(' '),
    ]),
  )
  await sql`
    insert into review_text (review_id, words)
    select * from unnest(${rows.map(({ id }) => id)}::uuid[], ${texts}::tsvector[])`.execute(t.db)
})
afterAll(() => t.drop())

const states = { waiting: {}, decided: { state: ['decided'] }, all: { state: ReviewState.options } }

describe('a search through some thousand reviews', () => {
  const cases = Object.keys(words).flatMap((word) => Object.keys(states).map((side) => [word, side] as const))
  it.each(cases)('finds every "%s" once, %s, in every order, and says how many there are at least', async (q, side) => {
    const state = states[side as keyof typeof states]
    const { rows } = await sql<{ id: string }>`
      select review.id from review join review_text on review_id = review.id where words @@ ${`'${q}'`}::tsquery
        and (${side} = 'all' or (state = 'decided') = (${side} = 'decided'))`.execute(t.db)
    const expected = rows.map(({ id }) => id).sort()
    for (const sort of ReviewSort.options) {
      const read = (cursor: string | null) =>
        findReviews(t.db, listReviews.query.parse({ q, sort, limit: 60, ...state, ...(cursor && { cursor }) }), reader)
      let page = await read(null)
      const count = page.count!
      const items = [...page.items]
      while (page.nextCursor) {
        page = await read(page.nextCursor)
        items.push(...page.items)
      }
      expect(items.map(({ id }) => String(id)).sort()).toEqual(expected)
      if (count.exact) expect(count.value).toBe(expected.length)
      else expect(count.value).toBeLessThanOrEqual(expected.length)
      if (sort === 'priority') {
        const priorities = items.map(({ priority }) => priority)
        expect(priorities).toEqual(priorities.toSorted((a, b) => b - a))
      }
    }
  })

  it.each(Object.keys(states))('finds among the first rows of an order what stands there, %s', async (side) => {
    const state = states[side as keyof typeof states]
    const { cursor: _, limit: __, sort: ___, ...filter } = listReviews.query.parse(state)
    const searching = { ...filter, q: 'common' }
    for (const sort of ReviewSort.options) {
      const range = { sort, limit: all, cursor: null }
      const first = new Set((await walkRows(t.db, filter, { ...range, limit: 499 }, reader)).map(({ id }) => id))
      const hits = (await walkRows(t.db, searching, range, reader)).filter(({ id }) => first.has(id))
      const found = await gatherRows(t.db, searching, { ...range, most: 500, ahead: 500 }, reader)
      expect(found.map(({ id }) => id)).toEqual(hits.map(({ id }) => id))
      expect(found[0]).toMatchObject({ found: hits.length, seen: 500 })
    }
  })
})
