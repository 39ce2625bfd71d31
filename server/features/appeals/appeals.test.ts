import { beforeAll, describe, expect, it } from 'vitest'
import { sendDeliveries } from '#server/jobs/send-deliveries.ts'
import { sweepOutbox } from '#server/jobs/sweep-outbox.ts'
import { api } from '#shared/contract/api.ts'
import type { AppealInput, AppealRuling } from '#shared/contract/appeals.ts'
import type { Measure } from '#shared/contract/decisions.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createPolicy, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'
import { useReceiver } from '#test/support/receiver.ts'

const undoMs = 10_000
const dayMs = 86_400_000
const t = useTestApi({ undoMs, privateHosts: ['127.0.0.1'] })
const platform = useReceiver()

beforeAll(async () => {
  await createPolicy(t.db, { id: 'test.praise' })
  await createPolicy(t.db, { id: 'test.news', kind: 'exemption' })
})

const newId = () => crypto.randomUUID()
const dana = () => t.as('reviewer')
const ravi = () => t.second('reviewer')
const sofia = () => t.as('supervisor')

const remove: Measure = { target: 'post', kind: 'remove' }
const block: Measure = { target: 'account', kind: 'block' }
const praise = { outcome: 'violation' as const, clause: { id: 'test.praise', version: 1 }, exemption: null }
const ruling = (overrides: Partial<AppealRuling> = {}): AppealRuling => ({
  outcome: 'no_violation',
  clause: null,
  furtherClauses: [],
  exemption: null,
  purposeWeighed: true,
  measures: [],
  territory: [],
  ...overrides,
})

/** Decided by Dana just now. */
async function decided(measures: Measure[] = [remove], overrides: Parameters<typeof createReview>[1] = {}) {
  const review = await createReview(t.db, overrides)
  const params = { reviewId: review.id as ReviewId }
  const { version } = await dana()(api.claimReview, { params, body: { clientId: newId() } })
  const seen = { clientId: newId(), version, snapshotId: review.snapshot_id, handlingMs: 1_000 }
  const body = { ...seen, ...praise, measures, rationale: 'Praises the attack.' }
  const { decision } = await dana()(api.decideReview, { params, body })
  return { review, decision }
}

/** After the undo window: what is due leaves. */
async function run() {
  t.travel(undoMs)
  await sweepOutbox(t.deps)
}

async function effective(...of: Parameters<typeof decided>) {
  const made = await decided(...of)
  await run()
  return made
}

function file(call: TestCall, decisionId: string, overrides: Partial<AppealInput> = {}) {
  const body = { about: { decisionId }, appellant: { kind: 'account' as const }, text: 'That was a quotation.' }
  return call(api.fileAppeal, { body: { clientId: newId(), language: 'ru', ...body, ...overrides } })
}

async function filed(measures?: Measure[]) {
  const made = await effective(measures)
  const { appeal } = await file(dana(), made.decision.id)
  return { ...made, appeal, params: { appealId: appeal.id } }
}

const once = () => ({ clientId: newId() })
const claim = (call: TestCall, appealId: string) => call(api.claimAppeal, { params: { appealId }, body: once() })

async function decide(call: TestCall, appealId: string, next: AppealRuling | null, outcome?: 'reversed' | 'changed') {
  await claim(call, appealId)
  const body = { ...once(), outcome: outcome ?? ('upheld' as const), rationale: 'Read as a whole.', ruling: next }
  return (await call(api.decideAppeal, { params: { appealId }, body })).appeal
}

const refusedWith = (code: string, status?: number) => ({ ...(status && { status }), body: { code } })
const list = (query: object, call = sofia()) => call(api.listAppeals, { query } as never)

describe('fileAppeal', () => {
  it('answers 401 without a session, and 403 to an auditor', async () => {
    await expect(file(t.anonymous, newId())).rejects.toMatchObject(refusedWith('signed_out', 401))
    await expect(file(t.as('auditor'), newId())).rejects.toMatchObject(refusedWith('forbidden', 403))
  })

  it('answers 404 where nothing stands, and for what lies outside the scope', async () => {
    await expect(file(dana(), newId())).rejects.toMatchObject(refusedWith('not_found', 404))
    const { decision } = await decided([], { queue_id: 'hate' })
    await t.setScope(t.secondPerson('admin'), { queues: ['extremism'] })
    await expect(file(t.second('admin'), decision.id)).rejects.toMatchObject(refusedWith('not_found', 404))
  })

  it('is filed by hand: due after the target, the clause with its version', async () => {
    await t.as('admin')(api.changeOrganisation, { body: { appealTargetHours: 48 } })
    const { decision } = await effective()
    const { appeal, isDuplicate } = await file(dana(), decision.id)
    expect(isDuplicate).toBe(false)
    expect(appeal).toMatchObject({ state: 'waiting', isLate: false, decision: { clause: praise.clause }, isOwn: true })
    expect(Date.parse(appeal.dueAt) - Date.parse(appeal.filedAt)).toBe(2 * dayMs)
    const [event] = await findEventsOn(t.db, appeal.id)
    expect(event).toMatchObject({
      kind: 'appeal.filed',
      data: { decisionId: decision.id, reviewId: decision.reviewId },
    })
  })

  it('takes one that waits, and no second', async () => {
    const { decision } = await filed()
    await expect(file(sofia(), decision.id)).rejects.toMatchObject(refusedWith('appeal_open', 409))
  })

  it('refuses what is corrected or taken back, and a time that cannot be', async () => {
    const { decision } = await filed()
    const body = { ...ruling(), clientId: newId(), rationale: 'A court record.' }
    await sofia()(api.supersedeDecision, { params: { decisionId: decision.id }, body })
    await expect(file(ravi(), decision.id)).rejects.toMatchObject(refusedWith('already_superseded', 409))
    const { decision: undone } = await decided()
    await dana()(api.undoDecision, { params: { decisionId: undone.id }, body: once() })
    await expect(file(ravi(), undone.id)).rejects.toMatchObject(refusedWith('already_undone', 409))
    const { decision: later } = await decided()
    const filedAt = new Date(Date.parse(later.decidedAt) - 1).toISOString()
    await expect(file(ravi(), later.id, { filedAt })).rejects.toMatchObject({ body: { issues: [{ path: 'filedAt' }] } })
  })

  it('refuses what comes late, but by hand with a reason', async () => {
    const { decision } = await effective()
    const late = { filedAt: new Date(Date.parse(decision.decidedAt) + 181 * dayMs).toISOString() }
    t.travel(200 * dayMs)
    await expect(file(dana(), decision.id, late)).rejects.toMatchObject(refusedWith('appeal_window_over', 409))
    const key = t.key({ role: 'reviewer', sources: ['vk'] })
    const sent = { clientId: undefined, source: { name: 'vk', externalId: 'late' }, lateReason: 'The same.' }
    await expect(file(key, decision.id, { ...late, ...sent })).rejects.toMatchObject(refusedWith('appeal_window_over'))
    const { appeal } = await file(dana(), decision.id, { ...late, lateReason: 'Was in hospital.' })
    expect(appeal.isLate).toBe(true)
  })

  it('is filed by a program for its source only, once, by what the platform calls the post or the account', async () => {
    const { review, decision } = await effective([block])
    const post = await t.db.selectFrom('post').selectAll().where('id', '=', review.post_id).executeTakeFirstOrThrow()
    const key = t.key({ role: 'reviewer', sources: ['vk-appeals'] })
    const about = { platform: post.platform, post: post.external_id }
    const source = { name: 'vk-appeals', externalId: newId() }
    const send = (overrides: Partial<AppealInput>) =>
      file(key, '', { clientId: undefined, source, about, ...overrides })
    await expect(send({ source: { ...source, name: 'other' } })).rejects.toMatchObject(
      refusedWith('source_not_allowed', 403),
    )
    await expect(send({ source: undefined })).rejects.toMatchObject({ body: { issues: [{ path: 'source' }] } })
    const [first, second] = await Promise.all([send({}), send({})])
    expect([first.isDuplicate, second.isDuplicate].sort()).toEqual([false, true])
    expect(first.appeal).toMatchObject({ id: second.appeal.id, decision: { id: decision.id } })
    const account = await t.db
      .selectFrom('account')
      .selectAll()
      .where('id', '=', review.account_id)
      .executeTakeFirstOrThrow()
    const onAccount = { platform: account.platform, account: account.external_id }
    const other = { about: onAccount, source: { ...source, externalId: newId() } }
    await expect(send(other)).rejects.toMatchObject(refusedWith('appeal_open'))
  })
})

describe('an appeal', () => {
  it('answers 401 and 403, and 404 where there is none', async () => {
    const params = { appealId: newId() }
    const verdict = { ...once(), outcome: 'upheld' as const, rationale: 'So.', ruling: null }
    await expect(t.anonymous(api.getAppeal, { params })).rejects.toMatchObject(refusedWith('signed_out', 401))
    await expect(claim(t.as('admin'), params.appealId)).rejects.toMatchObject(refusedWith('forbidden', 403))
    await expect(t.as('auditor')(api.decideAppeal, { params, body: verdict })).rejects.toMatchObject({ status: 403 })
    await expect(sofia()(api.getAppeal, { params })).rejects.toMatchObject(refusedWith('not_found', 404))
    await expect(claim(sofia(), params.appealId)).rejects.toMatchObject(refusedWith('not_found', 404))
  })

  it('is heard by one person at a time, and never by who decided', async () => {
    const { appeal, params } = await filed()
    await expect(claim(dana(), appeal.id)).rejects.toMatchObject(refusedWith('own_decision', 403))
    await claim(ravi(), appeal.id)
    await expect(claim(sofia(), appeal.id)).rejects.toMatchObject(refusedWith('held_by_other', 409))
    const verdict = { ...once(), outcome: 'upheld' as const, rationale: 'So.', ruling: null }
    await expect(sofia()(api.decideAppeal, { params, body: verdict })).rejects.toMatchObject(refusedWith('lease_lost'))
    await ravi()(api.releaseAppeal, { params, body: once() })
    await expect(ravi()(api.releaseAppeal, { params, body: once() })).rejects.toMatchObject(refusedWith('lease_lost'))
    await claim(sofia(), appeal.id)
    t.travel(31 * 60_000)
    const { appeal: heard } = await claim(ravi(), appeal.id)
    expect(heard).toMatchObject({ holderId: t.secondPerson('reviewer').id, isOwn: false })
  })

  it('shows what was decided, on what, and by what words of the policy', async () => {
    const { appeal, decision, params, review } = await filed()
    const page = await ravi()(api.getAppeal, { params })
    expect(page).toMatchObject({
      text: 'That was a quotation.',
      decidedByIds: [t.person('reviewer').id],
      first: { decision: { id: decision.id, clause: praise.clause }, snapshot: { id: review.snapshot_id } },
      next: null,
    })
    expect(page.reference).toBe(appeal.reference)
  })

  it('upheld changes nothing, and is taken back for as long as anything is', async () => {
    const { appeal, decision, params } = await filed()
    const upheld = await decide(ravi(), appeal.id, null)
    expect(upheld).toMatchObject({ state: 'decided', outcome: 'upheld', next: null, wronglyDown: null })
    await expect(sofia()(api.undoAppeal, { params, body: once() })).rejects.toMatchObject(refusedWith('not_yours', 403))
    const { appeal: undone } = await ravi()(api.undoAppeal, { params, body: once() })
    expect(undone).toMatchObject({ state: 'waiting', outcome: null, holderId: t.secondPerson('reviewer').id })
    await decide(ravi(), appeal.id, null)
    t.travel(undoMs)
    await expect(ravi()(api.undoAppeal, { params, body: once() })).rejects.toMatchObject(refusedWith('too_late'))
    await expect(claim(sofia(), appeal.id)).rejects.toMatchObject(refusedWith('already_decided', 409))
    const { appeal: again } = await file(dana(), decision.id)
    await expect(claim(ravi(), again.id)).rejects.toMatchObject(refusedWith('own_decision'))
  })

  it.each([
    ['upheld', ruling(), 'ruling'],
    ['reversed', null, 'ruling'],
    ['reversed', ruling({ ...praise, measures: [] }), 'outcome'],
    ['changed', ruling(), 'outcome'],
    ['changed', ruling({ ...praise, measures: [remove] }), 'outcome'],
    ['reversed', ruling({ outcome: 'exempt', clause: praise.clause, exemption: 'test.gone' }), 'exemption'],
  ] as const)('refuses %s with what does not go with it', async (outcome, next, path) => {
    const { appeal, params } = await filed()
    await claim(ravi(), appeal.id)
    const body = { ...once(), outcome, rationale: 'So.', ruling: next }
    await expect(ravi()(api.decideAppeal, { params, body })).rejects.toMatchObject({ body: { issues: [{ path }] } })
  })

  it('reversed takes back what was done, and says for how long it was wrongly down', async () => {
    const { appeal, decision, review, params } = await filed([remove, block])
    t.travel(3 * dayMs)
    const news = ruling({ outcome: 'exempt', clause: praise.clause, exemption: 'test.news' })
    const reversed = await decide(ravi(), appeal.id, news, 'reversed')
    expect(reversed).toMatchObject({
      outcome: 'reversed',
      next: { supersedesId: decision.id, outcome: 'exempt', decidedById: t.secondPerson('reviewer').id },
      wronglyDown: { until: null, ms: null },
    })
    await run()
    const { wronglyDown } = await sofia()(api.getAppeal, { params })
    expect(wronglyDown!.ms).toBeGreaterThanOrEqual(3 * dayMs)
    expect(wronglyDown!.ms).toBeLessThan(3 * dayMs + 60_000)
    const desk = await sofia()(api.getReview, { params: { reviewId: review.id as ReviewId } })
    expect(desk.decisions.map(({ outcome }) => outcome)).toEqual(['exempt', 'violation'])
    const events = await findEventsOn(t.db, appeal.id)
    expect(events.map(({ kind }) => kind)).toEqual([
      'appeal.filed',
      'appeal.claimed',
      'appeal.decided',
      'appeal.lifted',
    ])
    expect(events.at(-1)!.data).toMatchObject({ wronglyDownMs: wronglyDown!.ms, decisionId: decision.id })
    const [superseded] = (await findEventsOn(t.db, review.id)).filter(({ kind }) => kind === 'decision.superseded')
    expect(superseded!.data).toMatchObject({ appealId: appeal.id })
  })

  it('is open again, with who heard it, when the new decision is taken back', async () => {
    const { appeal, decision, params } = await filed([remove])
    const reversed = await decide(ravi(), appeal.id, ruling(), 'reversed')
    await ravi()(api.undoDecision, { params: { decisionId: reversed.newDecisionId! }, body: once() })
    const open = await sofia()(api.getAppeal, { params })
    expect(open).toMatchObject({ state: 'waiting', newDecisionId: null, holderId: t.secondPerson('reviewer').id })
    expect(open.first.supersededById).toBeNull()
    await decide(ravi(), appeal.id, ruling({ ...praise, measures: [{ target: 'post', kind: 'label' }] }), 'changed')
    const { appeal: undone } = await ravi()(api.undoAppeal, { params, body: once() })
    expect(undone.state).toBe('waiting')
    expect(undone.first.decision.id).toBe(decision.id)
  })

  it('counts nothing as down that never took effect, nor what the change still holds', async () => {
    const { decision } = await decided([remove])
    const { appeal } = await file(dana(), decision.id)
    await decide(ravi(), appeal.id, ruling(), 'reversed')
    await run()
    expect((await list({ tab: 'decided', decision: decision.id })).items[0]).toMatchObject({ wronglyDown: null })

    const both = await filed([remove, block])
    await decide(ravi(), both.appeal.id, ruling({ ...praise, measures: [remove] }), 'changed')
    await run()
    const account = await t.db
      .selectFrom('account')
      .select('status')
      .where('id', '=', both.review.account_id)
      .executeTakeFirstOrThrow()
    expect(account.status).not.toBe('blocked')
    const { wronglyDown } = await sofia()(api.getAppeal, { params: both.params })
    expect(wronglyDown?.ms).toBeGreaterThan(0)
  })

  it('is closed undecided, by a program for its source only', async () => {
    const { appeal, params } = await filed()
    const body = () => ({ ...once(), reason: 'The user took it back.' })
    const key = t.key({ role: 'reviewer', sources: ['vk'] })
    await expect(key(api.withdrawAppeal, { params, body: body() })).rejects.toMatchObject(
      refusedWith('source_not_allowed', 403),
    )
    const { appeal: closed } = await sofia()(api.withdrawAppeal, { params, body: body() })
    expect(closed).toMatchObject({ state: 'withdrawn', outcome: null, withdrawnReason: 'The user took it back.' })
    await expect(claim(ravi(), appeal.id)).rejects.toMatchObject(refusedWith('already_decided'))
  })

  it('against what is corrected meanwhile cannot be decided', async () => {
    const { appeal, decision, params } = await filed()
    await claim(ravi(), appeal.id)
    const body = { ...ruling(), clientId: newId(), rationale: 'A court record.' }
    await sofia()(api.supersedeDecision, { params: { decisionId: decision.id }, body })
    const verdict = { ...once(), outcome: 'upheld' as const, rationale: 'So.', ruling: null }
    await expect(ravi()(api.decideAppeal, { params, body: verdict })).rejects.toMatchObject(
      refusedWith('already_superseded'),
    )
  })
})

describe('a platform that answers', () => {
  it('is told of the reversal, and the time is reckoned to its answer', async () => {
    const body = { clientId: newId(), name: 'VK', url: platform.url, platforms: ['vk'], sources: [], isActive: true }
    const { receiver } = await t.as('admin')(api.addReceiver, { body })
    const { decision } = await decided([remove])
    await run()
    await sendDeliveries(t.deps)
    await answer(decision.id)
    const { appeal } = await file(dana(), decision.id)
    t.travel(dayMs)
    const reversed = await decide(ravi(), appeal.id, ruling(), 'reversed')
    await run()
    await sendDeliveries(t.deps)
    expect(platform.received.at(-1)!.body).toMatchObject({
      decision: { supersedesId: decision.id },
      lift: [{ target: 'post', kind: 'remove' }],
    })
    const params = { appealId: appeal.id }
    expect((await sofia()(api.getAppeal, { params })).wronglyDown).toMatchObject({ until: null })
    t.travel(dayMs)
    await answer(reversed.newDecisionId!)
    const { wronglyDown } = await sofia()(api.getAppeal, { params })
    expect(Math.round(wronglyDown!.ms! / dayMs)).toBe(2)
    await t.db.updateTable('receiver').set({ is_active: false }).where('id', '=', receiver.id).execute()
  })

  async function answer(decisionId: string) {
    const { id } = await t.db
      .selectFrom('delivery')
      .select('id')
      .where('decision_id', '=', decisionId)
      .executeTakeFirstOrThrow()
    const key = t.key({ role: 'reviewer', sources: ['vk-intake'] })
    await key(api.answerDelivery, { params: { deliveryId: id }, body: { answer: 'done' } })
  }
})

describe('what lies outside the scope', () => {
  it('is not listed, counted, shown or heard', async () => {
    const restricted = await filed()
    const { appeal } = restricted
    await t.db.updateTable('review').set({ is_restricted: true }).where('id', '=', restricted.review.id).execute()
    const before = (await ravi()(api.countAppeals, {})).waiting
    expect((await list({ decision: restricted.decision.id }, ravi())).items).toEqual([])
    const params = { appealId: appeal.id }
    await expect(ravi()(api.getAppeal, { params })).rejects.toMatchObject(refusedWith('not_found', 404))
    await expect(claim(ravi(), appeal.id)).rejects.toMatchObject(refusedWith('not_found', 404))
    await t.setScope(t.secondPerson('reviewer'), { seesRestricted: true })
    expect((await ravi()(api.countAppeals, {})).waiting).toBe(before + 1)
    await claim(ravi(), appeal.id)
    await t.setScope(t.secondPerson('reviewer'), {})
  })
})

describe('listAppeals', () => {
  it('answers 401 without a session', async () => {
    await expect(list({}, t.anonymous)).rejects.toMatchObject(refusedWith('signed_out', 401))
  })

  it('holds what waits by when it is due, what is mine, and what is decided', async () => {
    const one = await filed()
    const two = await filed()
    await claim(ravi(), two.appeal.id)
    const waiting = await list({ limit: 200 })
    const due = waiting.items.map(({ dueAt }) => dueAt)
    expect(due).toEqual(due.toSorted())
    expect(waiting.items.map(({ id }) => id)).toEqual(expect.arrayContaining([one.appeal.id, two.appeal.id]))
    expect(waiting.count).toEqual({ value: waiting.items.length, exact: true })
    const mine = await list({ tab: 'mine', account: two.review.account_id }, ravi())
    expect(mine.items.map(({ id }) => id)).toEqual([two.appeal.id])
    await decide(ravi(), two.appeal.id, null)
    const after = await list({ tab: 'decided', outcome: 'upheld', clause: 'test.praise', limit: 200 })
    expect(after.items.map(({ id }) => id)).toContain(two.appeal.id)
    const counts = await sofia()(api.countAppeals, {})
    t.travel(3 * dayMs)
    const later = await sofia()(api.countAppeals, {})
    expect(later).toMatchObject({ waiting: counts.waiting, overdue: later.waiting })
    expect((await list({ overdue: 'true', account: one.review.account_id })).items).toHaveLength(1)
    const pages = await list({ limit: 1 })
    const next = await list({ limit: 1, cursor: pages.nextCursor })
    expect(next.items[0]!.id).toBe(waiting.items[1]!.id)
  })
})
