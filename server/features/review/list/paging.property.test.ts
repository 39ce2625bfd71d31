import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#server/db/id.ts'
import { listReviews, ReviewSort } from '#shared/contract/reviews.ts'
import { ReviewState } from '#shared/domain/words.ts'
import { type TestDb, testDb } from '#test/support/db.ts'
import { createAccount, createQueue, createSnapshot } from '#test/support/factories.ts'
import { everything } from '../scope.queries.ts'
import { findReviews } from './list.queries.ts'

const reader = { id: 'person-1', scope: everything }
let t: TestDb
let account_id: string
let snapshot_id: string

beforeAll(async () => {
  t = await testDb()
  await createQueue(t.db)
  account_id = (await createAccount(t.db)).id
  snapshot_id = (await createSnapshot(t.db, { account_id })).id
})
afterAll(() => t.drop())

/** Few values, so that most rows are ties. */
const few = fc.integer({ min: 0, max: 3 })
const row = fc.record({ value: few, other: few, isDecided: fc.boolean() })
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never

const change = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), rows: fc.array(row, { minLength: 1, maxLength: 4 }) }),
  fc.record({ kind: fc.constant('decide' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('claim' as const), at: fc.nat() }),
)
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

const scenario = fc.record({
  sort: fc.constantFrom(...ReviewSort.options),
  scope: fc.constantFrom('undecided', 'decided', 'all'),
  limit: fc.integer({ min: 1, max: 7 }),
  rows: fc.array(row, { maxLength: 25 }),
  /** One after each page. */
  changes: fc.array(fc.option(change, { nil: null }), { maxLength: 12 }),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never

const states = { undecided: undefined, decided: ['decided'], all: ReviewState.options } as const
const dayMs = 86_400_000
const timeOf = (value: number) => new Date(Date.UTC(2026, 0, 1) + value * dayMs)

/** All sort columns carry the value, so that every order has ties. Each row is of a post of its own. */
async function insertRows(platform: string, rows: Row[]): Promise<string[]> {
  if (rows.length === 0) return []
  const posts = rows.map(() => ({ id: newId(), account_id, platform, external_id: newId(), kind: 'post' as const }))
  await t.db.insertInto('post').values(posts).execute()
  const inserted = rows.map(({ value, other, isDecided }, index) => ({
    id: crypto.randomUUID(),
    state: isDecided ? ('decided' as const) : ('open' as const),
    queue_id: 'extremism',
    account_id,
    post_id: posts[index]!.id,
    snapshot_id,
    caption_excerpt: '',
    platform,
    handle: 'h',
    account_status: 'active' as const,
    flag_count: value,
    sources: [],
    media_count: 0,
    priority: value,
    priority_terms: '[]',
    due_at: timeOf(value),
    opened_at: timeOf(other),
  }))
  await t.db.insertInto('review').values(inserted).execute()
  return inserted.map(({ id }) => id)
}

/** Makes a change; answers the row that may have left or entered the list by it. */
async function make(platform: string, ids: string[], made: Change): Promise<string | null> {
  if (made.kind === 'add') {
    await insertRows(platform, made.rows)
    return null
  }
  const id = ids[made.at % Math.max(ids.length, 1)]
  if (!id) return null
  const set = made.kind === 'decide' ? { state: 'decided' as const } : { holder_id: 'person-1', version: 2 }
  await t.db.updateTable('review').set(set).where('id', '=', id).execute()
  return made.kind === 'decide' ? id : null
}

/** Walks the whole list, one change after each page, and answers what was seen in the order of the list. */
async function walkThrough(
  { sort, scope, limit, changes }: Scenario,
  walk: { platform: string; ids: string[]; moved: Set<string> },
  direction: 'next' | 'previous',
  start: string | null,
) {
  const seen: Awaited<ReturnType<typeof findReviews>>['items'] = []
  const left = [...changes]
  let cursor = start
  for (let pages = 0; pages < 200; pages += 1) {
    const state = states[scope as keyof typeof states]
    const asked = { sort, limit, platform: walk.platform, ...(state && { state }), ...(cursor && { cursor }) }
    const page = await findReviews(t.db, listReviews.query.parse(asked), reader)
    if (page.items.length > limit) throw new Error('The page is too long.')
    if (direction === 'next') seen.push(...page.items)
    else seen.unshift(...page.items)
    cursor = direction === 'next' ? page.nextCursor : page.previousCursor
    const made = left.shift()
    const movedId = made ? await make(walk.platform, walk.ids, made) : null
    if (movedId) walk.moved.add(movedId)
    if (!cursor) return seen
  }
  throw new Error('The list has no end.')
}

const later = (a: string, b: string) => a.localeCompare(b, 'en')
const compareBy = {
  priority: (a, b) => b.priority - a.priority || later(b.id, a.id),
  due: (a, b) => later(a.dueAt, b.dueAt) || later(a.id, b.id),
  newest: (a, b) => later(b.openedAt, a.openedAt) || later(b.id, a.id),
  oldest: (a, b) => later(a.openedAt, b.openedAt) || later(a.id, b.id),
  flags: (a, b) => b.flagCount - a.flagCount || later(b.id, a.id),
} satisfies Record<ReviewSort, (a: Item, b: Item) => number>
type Item = Awaited<ReturnType<typeof findReviews>>['items'][number]

/** What was there all the time is seen once; nothing is seen twice; all stands in the order of the list. */
function check(scenario: Scenario, seen: Item[], expected: string[]) {
  const ids = seen.map((item) => String(item.id))
  expect(new Set(ids).size, 'a row was shown twice').toBe(ids.length)
  expect(new Set(ids), 'a row was missed').toEqual(new Set([...ids, ...expected]))
  expect(ids).toEqual(seen.toSorted(compareBy[scenario.sort]).map((item) => String(item.id)))
}

describe('paging', () => {
  it('visits every row once, in every order and both ways, while rows are added and decided', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (scenario) => {
        const platform = newId()
        const ids = await insertRows(platform, scenario.rows)
        const isShown = ({ isDecided }: Row) => scenario.scope === 'all' || isDecided === (scenario.scope === 'decided')
        const shown = ids.filter((_, index) => isShown(scenario.rows[index]!))
        const moved = new Set<string>()
        const forward = await walkThrough(scenario, { platform, ids, moved }, 'next', null)
        const stayed = (id: string) => scenario.scope === 'all' || !moved.has(id)
        check(scenario, forward, shown.filter(stayed))

        const end = { direction: 'before', sort: scenario.sort, ...lastPlace(scenario.sort) }
        const fromEnd = Buffer.from(JSON.stringify(end)).toString('base64url')
        const backward = await walkThrough(scenario, { platform, ids, moved }, 'previous', fromEnd)
        check(scenario, backward, shown.filter(stayed))
      }),
      { numRuns: 60 },
    )
  })

  it('shows on the way back what it showed on the way there', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ sort, limit, rows }) => {
        const platform = newId()
        await insertRows(platform, rows)
        const read = (cursor: string | null) =>
          findReviews(t.db, listReviews.query.parse({ sort, limit, platform, ...(cursor && { cursor }) }), reader)
        const pages = [await read(null)]
        while (pages.at(-1)!.nextCursor) pages.push(await read(pages.at(-1)!.nextCursor))
        for (let index = pages.length - 1; index > 0; index -= 1) {
          const back = await read(pages[index]!.previousCursor)
          expect(back.items).toEqual(pages[index - 1]!.items)
        }
      }),
      { numRuns: 30 },
    )
  })
})

/** Behind every row, in each order. */
function lastPlace(sort: ReviewSort) {
  const isAscending = sort === 'due' || sort === 'oldest'
  const value = sort === 'priority' || sort === 'flags' ? -1 : timeOf(isAscending ? 100 : -100).getTime()
  const id = isAscending ? 'ffffffff-ffff-ffff-ffff-ffffffffffff' : '00000000-0000-0000-0000-000000000000'
  return { value, id }
}
