import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everything } from '#server/features/review/scope.queries.ts'
import { type AccountRow, listAccounts } from '#shared/contract/accounts.ts'
import { type AccountStatus, AccountStatus as Statuses } from '#shared/domain/words.ts'
import { type TestDb, testDb } from '#test/support/db.ts'
import { createAccount, createReview } from '#test/support/factories.ts'
import { findAccounts } from './account-list.queries.ts'

const platforms = ['vk', 'telegram', 'x']
/** Letters of several scripts, and what a pattern would take for more than itself. */
const letters = ['a', 'A', 'б', 'Б', 'қ', 'Қ', 'ع', '_', '%', '\\', '1']
const word = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 3 }).map((chosen) => chosen.join(''))
const now = new Date('2026-03-01T00:00:00Z')
const dayMs = 86_400_000

const account = fc.record({
  platform: fc.constantFrom(...platforms),
  status: fc.constantFrom(...Statuses.options),
  handle: word,
  displayName: fc.option(word, { nil: null }),
  seen: fc.integer({ min: 0, max: 3 }),
  daysOld: fc.option(fc.constantFrom(1, 29, 30, 31, 400), { nil: null }),
  queue: fc.constantFrom('hate', 'safety'),
  isRestricted: fc.boolean(),
})
type Draft = typeof account extends fc.Arbitrary<infer T> ? T : never

const several = <Value>(values: readonly Value[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), { nil: undefined })
const filter = fc.record({
  platform: several(platforms),
  status: several(Statuses.options),
  new: fc.constantFrom(undefined, undefined, true, false),
  q: fc.option(word, { nil: undefined }),
})
type Filter = typeof filter extends fc.Arbitrary<infer T> ? T : never

const reader = fc.record({
  queues: fc.constantFrom<string[] | null>(null, ['hate'], ['hate', 'safety']),
  takes: fc.constant(null),
  seesRestricted: fc.boolean(),
})
type Scope = typeof reader extends fc.Arbitrary<infer T> ? T : never

let t: TestDb
const drafts: (Draft & { id: string; externalId: string })[] = []

beforeAll(async () => {
  t = await testDb()
  for (const [n, draft] of fc.sample(account, { numRuns: 70, seed: 7 }).entries()) {
    const externalId = `${draft.handle}${n}`
    const row = await createAccount(t.db, {
      platform: draft.platform,
      status: draft.status as AccountStatus,
      handle: draft.handle,
      display_name: draft.displayName,
      external_id: externalId,
      first_seen_at: new Date(Date.UTC(2026, 0, 1 + draft.seen)),
      created_at: draft.daysOld === null ? null : new Date(now.getTime() - draft.daysOld * dayMs),
    })
    await createReview(t.db, { account_id: row.id, queue_id: draft.queue, is_restricted: draft.isRestricted })
    drafts.push({ ...draft, id: row.id, externalId })
  }
}, 60_000)
afterAll(() => t.drop())

function fits(draft: (typeof drafts)[number], asked: Filter, scope: Scope) {
  const begins = (text: string | null) => text?.toLowerCase().startsWith(asked.q!.toLowerCase()) ?? false
  const isNew = draft.daysOld !== null && draft.daysOld < 30
  return (
    (scope.seesRestricted || !draft.isRestricted) &&
    (scope.queues === null || scope.queues.includes(draft.queue)) &&
    (!asked.platform || asked.platform.includes(draft.platform)) &&
    (!asked.status || asked.status.includes(draft.status)) &&
    (asked.new === undefined || asked.new === isNew) &&
    (asked.q === undefined || [draft.handle, draft.displayName, draft.externalId].some(begins))
  )
}

async function readAll(asked: Filter, scope: Scope, sort: 'newest' | 'oldest', limit: number) {
  const ids: string[] = []
  let count: number | undefined
  let cursor: string | undefined
  do {
    const isNew = asked.new === undefined ? undefined : String(asked.new)
    const query = listAccounts.query.parse({ ...asked, new: isNew, sort, limit, cursor })
    const page = await findAccounts(t.db, query, { scope: { ...everything, ...scope }, now })
    ids.push(...page.items.map((item: AccountRow) => item.id))
    if (page.count) count = page.count.value
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return { ids, count }
}

describe('the list of accounts', () => {
  it('holds under every filter what a plain recount finds, once and in order', async () => {
    const sort = fc.constantFrom('newest' as const, 'oldest' as const)
    const limit = fc.integer({ min: 1, max: 30 })
    await fc.assert(
      fc.asyncProperty(filter, reader, sort, limit, async (asked, scope, by, size) => {
        const wanted = drafts.filter((draft) => fits(draft, asked, scope))
        const order = by === 'newest' ? -1 : 1
        wanted.sort((a, b) => order * (a.seen - b.seen || (a.id < b.id ? -1 : 1)))
        const { ids, count } = await readAll(asked, scope, by, size)
        expect(ids).toEqual(wanted.map(({ id }) => id))
        expect(count).toBe(wanted.length)
      }),
      { numRuns: 150 },
    )
  }, 120_000)
})
