import { describe, expect, it } from 'vitest'
import { newId } from '#server/db/id.ts'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import { receiveFlags } from '#server/features/intake/receive-flags.ts'
import { sweepOutbox } from '#server/jobs/sweep-outbox.ts'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, sent } from '#test/support/flags.ts'
import { addDays } from './days.ts'

const t = useTestApi()

const today = new Date().toISOString().slice(0, 10)
const marta = () => t.as('supervisor')
const ana = () => t.as('reviewer')
/** The clock is moved, perhaps past midnight. */
const period = () => ({ from: today, to: addDays(today, 1) })
const read = (query: object = {}) => marta()(api.getReport, { query: { ...period(), ...query } })
const rows = (query: object) => marta()(api.listReportRows, { query: { ...period(), ...query } as never })

/** Three flags on one post, taken in. */
async function takeIn(code = 'hate') {
  const body = buildFlagBody({ reason: { code } })
  const again = { ...body, source: { ...body.source, externalId: newId() } }
  const more = { ...body, source: { ...body.source, externalId: newId() } }
  await receiveFlags(t.deps, { by: null, flags: [body, again, more].map(sent), now: t.deps.now() })
  const { items } = await ana()(api.listReviews, { query: { sort: 'newest', limit: 1 } })
  return items[0]!
}

async function decide({ id }: { id: ReviewId }) {
  const { version } = await ana()(api.claimReview, { params: { reviewId: id }, body: { clientId: newId() } })
  const desk = await ana()(api.getReview, { params: { reviewId: id } })
  const { decision } = await ana()(api.decideReview, {
    params: { reviewId: id },
    body: {
      clientId: newId(),
      version,
      snapshotId: desk.snapshot.id,
      outcome: 'no_violation',
      clause: null,
      furtherClauses: [],
      exemption: null,
      purposeWeighed: false,
      measures: [],
      territory: [],
      rationale: 'An opinion.',
      handlingMs: 1_000,
    },
  })
  return decision
}

describe('GET /reports', () => {
  it('answers 401 without a session, 403 to a reviewer', async () => {
    const ask = { query: period() }
    await expect(t.anonymous(api.getReport, ask)).rejects.toMatchObject({ status: 401 })
    await expect(ana()(api.getReport, ask)).rejects.toMatchObject({ status: 403 })
  })

  it.each([
    ['to', { from: '2026-02-02', to: '2026-02-01' }],
    ['to', { from: '2020-01-01', to: '2026-01-01' }],
    ['zone', { zone: 'Mars/Olympus' }],
    ['againstTo', { againstFrom: '2026-01-01' }],
  ])('refuses a wrong %s', async (path, query) => {
    await expect(read(query)).rejects.toMatchObject({ status: 400, body: { issues: [{ path }] } })
  })

  it('follows a review from its flags to the effect of its decision', async () => {
    await sealEvents(t.db)
    const before = await read()
    const review = await takeIn()
    const decision = await decide(review)
    t.travel(60_000)
    await sweepOutbox(t.deps)
    await sealEvents(t.db)
    const { figures, breakdowns, days, scope, ...report } = await read()
    expect(figures.flags - before.figures.flags).toBe(3)
    expect(figures.reviews - before.figures.reviews).toBe(1)
    expect(figures.decisions - before.figures.decisions).toBe(1)
    expect(figures.toLook.n).toBe(figures.toDecision.n)
    expect(figures.toEffect.n - before.figures.toEffect.n).toBe(1)
    expect(figures.deadlines).toMatchObject({ n: figures.toDecision.n, rate: null, low: null })
    expect(days.map(({ day }) => day)).toEqual([today, addDays(today, 1)])
    expect(breakdowns.outcome).toMatchObject([{ value: 'no_violation', decisions: figures.decisions }])
    expect(scope).toEqual({ queues: null, leavesOutRestricted: true })
    expect(report.zone).toBe('UTC')
    const { items } = await rows({ figure: 'toEffect' })
    expect(items.at(-1)).toMatchObject({ id: decision.id, review: { id: review.id }, outcome: 'no_violation' })
  })

  it('counts nothing that was undone, and what was counted before stays as it was', async () => {
    await sealEvents(t.db)
    const before = await read()
    const review = await takeIn()
    const decision = await decide(review)
    await sealEvents(t.db)
    const between = await read()
    await ana()(api.undoDecision, { params: { decisionId: decision.id }, body: { clientId: newId() } })
    await sealEvents(t.db)
    const after = await read()
    expect(between.figures.decisions).toBe(before.figures.decisions + 1)
    expect(between.figures.backlog.value).toBe(before.figures.backlog.value)
    expect(after.figures.decisions).toBe(before.figures.decisions)
    expect(after.figures.backlog.value).toBe(before.figures.backlog.value + 1)
    const again = await read({ seq: between.seq })
    expect(again).toEqual({ ...between, headSeq: again.headSeq, readySeq: again.readySeq })
    expect(after.hash).not.toBe(between.hash)
  })

  it('leaves out what lies outside, says so, and tells nothing of what was restricted since', async () => {
    const review = await takeIn()
    await sealEvents(t.db)
    const { seq } = await read()
    const rowsBefore = await rows({ figure: 'reviews', seq })
    expect(rowsBefore.items.at(-1)).toMatchObject({ id: review.id, review: { id: review.id } })
    await t.setScope(t.person('supervisor'), { seesRestricted: true })
    const clientId = newId()
    const mark = { params: { reviewId: review.id }, body: { clientId, isRestricted: true } }
    await marta()(api.restrictReview, mark)
    await t.setScope(t.person('supervisor'), { seesRestricted: false })
    await sealEvents(t.db)
    const rowsAfter = await rows({ figure: 'reviews', seq })
    expect(rowsAfter.count).toEqual(rowsBefore.count)
    expect(rowsAfter.items.at(-1)).toMatchObject({ id: null, review: null, queue: 'none', language: null })
    expect((await rows({ figure: 'reviews' })).count!.value).toBe(rowsBefore.count!.value - 1)

    await t.setScope(t.person('supervisor'), { queues: ['general'] })
    const narrow = await read()
    expect(narrow.scope).toEqual({ queues: ['general'], leavesOutRestricted: true })
    expect(narrow.breakdowns.queue.filter(({ value }) => value !== 'general')).toEqual([])
    await t.setScope(t.person('supervisor'), { queues: null })
  })
})

describe('GET /reports/rows', () => {
  it('answers 401 without a session, 403 to a reviewer', async () => {
    const ask = { query: { ...period(), figure: 'flags' as const } }
    await expect(t.anonymous(api.listReportRows, ask)).rejects.toMatchObject({ status: 401 })
    await expect(ana()(api.listReportRows, ask)).rejects.toMatchObject({ status: 403 })
  })

  it.each([
    ['day', { figure: 'flags', day: '2001-01-01' }],
    ['by', { figure: 'flags', by: 'outcome', value: 'exempt' }],
    ['cursor', { figure: 'flags', cursor: 'x' }],
  ])('refuses a wrong %s', async (path, query) => {
    await expect(rows(query)).rejects.toMatchObject({ status: 400, body: { issues: [{ path }] } })
  })

  it('pages through as many rows as the figure says', async () => {
    await takeIn()
    await takeIn('spam')
    await sealEvents(t.db)
    const { seq, breakdowns } = await read()
    const of = breakdowns.clause.find(({ flags }) => flags! > 2)!
    const found: number[] = []
    let cursor: string | undefined
    do {
      const page = await rows({ figure: 'flags', seq, by: 'clause', value: of.value, limit: 2, cursor })
      if (!cursor) expect(page.count).toEqual({ value: of.flags, exact: true })
      found.push(...page.items.map((row) => row.seq))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(found).size).toBe(of.flags)
  })
})
