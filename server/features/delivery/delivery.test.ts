import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { lapseMeasures } from '#server/jobs/lapse-measures.ts'
import { sendDeliveries } from '#server/jobs/send-deliveries.ts'
import { sweepOutbox } from '#server/jobs/sweep-outbox.ts'
import { api } from '#shared/contract/api.ts'
import type { Measure, SupersedeInput } from '#shared/contract/decisions.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { createPolicy, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'
import { needNoSecondPerson } from '#test/support/one-person.ts'
import { isSignedWith, useReceiver } from '#test/support/receiver.ts'

const undoMs = 10_000
const deliveryRetryMs = 1_000
const hourMs = 3_600_000
const t = useTestApi({
  undoMs,
  deliveryRetryMs,
  deliveryAttempts: 3,
  deliveryTimeoutMs: 300,
  privateHosts: ['127.0.0.1'],
})
const platform = useReceiver()

beforeAll(async () => {
  await createPolicy(t.db, { id: 'test.praise' })
  await needNoSecondPerson(t.db)
})
afterEach(async () => {
  await t.db.updateTable('receiver').set({ is_active: false }).execute()
})

const newId = () => crypto.randomUUID()
const dana = () => t.as('reviewer')
const ada = () => t.as('admin')

async function connect(overrides: Partial<Parameters<typeof input>[0]> = {}) {
  return ada()(api.addReceiver, { body: input(overrides) })
}
const input = (overrides: { platforms?: string[]; sources?: string[]; url?: string; isActive?: boolean }) => ({
  clientId: newId(),
  name: 'VK',
  url: platform.url,
  platforms: ['vk'],
  sources: [],
  isActive: true,
  ...overrides,
})

const praise = {
  outcome: 'violation' as const,
  clause: { id: 'test.praise', version: 1 },
  exemption: null,
  rationale: 'Praises the attack.',
}

async function decide(measures: Measure[], overrides: Parameters<typeof createReview>[1] = {}) {
  const review = await createReview(t.db, overrides)
  const params = { reviewId: review.id as ReviewId }
  const { version } = await dana()(api.claimReview, { params, body: { clientId: newId() } })
  const seen = { clientId: newId(), version, snapshotId: review.snapshot_id, handlingMs: 1_000 }
  const { decision } = await dana()(api.decideReview, { params, body: { ...seen, ...praise, measures } })
  return { review, decision }
}

async function supersede(decisionId: string, measures: Measure[]) {
  const body: SupersedeInput = {
    ...praise,
    clientId: newId(),
    measures,
    furtherClauses: [],
    purposeWeighed: true,
    territory: [],
  }
  const { decision } = await t.as('supervisor')(api.supersedeDecision, { params: { decisionId }, body })
  return decision
}

/** After the undo window: what is due leaves. */
async function run() {
  t.travel(undoMs)
  await sweepOutbox(t.deps)
  return sendDeliveries(t.deps)
}

const getAccount = (id: string) => t.db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

async function getRecord(reviewId: string, decisionId: string) {
  const desk = await dana()(api.getReview, { params: { reviewId: reviewId as ReviewId } })
  return desk.decisions.find(({ id }) => id === decisionId)!
}

async function getOnly(reviewId: string, decisionId: string) {
  const { deliveries = [] } = await getRecord(reviewId, decisionId)
  expect(deliveries).toHaveLength(1)
  return deliveries[0]!
}

const block: Measure = { target: 'account', kind: 'block' }
const remove: Measure = { target: 'post', kind: 'remove' }

describe('a receiver', () => {
  it('is told what was decided, on what, and what to do', async () => {
    const { secret } = await connect()
    const { review, decision } = await decide([remove, block])
    expect(await run()).toBe(1)
    const [message] = platform.received
    expect(message!.body).toMatchObject({
      kind: 'decision',
      platform: 'vk',
      decision: { id: decision.id, review: `DKT-${review.number}`, clause: praise.clause, rationale: praise.rationale },
      apply: [
        { target: 'account', kind: 'block' },
        { target: 'post', kind: 'remove' },
      ],
      lift: [],
      holds: { account: 'block', post: 'remove' },
    })
    expect(message!.headers['docket-event-id']).toBe(message!.body.id)
    expect(isSignedWith(secret, message!)).toBe(true)
    expect(isSignedWith('another', message!)).toBe(false)
    const sentAt = Number(message!.headers['docket-timestamp']) * 1_000
    expect(Math.abs(sentAt - t.deps.now().getTime())).toBeLessThan(5_000)
  })

  it('is not told before the undo window is over, nor of what was superseded in it', async () => {
    await connect()
    const { decision } = await decide([block])
    await sweepOutbox(t.deps)
    expect(await sendDeliveries(t.deps)).toBe(0)
    const correction = await supersede(decision.id, [])
    await run()
    expect(platform.received.map(({ body }) => body.decision.id)).toEqual([correction.id])
    expect(platform.received[0]!.body).toMatchObject({ apply: [], lift: [], holds: { account: null } })
  })

  it('is told of its platforms and its sources only', async () => {
    await connect({ platforms: ['telegram'], sources: ['vk-intake'] })
    await decide([remove])
    await decide([remove], { platform: 'telegram' })
    expect(await run()).toBe(2)
    await t.db.updateTable('receiver').set({ sources: [] }).execute()
    const { review, decision } = await decide([remove])
    expect(await run()).toBe(0)
    expect((await getRecord(review.id, decision.id)).delivery).toBe('recorded')
  })

  it('makes the account wait for its answer', async () => {
    await connect()
    const { review, decision } = await decide([block])
    await run()
    expect((await getAccount(review.account_id)).status).toBe('active')
    expect(await getRecord(review.id, decision.id)).toMatchObject({
      delivery: 'delivered',
      measures: [{ kind: 'block', beganAt: null }],
      deliveries: [{ receiverName: 'VK', state: 'delivered', attempts: 1, answer: null }],
    })
  })

  it('may answer in its response', async () => {
    await connect()
    platform.reply(() => ({ answer: { answer: 'done', text: 'Blocked by the night shift.' } }))
    const { review, decision } = await decide([block])
    await run()
    expect(await getAccount(review.account_id)).toMatchObject({
      status: 'blocked',
      status_cause: `DKT-${review.number}`,
    })
    expect(await getOnly(review.id, decision.id)).toMatchObject({
      answer: 'done',
      answerText: 'Blocked by the night shift.',
    })
    expect((await findEventsOn(t.db, decision.id)).map(({ kind }) => kind)).toEqual([
      'decision.released',
      'decision.delivered',
      'decision.answered',
    ])
    expect(JSON.stringify(await findEventsOn(t.db, decision.id))).not.toContain('night shift')
  })

  it('leaves the account as it is when it refuses', async () => {
    await connect()
    platform.reply(() => ({ answer: { answer: 'refused', text: 'Not under our rules.' } }))
    const { review, decision } = await decide([block])
    await run()
    expect((await getAccount(review.account_id)).status).toBe('active')
    expect(await getOnly(review.id, decision.id)).toMatchObject({
      answer: 'refused',
      answerText: 'Not under our rules.',
    })
  })

  it('may say that the account is deleted already', async () => {
    await connect()
    platform.reply(() => ({ answer: { answer: 'already_deleted' } }))
    const { review, decision } = await decide([block])
    await run()
    expect(await getAccount(review.account_id)).toMatchObject({ status: 'deleted', status_cause: 'platform' })
    expect((await getRecord(review.id, decision.id)).measures).toMatchObject([
      { endedAs: 'already_deleted', beganAt: null },
    ])
  })

  it('speaks of the post when it is asked about nothing else', async () => {
    await connect()
    platform.reply(() => ({ answer: { answer: 'already_deleted' } }))
    const { review } = await decide([remove])
    await run()
    expect((await getAccount(review.account_id)).status).toBe('active')
  })

  it.each(['OK', '{"answer":"maybe"}', '[]', '{'])('has not answered by %s', async (answer) => {
    await connect()
    platform.reply(() => ({ answer }))
    const { review, decision } = await decide([block])
    await run()
    expect(await getOnly(review.id, decision.id)).toMatchObject({ state: 'delivered', answer: null })
  })

  it('is told that a measure is lifted, and the account returns when it is', async () => {
    await connect()
    platform.reply(() => ({ answer: { answer: 'done' } }))
    const { review, decision } = await decide([remove, block])
    await run()
    await t.db.insertInto('account_status').values(stated(review.account_id)).execute()
    const correction = await supersede(decision.id, [remove])
    await run()
    expect(platform.received[1]!.body).toMatchObject({
      decision: { id: correction.id, supersedesId: decision.id },
      apply: [{ target: 'post', kind: 'remove' }],
      lift: [{ target: 'account', kind: 'block' }],
      holds: { account: null, post: 'remove' },
    })
    expect((await getAccount(review.account_id)).status).toBe('active')
  })

  it('is not told to lift what another decision holds', async () => {
    await connect()
    platform.reply(() => ({ answer: { answer: 'done' } }))
    const { review, decision } = await decide([block])
    await decide([block], { account_id: review.account_id })
    await run()
    await supersede(decision.id, [])
    await run()
    expect(platform.received.at(-1)!.body).toMatchObject({ apply: [], lift: [], holds: { account: 'block' } })
    expect((await getAccount(review.account_id)).status).toBe('blocked')
  })

  it('keeps the measure in force when it refuses to lift it', async () => {
    await connect()
    platform.reply(({ decision }) => ({ answer: { answer: decision.supersedesId ? 'refused' : 'done' } }))
    const { review, decision } = await decide([block])
    await run()
    await supersede(decision.id, [])
    await run()
    expect((await getAccount(review.account_id)).status).toBe('blocked')
    expect((await getRecord(review.id, decision.id)).measures).toMatchObject([{ endedAt: null }])
  })
})

describe('a delivery that does not arrive', () => {
  it('is sent again, later each time, under the same event id', async () => {
    await connect()
    platform.reply((_message, nth) => (nth < 3 ? { status: 500 } : { answer: { answer: 'done' } }))
    const { review, decision } = await decide([block])
    await run()
    expect(await getOnly(review.id, decision.id)).toMatchObject({
      state: 'pending',
      attempts: 1,
      lastError: 'The receiver answered 500.',
    })
    expect(await sendDeliveries(t.deps)).toBe(0)
    t.travel(deliveryRetryMs)
    expect(await sendDeliveries(t.deps)).toBe(1)
    t.travel(deliveryRetryMs / 2)
    expect(await sendDeliveries(t.deps)).toBe(0)
    t.travel(1.5 * deliveryRetryMs)
    expect(await sendDeliveries(t.deps)).toBe(1)
    expect(await getOnly(review.id, decision.id)).toMatchObject({ state: 'delivered', attempts: 3, answer: 'done' })
    expect(new Set(platform.received.map(({ headers }) => headers['docket-event-id'])).size).toBe(1)
    expect(new Set(platform.received.map(({ raw }) => raw)).size).toBe(1)
    expect((await getAccount(review.account_id)).status).toBe('blocked')
  })

  it('waits for a person after so many tries, and has as many again when asked to', async () => {
    await connect()
    platform.reply(() => ({ status: 503 }))
    const { review, decision } = await decide([block])
    await run()
    for (let tries = 0; tries < 4; tries += 1) {
      t.travel(hourMs)
      await sendDeliveries(t.deps)
    }
    expect(platform.received).toHaveLength(3)
    expect((await getRecord(review.id, decision.id)).delivery).toBe('failed')
    const { items } = await t.as('supervisor')(api.listDeliveries, { query: { state: ['failed'] } })
    expect(items[0]).toMatchObject({ decisionId: decision.id, apply: ['account.block'], canRetry: true })
    platform.reply(() => ({ answer: { answer: 'done' } }))
    await retry(items[0]!.id)
    expect((await getRecord(review.id, decision.id)).delivery).toBe('sending')
    expect(await sendDeliveries(t.deps)).toBe(1)
    expect(await getRecord(review.id, decision.id)).toMatchObject({
      delivery: 'delivered',
      deliveries: [{ attempts: 4 }],
    })
  })

  it('is a receiver that is down, slow, or answers too much', async () => {
    const { receiver } = await connect({ url: 'http://127.0.0.1:9/hooks' })
    const { review, decision } = await decide([block])
    await run()
    expect((await getOnly(review.id, decision.id)).lastError).toContain('ECONNREFUSED')
    await ada()(api.changeReceiver, { params: { receiverId: receiver.id }, body: input({}) })
    platform.reply(() => () => {})
    t.travel(hourMs)
    await sendDeliveries(t.deps)
    expect((await getOnly(review.id, decision.id)).lastError).toBe('No whole answer came within 300 ms.')
    platform.reply(() => ({ answer: 'x'.repeat(100_000) }))
    t.travel(hourMs)
    await sendDeliveries(t.deps)
    expect(await getOnly(review.id, decision.id)).toMatchObject({ state: 'failed', attempts: 3 })
  })

  it('follows no redirect and reaches no private address that is not on the list', async () => {
    await connect({ url: 'http://127.0.0.2:9/hooks' })
    const { review, decision } = await decide([block])
    await run()
    expect((await getOnly(review.id, decision.id)).lastError).toBe('127.0.0.2 is not on the public internet.')
    await t.db.updateTable('receiver').set({ url: platform.url }).execute()
    platform.reply(() => (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end())
    t.travel(hourMs)
    await sendDeliveries(t.deps)
    expect((await getOnly(review.id, decision.id)).lastError).toBe('The receiver answered 302.')
  })

  it('holds back what comes later for the same account, and nothing else', async () => {
    await connect()
    const { review, decision } = await decide([block])
    const second = await decide([{ target: 'account', kind: 'terminate' }], { account_id: review.account_id })
    const other = await decide([block])
    platform.reply(({ decision: { id } }) => (id === decision.id ? { status: 500 } : {}))
    await run()
    const ids = () => platform.received.map(({ body }) => body.decision.id)
    expect(ids().sort()).toEqual([decision.id, other.decision.id].sort())
    platform.reply(() => ({}))
    t.travel(hourMs)
    await sendDeliveries(t.deps)
    expect(ids().slice(2)).toEqual([decision.id, second.decision.id])
  })

  it('gives way to the decision that supersedes it', async () => {
    await connect()
    platform.reply(() => ({ status: 500 }))
    const { review, decision } = await decide([block])
    await run()
    platform.reply(() => ({ answer: { answer: 'done' } }))
    const correction = await supersede(decision.id, [])
    await run()
    t.travel(hourMs)
    await sendDeliveries(t.deps)
    expect(platform.received.map(({ body }) => body.decision.id)).toEqual([decision.id, correction.id])
    // The first try may have arrived, whatever was answered.
    expect(platform.received[1]!.body.lift).toEqual([{ target: 'account', kind: 'block' }])
    expect((await getRecord(review.id, decision.id)).delivery).toBe('cancelled')
    expect((await getAccount(review.account_id)).status).toBe('active')
  })

  it('is sent again when the server was killed in the middle of it', async () => {
    await connect()
    const { review, decision } = await decide([block])
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    const { claimDeliveries } = await import('./sending/deliveries.queries.ts')
    const now = t.deps.now()
    const until = new Date(now.getTime() + 30_000)
    const [claimed] = await claimDeliveries(t.db, { now, until, limit: 10, busy: [] })
    expect(await sendDeliveries(t.deps)).toBe(0)
    t.travel(30_000)
    expect(await sendDeliveries(t.deps)).toBe(1)
    expect(platform.received[0]!.headers['docket-event-id']).toBe(claimed!.id)
    expect(await getOnly(review.id, decision.id)).toMatchObject({ state: 'delivered', attempts: 2 })
  })

  it('is put back when the server is stopped in the middle of it', async () => {
    await connect()
    const { review, decision } = await decide([block])
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    const stop = new AbortController()
    platform.reply(() => () => stop.abort())
    await sendDeliveries(t.deps, stop.signal)
    expect(await getOnly(review.id, decision.id)).toMatchObject({ state: 'pending', lastError: null })
    platform.reply(() => ({}))
    expect(await sendDeliveries(t.deps)).toBe(1)
  })
})

describe('a slow receiver', () => {
  it('keeps nobody else waiting', async () => {
    await connect({ platforms: ['telegram'] })
    await connect({ platforms: ['vk'] })
    for (let nth = 0; nth < 12; nth += 1) await decide([remove], { platform: 'telegram' })
    const { decision } = await decide([remove])
    platform.reply(({ decision: { id } }) => (id === decision.id ? {} : () => {}))
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    const stop = new AbortController()
    const sending = sendDeliveries(
      { ...t.deps, settings: { ...t.deps.settings, deliveryTimeoutMs: 60_000 } },
      stop.signal,
    )
    await expect.poll(() => platform.received.map(({ body }) => body.decision.id)).toContain(decision.id)
    stop.abort()
    await sending
  })
})

describe('several servers', () => {
  it('send each delivery once, in the order of each account', async () => {
    await connect()
    const accounts = []
    for (let account = 0; account < 6; account += 1) {
      const { review, decision } = await decide([remove])
      const { decision: next } = await decide([block], { account_id: review.account_id })
      accounts.push([decision.id, next.id])
    }
    t.travel(undoMs)
    await Promise.all([sweepOutbox(t.deps), sweepOutbox(t.deps)])
    await Promise.all([sendDeliveries(t.deps), sendDeliveries(t.deps), sendDeliveries(t.deps)])
    await sendDeliveries(t.deps)
    const sent = platform.received.map(({ body }) => body.decision.id)
    expect(sent.toSorted()).toEqual(accounts.flat().toSorted())
    for (const [first, second] of accounts) expect(sent.indexOf(first!)).toBeLessThan(sent.indexOf(second!))
  })
})

describe('lapseMeasures', () => {
  it('ends a measure at its time, and tells those who were told of it', async () => {
    await connect()
    platform.reply(() => ({ answer: { answer: 'done' } }))
    const endsAt = new Date(t.deps.now().getTime() + hourMs).toISOString()
    const { review, decision } = await decide([remove, { ...block, endsAt }])
    await t.db.insertInto('account_status').values(stated(review.account_id)).execute()
    await run()
    expect((await getAccount(review.account_id)).status).toBe('blocked')
    expect(await lapseMeasures(t.deps)).toBe(0)
    t.travel(hourMs)
    const lapsed = await Promise.all([lapseMeasures(t.deps), lapseMeasures(t.deps)])
    expect(lapsed.toSorted()).toEqual([0, 1])
    expect((await getAccount(review.account_id)).status).toBe('active')
    expect((await findEventsOn(t.db, decision.id)).at(-1)).toMatchObject({
      kind: 'measure.lapsed',
      personId: null,
      data: { measure: 'account.block' },
    })
    await sendDeliveries(t.deps)
    expect(platform.received.at(-1)!.body).toMatchObject({
      kind: 'lapse',
      apply: [],
      lift: [{ target: 'account', kind: 'block', endsAt }],
      holds: { account: null, post: 'remove' },
    })
    expect(await getRecord(review.id, decision.id)).toMatchObject({
      delivery: 'delivered',
      deliveries: [{ about: 'decision' }, { about: 'lapse', answer: 'done' }],
    })
  })

  it('leaves an account as far as another measure holds it', async () => {
    const endsAt = new Date(t.deps.now().getTime() + hourMs).toISOString()
    const { review } = await decide([{ ...block, endsAt }])
    await decide([{ target: 'account', kind: 'limit' }], { account_id: review.account_id })
    await run()
    expect((await getAccount(review.account_id)).status).toBe('blocked')
    t.travel(hourMs)
    await lapseMeasures(t.deps)
    expect((await getAccount(review.account_id)).status).toBe('limited')
  })
})

describe('answerDelivery', () => {
  const answer = (deliveryId: string, body: object, call = t.key({ role: 'reviewer', sources: ['vk-intake'] })) =>
    call(api.answerDelivery, { params: { deliveryId }, body: body as never })

  async function delivered() {
    await connect()
    const made = await decide([block])
    await run()
    const { id } = await getOnly(made.review.id, made.decision.id)
    return { ...made, id }
  }

  it('answers 401 without a key', async () => {
    await expect(answer(newId(), { answer: 'done' }, t.anonymous)).rejects.toMatchObject({ status: 401 })
  })

  it('is for programs whose source the receiver serves', async () => {
    const { id } = await delivered()
    const refusal = { status: 403, body: { code: 'source_not_allowed' } }
    await expect(answer(id, { answer: 'done' }, dana())).rejects.toMatchObject(refusal)
    const other = t.key({ role: 'reviewer', sources: ['tg-intake'] })
    await expect(answer(id, { answer: 'done' }, other)).rejects.toMatchObject(refusal)
    await t.db
      .updateTable('receiver')
      .set({ sources: ['tg-intake'] })
      .execute()
    await expect(answer(id, { answer: 'done' }, other)).resolves.toMatchObject({ answer: 'done' })
  })

  it('answers 404 for one that is not there', async () => {
    await expect(answer(newId(), { answer: 'done' })).rejects.toMatchObject({ status: 404 })
  })

  it('refuses an answer to what was not sent', async () => {
    await connect({ url: platform.url })
    const { review, decision } = await decide([block])
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    const { id } = await getOnly(review.id, decision.id)
    await expect(answer(id, { answer: 'done' })).rejects.toMatchObject({ status: 409, body: { code: 'not_sent' } })
    await sendDeliveries(t.deps)
  })

  it('takes the answer that comes later', async () => {
    const { review, decision, id } = await delivered()
    const first = await answer(id, { answer: 'done', text: 'Ticket 7.' })
    expect((await getAccount(review.account_id)).status).toBe('blocked')
    expect(await answer(id, { answer: 'done', text: 'Ticket 7.' })).toEqual(first)
    expect((await findEventsOn(t.db, decision.id)).filter(({ kind }) => kind === 'decision.answered')).toHaveLength(1)
  })

  it('lets a refusal be thought over, and nothing else', async () => {
    const { review, id } = await delivered()
    await answer(id, { answer: 'refused' })
    await answer(id, { answer: 'done' })
    expect((await getAccount(review.account_id)).status).toBe('blocked')
    await expect(answer(id, { answer: 'refused' })).rejects.toMatchObject({
      status: 409,
      body: { code: 'already_answered' },
    })
  })

  it('takes an answer for the proof that a lost try arrived', async () => {
    await connect()
    platform.reply(() => ({ status: 502 }))
    const { review, decision } = await decide([block])
    await run()
    const { id } = await getOnly(review.id, decision.id)
    await answer(id, { answer: 'done' })
    expect((await getRecord(review.id, decision.id)).delivery).toBe('delivered')
    t.travel(hourMs)
    expect(await sendDeliveries(t.deps)).toBe(0)
  })

  it('does not bring back what was lifted meanwhile', async () => {
    const { review, decision, id } = await delivered()
    platform.reply(() => ({ answer: { answer: 'done' } }))
    await supersede(decision.id, [])
    await run()
    await answer(id, { answer: 'done' })
    expect((await getAccount(review.account_id)).status).toBe('active')
  })
})

const retry = (deliveryId: string, call = t.as('supervisor')) =>
  call(api.retryDelivery, { params: { deliveryId }, body: { clientId: newId() } })

describe('retryDelivery', () => {
  it('answers 403 to those who may not', async () => {
    await expect(retry(newId(), dana())).rejects.toMatchObject({ status: 403 })
  })

  it('answers 404 for one that is not there, or out of sight', async () => {
    await expect(retry(newId())).rejects.toMatchObject({ status: 404 })
    await connect()
    const { review, decision } = await decide([block], { queue_id: 'hate' })
    await run()
    const { id } = await getOnly(review.id, decision.id)
    await t.setScope(t.secondPerson('supervisor'), { queues: ['extremism'] })
    await expect(retry(id, t.second('supervisor'))).rejects.toMatchObject({ status: 404 })
    const { items } = await t.second('supervisor')(api.listDeliveries, { query: {} })
    expect(items.map((item) => item.id)).not.toContain(id)
  })

  it('refuses what has arrived', async () => {
    await connect()
    const { review, decision } = await decide([block])
    await run()
    const { id } = await getOnly(review.id, decision.id)
    await expect(retry(id)).rejects.toMatchObject({ status: 409, body: { code: 'not_failed' } })
  })

  it('sends again what was refused, unless something later was sent', async () => {
    await connect()
    platform.reply(() => ({ answer: { answer: 'refused' } }))
    const { review, decision } = await decide([block])
    await run()
    const { id } = await getOnly(review.id, decision.id)
    platform.reply(() => ({ answer: { answer: 'done' } }))
    await retry(id)
    await sendDeliveries(t.deps)
    expect((await getAccount(review.account_id)).status).toBe('blocked')

    platform.reply(() => ({ answer: { answer: 'refused' } }))
    const first = await decide([block], { account_id: review.account_id })
    await run()
    await decide([remove], { account_id: review.account_id })
    await run()
    const refused = await getOnly(first.review.id, first.decision.id)
    await expect(retry(refused.id)).rejects.toMatchObject({ status: 409, body: { code: 'not_failed' } })
  })

  it('refuses what a later decision has taken the place of', async () => {
    await connect()
    platform.reply(() => ({ answer: { answer: 'refused' } }))
    const { review, decision } = await decide([block])
    await run()
    await supersede(decision.id, [])
    await run()
    const { id } = await getOnly(review.id, decision.id)
    await expect(retry(id)).rejects.toMatchObject({ status: 409, body: { code: 'already_superseded' } })
  })
})

describe('the secrets of a receiver', () => {
  it('are shown when they are made and never again', async () => {
    const { secret } = await connect()
    expect(secret.length).toBeGreaterThan(40)
    const { items } = await ada()(api.listReceivers, {})
    expect(JSON.stringify(items)).not.toContain(secret)
    const receipts = await t.db.selectFrom('receipt').select('reply').execute()
    expect(JSON.stringify(receipts)).not.toContain(secret)
    const events = await t.db.selectFrom('event').select('data').execute()
    expect(JSON.stringify(events)).not.toContain(secret)
  })

  it('are the same to whoever repeats the same act', async () => {
    const body = input({})
    const first = await ada()(api.addReceiver, { body })
    expect(await ada()(api.addReceiver, { body })).toEqual(first)
  })

  it('overlap while one is changed', async () => {
    const { receiver, secret: old } = await connect()
    const params = { receiverId: receiver.id }
    const rotated = await ada()(api.rotateSecret, { params, body: { clientId: newId(), overlapHours: 2 } })
    await decide([remove])
    await run()
    expect(isSignedWith(old, platform.received[0]!)).toBe(true)
    expect(isSignedWith(rotated.secret, platform.received[0]!)).toBe(true)
    t.travel(2 * hourMs)
    await decide([remove])
    await run()
    expect(isSignedWith(old, platform.received[1]!)).toBe(false)
    expect(isSignedWith(rotated.secret, platform.received[1]!)).toBe(true)
  })

  it('are two at most', async () => {
    const { receiver, secret: first } = await connect()
    const params = { receiverId: receiver.id }
    const second = await ada()(api.rotateSecret, { params, body: { clientId: newId(), overlapHours: 24 } })
    t.travel(1_000)
    const third = await ada()(api.rotateSecret, { params, body: { clientId: newId(), overlapHours: 24 } })
    await decide([remove])
    await run()
    const [message] = platform.received
    expect([first, second.secret, third.secret].map((secret) => isSignedWith(secret, message!))).toEqual([
      false,
      true,
      true,
    ])
  })

  it('may stand in the address, which others see no more of than whose it is', async () => {
    const { receiver } = await connect({ url: 'https://platform.example/hooks/a-password?token=b' })
    const find = async (role: 'admin' | 'auditor') =>
      (await t.as(role)(api.listReceivers, {})).items.find(({ id }) => id === receiver.id)?.url
    expect(await find('admin')).toBe('https://platform.example/hooks/a-password?token=b')
    expect(await find('auditor')).toBe('https://platform.example')
    await expect(connect({ url: 'https://me:password@platform.example/' })).rejects.toMatchObject({ status: 400 })
  })

  it('are for administrators', async () => {
    const { receiver } = await connect()
    const params = { receiverId: receiver.id }
    const body = { clientId: newId(), overlapHours: 1 }
    await expect(t.as('supervisor')(api.rotateSecret, { params, body })).rejects.toMatchObject({ status: 403 })
    await expect(t.as('supervisor')(api.addReceiver, { body: input({}) })).rejects.toMatchObject({ status: 403 })
    const missing = { receiverId: newId() }
    await expect(ada()(api.rotateSecret, { params: missing, body })).rejects.toMatchObject({ status: 404 })
    await expect(ada()(api.changeReceiver, { params: missing, body: input({}) })).rejects.toMatchObject({ status: 404 })
  })
})

describe('a receiver that is switched off', () => {
  it('gets what waits for it once it is on again, and nothing decided meanwhile', async () => {
    const { receiver } = await connect()
    const params = { receiverId: receiver.id }
    const { decision } = await decide([remove])
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    await ada()(api.changeReceiver, { params, body: input({ isActive: false }) })
    const meanwhile = await decide([remove])
    expect(await run()).toBe(0)
    expect((await getRecord(meanwhile.review.id, meanwhile.decision.id)).delivery).toBe('recorded')
    await ada()(api.changeReceiver, { params, body: input({}) })
    expect(await sendDeliveries(t.deps)).toBe(1)
    expect(platform.received[0]!.body.decision.id).toBe(decision.id)
  })
})

/** As a sender said it, before anything of ours. */
const stated = (account_id: string) => ({
  id: newId(),
  account_id,
  status: 'active' as const,
  since: new Date('2026-01-01T00:00:00Z'),
  cause: null,
  source: 'vk-intake',
})
