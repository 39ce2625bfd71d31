import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { newId } from '#server/db/id.ts'
import { copyRows, toCopy, toTable } from '#server/features/reporting/exports/copy-rows.queries.ts'
import { OpenFilter, type ReviewFilter } from '#shared/contract/review-filter.ts'
import { countReviews, listReviews, ReviewSort } from '#shared/contract/reviews.ts'
import { Outcome } from '#shared/domain/outcomes.ts'
import { AccountStatus, MediaKind, ReviewState, SourceKind } from '#shared/domain/words.ts'
import { type TestDb, testDb } from '#test/support/db.ts'
import { createAccount, createQueue, createSnapshot } from '#test/support/factories.ts'
import { lockNextReviews } from '../review.queries.ts'
import { everything, type Reader } from '../scope.queries.ts'
import { countMatching, findCounts } from './counts.queries.ts'
import { findReviews, gatherRows, walkRows } from './list.queries.ts'
import { putReviewWords } from './search.queries.ts'

const dayMs = 86_400_000
const seed = Date.now() % 1_000_000_000
const rowCount = 150

const people = ['dana', 'ravi', 'me']
const reporters = [newId(), newId(), newId()]
const vocabulary = ['тагут', 'огонь', 'ән', 'сайт', 'kill', 'flag']
const places = ['Мосул', 'мосул, север', 'Моск', 'Almaty', 'алматы']
const day = fc.integer({ min: 0, max: 9 }).map((n) => new Date(Date.UTC(2026, 0, 1) + n * dayMs))
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const several = <Value>(options: readonly Value[]) => fc.shuffledSubarray([...options], { minLength: 1, maxLength: 2 })

const row = fc.record({
  state: fc.constantFrom(...ReviewState.options, 'decided' as const, 'decided' as const),
  queue: fc.constantFrom('hate', 'safety', 'spam'),
  policy: orNull(fc.constantFrom('tve.glorification', 'hate.incitement')),
  language: orNull(fc.constantFrom('ru', 'kk', 'ar')),
  platform: fc.constantFrom('vk', 'telegram'),
  account: fc.nat({ max: 4 }),
  accountStatus: fc.constantFrom(...AccountStatus.options),
  accountAgeDays: orNull(fc.constantFrom(-1, 0, 29, 30, 31, 400)),
  isPost: fc.boolean(),
  sources: several(SourceKind.options),
  reportedBy: fc.subarray(reporters),
  media: fc.subarray([...MediaKind.options]),
  words: fc.subarray(vocabulary),
  claimedPlace: orNull(fc.constantFrom(...places)),
  reach: orNull(fc.constantFrom(0, 10, 5_000, 3_000_000_000)),
  score: orNull(fc.constantFrom(0, 0.1, 0.9, 1)),
  flagCount: fc.integer({ min: 1, max: 5 }),
  priority: fc.integer({ min: 0, max: 5 }),
  openedAt: day,
  dueAt: day,
  postedAt: orNull(day),
  decidedAt: day,
  decidedBy: fc.constantFrom(...people),
  outcome: fc.constantFrom(...Outcome.options),
  exemption: orNull(fc.constantFrom('news', 'art')),
  holder: orNull(fc.constantFrom(...people)),
  assignee: fc.constantFrom(null, null, null, ...people),
  escalatedTo: orNull(fc.constantFrom(...people)),
  threatAt: orNull(day),
  isRestricted: fc.boolean(),
})
type Row = (typeof row extends fc.Arbitrary<infer T> ? T : never) & { id: string; accountId: string }

const lists = {
  state: fc.constantFrom(...ReviewState.options),
  queue: fc.constantFrom('hate', 'safety', 'spam'),
  policy: fc.constantFrom('tve.glorification', 'hate.incitement', 'unsorted'),
  language: fc.constantFrom('ru', 'kk', 'ar'),
  platform: fc.constantFrom('vk', 'telegram', 'x'),
  accountStatus: fc.constantFrom(...AccountStatus.options),
  source: fc.constantFrom(...SourceKind.options),
  reporter: fc.constantFrom(...reporters),
  mediaKind: fc.constantFrom(...MediaKind.options),
  exemption: fc.constantFrom('news', 'art'),
  outcome: fc.constantFrom(...Outcome.options),
  decidedBy: fc.constantFrom(...people),
  holder: fc.constantFrom(...people),
}
const truths = ['isNewAccount', 'hasMedia', 'isThreat', 'isRestricted', 'mine', 'forMe'] as const
const ranges = {
  reach: fc.constantFrom('0', '10', '11', '5000', '3000000000'),
  score: fc.constantFrom('0', '0.1', '0.5', '0.9', '1'),
  flags: fc.constantFrom('1', '3', '5', '900000000000'),
  priority: fc.constantFrom('0', '3', '5'),
}
const spans = ['opened', 'due', 'decided', 'posted'] as const
const time = day.map((at) => at.toISOString())
const q = fc
  .shuffledSubarray(vocabulary, { minLength: 1, maxLength: 2 })
  .map((words) => words.map((word) => word.toUpperCase()).join(' '))

/** Each filter as an address says it. */
const parts: fc.Arbitrary<Record<string, unknown>>[] = [
  ...Object.entries(lists).map(([name, value]) =>
    fc.uniqueArray(value, { minLength: 1, maxLength: 3 }).map((values) => ({ [name]: values })),
  ),
  ...truths.map((name) => fc.constantFrom('true', 'false').map((value) => ({ [name]: value }))),
  ...Object.entries(ranges).flatMap(([name, value]) =>
    ['Min', 'Max'].map((end) => value.map((each) => ({ [name + end]: each }))),
  ),
  ...spans.flatMap((name) => ['From', 'To'].map((end) => time.map((each) => ({ [name + end]: each })))),
  fc.constantFrom('МОС', 'алматы', 'мосул,').map((claimedPlace) => ({ claimedPlace })),
  fc.constantFrom('post', 'account').map((subject) => ({ subject })),
  fc.nat({ max: 4 }).map((account) => ({ account: accounts[account] })),
  fc
    .array(fc.nat({ max: rowCount - 1 }), { minLength: 1, maxLength: 60 })
    .map((at) => ({ id: at.map((n) => rows[n]!.id) })),
  q.map((each) => ({ q: each })),
]
const query = fc
  .tuple(
    fc.shuffledSubarray(parts, { maxLength: 4 }),
    fc.uniqueArray(fc.constantFrom(...ReviewState.options), { maxLength: 5 }),
  )
  .chain(([picked, state]) =>
    fc.tuple(...picked).map((found) => Object.assign({}, state.length > 0 ? { state } : {}, ...found) as object),
  )

type Filter = z.output<typeof ReviewFilter>
const atLeast = (value: number | null, least: number) => value !== null && value >= least
const atMost = (value: number | null, most: number) => value !== null && value <= most
const from = (at: Date | null, least: string) => at !== null && at >= new Date(least)
const to = (at: Date | null, most: string) => at !== null && at <= new Date(most)
/** As precise as the column keeps it, and the filter. */
const scoreOf = ({ score }: Row) => (score === null ? null : Math.fround(score))
const isDecided = ({ state }: Row) => state === 'decided'

/** The recount: what each filter means, of one row. */
const means: { [Name in keyof Filter]-?: (row: Row, value: NonNullable<Filter[Name]>) => boolean } = {
  q: (row, text) => text.split(' ').every((word) => row.words.includes(word.toLowerCase())),
  id: (row, ids) => ids.includes(row.id),
  state: (row, states) => states.includes(row.state),
  queue: (row, queues) => queues.includes(row.queue),
  policy: (row, policies) => policies.includes(row.policy ?? 'unsorted'),
  language: (row, languages) => row.language !== null && languages.includes(row.language),
  platform: (row, platforms) => platforms.includes(row.platform),
  account: (row, account) => row.accountId === account,
  accountStatus: (row, statuses) => statuses.includes(row.accountStatus),
  isNewAccount: (row, isNew) => (row.accountAgeDays !== null && row.accountAgeDays < 30) === isNew,
  subject: (row, subject) => row.isPost === (subject === 'post'),
  source: (row, sources) => row.sources.some((source) => sources.includes(source)),
  reporter: (row, asked) => row.reportedBy.some((reporter) => asked.includes(reporter)),
  hasMedia: (row, has) => row.media.length > 0 === has,
  mediaKind: (row, kinds) => row.media.some((kind) => kinds.includes(kind)),
  claimedPlace: (row, place) => row.claimedPlace?.toLowerCase().startsWith(place.toLowerCase()) ?? false,
  exemption: (row, asked) => isDecided(row) && row.exemption !== null && asked.includes(row.exemption),
  outcome: (row, outcomes) => isDecided(row) && outcomes.includes(row.outcome),
  decidedBy: (row, asked) => isDecided(row) && asked.includes(row.decidedBy),
  holder: (row, asked) => !isDecided(row) && row.holder !== null && asked.includes(row.holder),
  reachMin: (row, least) => atLeast(row.reach, least),
  reachMax: (row, most) => atMost(row.reach, most),
  scoreMin: (row, least) => atLeast(scoreOf(row), least),
  scoreMax: (row, most) => atMost(scoreOf(row), most),
  flagsMin: (row, least) => row.flagCount >= least,
  flagsMax: (row, most) => row.flagCount <= most,
  priorityMin: (row, least) => row.priority >= least,
  priorityMax: (row, most) => row.priority <= most,
  openedFrom: (row, least) => from(row.openedAt, least),
  openedTo: (row, most) => to(row.openedAt, most),
  dueFrom: (row, least) => from(row.dueAt, least),
  dueTo: (row, most) => to(row.dueAt, most),
  decidedFrom: (row, least) => isDecided(row) && from(row.decidedAt, least),
  decidedTo: (row, most) => isDecided(row) && to(row.decidedAt, most),
  postedFrom: (row, least) => from(row.postedAt, least),
  postedTo: (row, most) => to(row.postedAt, most),
  isThreat: (row, isThreat) => (row.threatAt !== null) === isThreat,
  isRestricted: (row, isRestricted) => row.isRestricted === isRestricted,
  forMe: (row, forMe) => !forMe || (!isDecided(row) && [row.assignee, row.escalatedTo].includes('me')),
  mine: (row, mine) => !mine || (isDecided(row) ? row.decidedBy === 'me' : row.holder === 'me'),
}

function recount(filter: Filter, { scope }: Reader): Row[] {
  const asked = Object.entries({ state: ReviewState.exclude(['decided']).options, ...filter })
  return rows.filter(
    (row) =>
      (scope.queues?.includes(row.queue) ?? true) &&
      (scope.seesRestricted || !row.isRestricted) &&
      asked.every(([name, value]) =>
        (means[name as keyof Filter] as (row: Row, value: unknown) => boolean)(row, value),
      ),
  )
}

let t: TestDb
const accounts: string[] = []
const rows: Row[] = []

beforeAll(async () => {
  t = await testDb()
  for (const id of ['hate', 'safety', 'spam']) await createQueue(t.db, { id, position: id.length })
  for (let n = 0; n < 5; n += 1) accounts.push((await createAccount(t.db, { handle: `h${n}` })).id)
  for (const [n, id] of reporters.entries()) {
    await t.db
      .insertInto('reporter')
      .values({ id, source_name: 'app', external_id: `r${n}` })
      .execute()
  }
  for (const sample of fc.sample(row, { seed, numRuns: rowCount })) rows.push(await insertRow(sample))
  await putReviewWords(
    t.db,
    rows.map(({ id }) => id),
  )
})
afterAll(() => t.drop())

async function insertRow(sample: Omit<Row, 'id' | 'accountId'>): Promise<Row> {
  // An undecided review of an account itself is the only one: each gets an account of its own.
  const isOwn = !sample.isPost && sample.state !== 'decided'
  const account_id = isOwn ? (await createAccount(t.db, { handle: 'own' })).id : accounts[sample.account]!
  const made = { ...sample, id: newId(), accountId: account_id }
  const post_id = sample.isPost ? newId() : null
  const { platform } = sample
  if (post_id) {
    await t.db
      .insertInto('post')
      .values({ id: post_id, account_id, platform, external_id: newId(), kind: 'post' })
      .execute()
  }
  const snapshot_id = (await createSnapshot(t.db, { account_id, post_id, caption: sample.words.join(' ') })).id
  const decision = {
    decided_at: sample.decidedAt,
    decided_by: sample.decidedBy,
    outcome: sample.outcome,
    exemption: sample.exemption,
  }
  await t.db
    .insertInto('review')
    .values({
      id: made.id,
      state: sample.state,
      queue_id: sample.queue,
      account_id,
      post_id,
      snapshot_id,
      caption_excerpt: '',
      language: sample.language,
      platform,
      handle: 'h',
      account_status: sample.accountStatus,
      account_created_at:
        sample.accountAgeDays === null ? null : new Date(sample.openedAt.getTime() - sample.accountAgeDays * dayMs),
      policy_id: sample.policy,
      flag_count: sample.flagCount,
      sources: sample.sources,
      media_count: sample.media.length,
      media_kinds: sample.media,
      claimed_place: sample.claimedPlace,
      reach: sample.reach,
      score: sample.score,
      priority: sample.priority,
      priority_terms: '[]',
      due_at: sample.dueAt,
      opened_at: sample.openedAt,
      posted_at: sample.postedAt,
      threat_at: sample.threatAt,
      is_restricted: sample.isRestricted,
      assignee_id: sample.assignee,
      escalated_to: sample.escalatedTo,
      ...(sample.state === 'decided' ? decision : { holder_id: sample.holder }),
    })
    .execute()
  if (sample.holder && sample.state !== 'decided') {
    const at = new Date()
    await t.db
      .insertInto('lease')
      .values({ review_id: made.id, holder_id: sample.holder, taken_at: at, expires_at: at })
      .execute()
  }
  for (const reporter_id of sample.reportedBy) {
    const flag = { source_kind: 'user_report' as const, source_name: 'app', external_id: newId(), reason_code: 'x' }
    const at = { flagged_at: sample.openedAt, received_at: sample.openedAt }
    await t.db
      .insertInto('flag')
      .values({
        id: newId(),
        ...flag,
        ...at,
        account_id,
        post_id,
        snapshot_id,
        review_id: made.id,
        effect: 'joined',
        raw: '{}',
        reporter_id,
      })
      .execute()
  }
  return made
}

const reader: fc.Arbitrary<Reader> = fc
  .record({
    queues: fc.option(fc.subarray(['hate', 'safety', 'spam'], { minLength: 1 }), { nil: null }),
    seesRestricted: fc.boolean(),
  })
  .map((scope) => ({ id: 'me', scope: { ...everything, ...scope } }))
const sort = fc.constantFrom(...ReviewSort.options)
const idsOf = (found: { id: string }[]) => found.map(({ id }) => String(id)).sort()

async function readPages(asked: object, reader: Reader) {
  const parse = (cursor: string | null) => listReviews.query.parse({ ...asked, limit: 7, ...(cursor && { cursor }) })
  let page = await findReviews(t.db, parse(null), reader)
  const { count } = page
  const items = [...page.items]
  while (page.nextCursor) {
    page = await findReviews(t.db, parse(page.nextCursor), reader)
    items.push(...page.items)
  }
  return { items, count }
}

async function exportIds(filter: Filter, reader: Reader): Promise<string[]> {
  let csv = ''
  const span = { from: null, to: null }
  const table = toTable(t.db, 'reviews', { filter, span, isClosed: false, reader, showsReporters: true })!
  const statement = toCopy(t.db, table, 'csv')
  const onBytes = async (bytes: Buffer) => {
    csv += bytes.toString()
  }
  await copyRows(t.db, statement, { signal: new AbortController().signal, onBytes })
  return csv
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(',')[1]!.replaceAll('"', ''))
    .sort()
}

describe(`the filters of ${rowCount} random reviews (seed ${seed})`, () => {
  it('mean in the list, in its count and in the export what a recount says', async () => {
    await fc.assert(
      fc.asyncProperty(query, sort, reader, async (query, sort, reader) => {
        const { limit: _, cursor: __, sort: ___, ...filter } = listReviews.query.parse(query)
        const expected = idsOf(recount(filter, reader))
        const { items, count } = await readPages({ ...query, sort }, reader)
        expect(idsOf(items)).toEqual(expected)
        expect(count).toEqual({ value: expected.length, exact: true })
        expect(await countMatching(t.db, [filter], reader)).toEqual([count])
        const seesAll = { ...reader, scope: { ...reader.scope, seesRestricted: true } }
        expect(await exportIds(filter, seesAll)).toEqual(idsOf(recount(filter, seesAll)))
      }),
      { numRuns: 200 },
    )
  })

  it('mean the same beside tabs and queues', async () => {
    await fc.assert(
      fc.asyncProperty(query, reader, async (query, reader) => {
        const { state: _, mine: __, ...asked } = query as Record<string, unknown>
        const filter = countReviews.query.parse(asked)
        const count = (narrowed: Filter) => recount({ ...filter, ...narrowed }, reader).length
        const counts = await findCounts(t.db, filter, reader)
        expect(counts.mine).toBe(count({ mine: true }))
        for (const state of ReviewState.options) {
          expect(counts.byState[state], state).toEqual({ value: count({ state: [state] }), exact: true })
        }
        for (const { queueId, ...found } of counts.byQueue) {
          expect(found, queueId).toEqual({ value: count({ queue: [queueId] }), exact: true })
        }
      }),
      { numRuns: 100 },
    )
  })

  it('show the same in the same order, whether hits are gathered or met along the way', async () => {
    await fc.assert(
      fc.asyncProperty(query, sort, reader, async (query, sort, reader) => {
        const { limit: _, cursor: __, sort: ___, ...filter } = listReviews.query.parse(query)
        const range = { sort, limit: 200, cursor: null }
        const walked = await walkRows(t.db, filter, range, reader)
        const gathered = await gatherRows(t.db, filter, { ...range, most: 1_000 }, reader)
        expect(gathered.map(({ id }) => id)).toEqual(walked.map(({ id }) => id))
        expect(gathered.every(({ found }) => found === walked.length)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('are obeyed by whoever takes the next', async () => {
    await fc.assert(
      fc.asyncProperty(query, sort, async (query, sort) => {
        const filter = OpenFilter.parse(query)
        const reader = { id: 'me', scope: everything }
        const free = recount({ ...filter, state: ['open'] }, reader).filter(
          ({ holder, assignee }) => holder === null && assignee === null,
        )
        const locked = await t.db
          .transaction()
          .execute((tx) => lockNextReviews(tx, { filter, sort, count: 10, except: [] }, reader))
        expect(locked).toHaveLength(Math.min(free.length, 10))
        expect(idsOf(free)).toEqual(expect.arrayContaining(locked))
        expect(locked).toEqual(
          (await walkRows(t.db, { ...filter, state: ['open'] }, { sort, limit: 200, cursor: null }, reader))
            .map(({ id }) => id)
            .filter((id) => locked.includes(id)),
        )
      }),
      { numRuns: 60 },
    )
  })
})
