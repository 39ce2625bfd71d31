import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { receiveFlags } from '#server/features/intake/receive-flags.ts'
import { AppError } from '#server/http/errors.ts'
import { api } from '#shared/contract/api.ts'
import type { RuleConditions as Conditions } from '#shared/contract/rules.ts'
import { defaultWeights } from '#shared/domain/priority.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createPolicy, createReview } from '#test/support/factories.ts'
import { buildFlagBody, type FlagBody, reviewsOfPost, sent } from '#test/support/flags.ts'
import { findEventsOn } from '#test/support/log.ts'

type RuleConditions = z.input<typeof Conditions>

const t = useTestApi()
const hour = 3_600_000
const clientId = () => crypto.randomUUID()
const marta = () => t.as('supervisor')

const nothing: RuleConditions = {
  clauses: [],
  sources: [],
  languages: [],
  platforms: [],
  accountStatuses: [],
  reachMin: null,
  scoreMin: null,
}
const rule = (queueId: string, when: Partial<RuleConditions>, name = '') => ({
  id: crypto.randomUUID(),
  name,
  queueId,
  when: { ...nothing, ...when },
})

async function flag(body: Parameters<typeof buildFlagBody>[0]) {
  const flag: FlagBody = buildFlagBody(body)
  const [result] = await receiveFlags(t.deps, { by: null, flags: [sent(flag)], now: t.deps.now() })
  if (result instanceof AppError) throw result
  return (await reviewsOfPost(t.db, flag.post!.externalId)).at(-1)!
}

const settings = { targetMs: 24 * hour, sourceTargets: {}, languages: [] as string[] }
const add = (call: TestCall, name: string, more: Partial<typeof settings> = {}) =>
  call(api.addQueue, { body: { clientId: clientId(), name, ...settings, ...more } })

async function publish(rules: ReturnType<typeof rule>[], lastResortId = 'general') {
  const { versions, draft } = await marta()(api.listRules, {})
  const body = { clientId: clientId(), version: draft?.version ?? 0, rules, lastResortId }
  const saved = await marta()(api.saveRuleDraft, { body })
  const { version } = await marta()(api.publishRules, {
    body: { clientId: clientId(), version: saved.version, change: 'Tried out.' },
  })
  expect(version).toBe(versions[0]!.version + 1)
  return version
}

beforeAll(() => createPolicy(t.db, { id: 'tve.recruitment' }))

describe('who may', () => {
  it('is asked for a session, and reviewers are sent away', async () => {
    await expect(t.anonymous(api.listRules, {})).rejects.toMatchObject({ status: 401 })
    for (const endpoint of [api.listRules, api.listQueueSettings, api.listWeights, api.listReasonCodes] as const) {
      await expect(t.as('reviewer')(endpoint as typeof api.listRules, {})).rejects.toMatchObject({ status: 403 })
    }
    await expect(add(t.as('auditor'), 'Nothing')).rejects.toMatchObject({ status: 403 })
    expect((await t.as('auditor')(api.listRules, {})).versions).toHaveLength(1)
  })

  it('sees every queue: part of the routing is not to be judged alone', async () => {
    await t.setScope(t.secondPerson('supervisor'), { queues: ['hate'] })
    await expect(t.second('supervisor')(api.listRules, {})).rejects.toMatchObject({ status: 403 })
    await expect(add(t.second('supervisor'), 'Nothing')).rejects.toMatchObject({ body: { code: 'forbidden' } })
    await t.setScope(t.secondPerson('supervisor'), {})
  })
})

describe('queues', () => {
  it('are added with an id that can be read, renamed and ordered, each as an event', async () => {
    const queue = await add(marta(), 'News desk')
    expect(queue).toMatchObject({ id: 'news-desk', version: 1, waiting: { value: 0, exact: true }, ruleCount: 0 })
    expect(queue.people).toContain(t.person('reviewer').id)
    await expect(add(marta(), 'news DESK')).rejects.toMatchObject({ body: { issues: [{ path: 'name' }] } })
    const body = { clientId: clientId(), version: 1, ...settings, name: 'Newsroom', waiting: 'keep' as const }
    const renamed = await marta()(api.changeQueue, { params: { queueId: 'news-desk' }, body })
    expect(renamed).toMatchObject({ name: 'Newsroom', version: 2 })
    expect(await marta()(api.changeQueue, { params: { queueId: 'news-desk' }, body })).toEqual(renamed)
    const stale = { ...body, clientId: clientId() }
    await expect(marta()(api.changeQueue, { params: { queueId: 'news-desk' }, body: stale })).rejects.toMatchObject({
      body: { code: 'version_changed' },
    })
    const { items } = await marta()(api.listQueueSettings, {})
    const queueIds = ['news-desk', ...items.map(({ id }) => id).filter((id) => id !== 'news-desk')]
    await marta()(api.orderQueues, { body: { clientId: clientId(), queueIds } })
    expect((await marta()(api.listQueues, {})).items[0]).toMatchObject({ id: 'news-desk', name: 'Newsroom' })
    expect((await findEventsOn(t.db, 'news-desk')).map(({ kind }) => kind)).toEqual(['queue.added', 'queue.changed'])
  })

  it('cannot be retired while something waits there or leads there, and come back', async () => {
    const { id, version } = await add(marta(), 'Passing')
    const retire = (isRetired: boolean, at: number, queueId = id) =>
      marta()(api.retireQueue, { params: { queueId }, body: { clientId: clientId(), version: at, isRetired } })
    await expect(retire(true, 1, 'general')).rejects.toMatchObject({ body: { code: 'queue_in_use' } })
    const review = await createReview(t.db, { queue_id: id })
    await expect(retire(true, version)).rejects.toMatchObject({ body: { code: 'queue_not_empty' } })
    await t.db.updateTable('review').set({ queue_id: 'general' }).where('id', '=', review.id).execute()
    expect((await retire(true, version)).retiredAt).not.toBeNull()
    const { items, retired } = await marta()(api.listQueues, {})
    expect(items.some((queue) => queue.id === id)).toBe(false)
    expect(retired).toContainEqual(expect.objectContaining({ id }))
    const move = { clientId: clientId(), version: 1, queueId: id, reason: 'There.' }
    await expect(
      marta()(api.moveReview, { params: { reviewId: review.id as never }, body: move }),
    ).rejects.toMatchObject({ body: { code: 'invalid_request' } })
    expect((await retire(false, version + 1)).retiredAt).toBeNull()
  })

  it('say what a shorter target does, keep or reckon what waits, and log each moved term', async () => {
    const { id } = await add(marta(), 'Timed')
    const now = t.deps.now()
    const due = (ms: number) => new Date(now.getTime() + ms)
    const review = await createReview(t.db, { queue_id: id, due_at: due(24 * hour) })
    const times = { flagged_at: now, received_at: now }
    await t.db.updateTable('flag').set(times).where('review_id', '=', review.id).execute()
    const targets = { targetMs: 4 * hour, sourceTargets: { user_report: 2 * hour } }
    const params = { queueId: id }
    expect(await marta()(api.previewTargets, { params, body: targets })).toEqual({
      looked: { value: 1, exact: true },
      earlier: 1,
      later: 0,
      overdue: { before: 0, after: 0 },
    })
    const dueNow = async () =>
      (await t.db.selectFrom('review').select('due_at').where('id', '=', review.id).executeTakeFirstOrThrow()).due_at
    const change = (version: number, waiting: 'keep' | 'reckon', more: object) =>
      marta()(api.changeQueue, {
        params,
        body: { ...settings, ...more, name: 'Timed', clientId: clientId(), version, waiting },
      })
    await change(1, 'keep', { targetMs: 8 * hour })
    expect(await dueNow()).toEqual(due(24 * hour))
    await change(2, 'reckon', targets)
    expect(await dueNow()).toEqual(due(2 * hour))
    expect(await findEventsOn(t.db, review.id)).toMatchObject([
      { kind: 'review.due_changed', data: { to: due(2 * hour).toISOString() } },
    ])
    const told = await findEventsOn(t.db, id)
    expect(told.map(({ kind }) => kind)).toEqual([
      'queue.added',
      'queue.changed',
      'queue.changed',
      'queue.due_reckoned',
    ])
    expect(told.at(-1)!.data).toMatchObject({ looked: 1, changed: 1, askedById: t.person('supervisor').id })
  })
})

describe('rules', () => {
  it.each<[string, ReturnType<typeof rule>[], string, string]>([
    ['asks nothing', [rule('hate', {})], 'general', 'rules.0.when'],
    ['leads nowhere', [rule('nowhere', { clauses: ['unsorted'] })], 'general', 'rules.0.queueId'],
    ['names no clause', [rule('hate', { clauses: ['nothing.'] })], 'general', 'rules.0.when.clauses.0'],
    ['has no last resort', [], 'nowhere', 'lastResortId'],
  ])('are refused where one %s', async (_what, rules, lastResortId, path) => {
    const body = { clientId: clientId(), version: 0, rules, lastResortId }
    await expect(marta()(api.saveRuleDraft, { body })).rejects.toMatchObject({ body: { issues: [{ path }] } })
  })

  it('place flags once published, and the desk says which rule of which version it was', async () => {
    const orders = rule('urgent', { sources: ['removal_order'] }, 'Orders')
    const kazakh = rule('hate', { clauses: ['section:2', 'tve.'], languages: ['kk'], reachMin: 1_000 }, 'Kazakh')
    const version = await publish([orders, kazakh])
    const reason = { policy: 'tve.recruitment' }
    const far = await flag({ reason, post: { language: 'kk', reach: 5_000 } })
    const near = await flag({ reason, post: { language: 'kk', reach: 5 } })
    expect([far.queue_id, near.queue_id]).toEqual(['hate', 'general'])
    const detailOf = async (id: string) =>
      (await t.as('reviewer')(api.getReview, { params: { reviewId: id as never } })).placement
    expect(await detailOf(far.id)).toEqual({ rulesVersion: version, rule: kazakh })
    expect(await detailOf(near.id)).toEqual({ rulesVersion: version, rule: null })
    expect((await findEventsOn(t.db, far.id))[0]).toMatchObject({
      kind: 'review.opened',
      data: { queueId: 'hate', rulesVersion: version, ruleId: kazakh.id },
    })
    const { versions } = await marta()(api.listRules, {})
    expect(versions[0]).toMatchObject({ version, change: 'Tried out.', publishedById: t.person('supervisor').id })
    expect(versions[0]!.rules).toEqual([orders, kazakh])
    expect(versions.at(-1)).toMatchObject({ version: 1 })
    expect((await findEventsOn(t.db, 'rules')).at(-1)).toMatchObject({
      kind: 'rules.published',
      version,
      data: { added: [orders.id, kazakh.id], lastResortId: 'general' },
    })
  })

  it('pass by a queue that takes other languages only', async () => {
    const { id } = await add(marta(), 'Russian', { languages: ['ru'] })
    await publish([rule(id, { clauses: ['tve.'] })])
    const reason = { policy: 'tve.recruitment' }
    expect((await flag({ reason, post: { language: 'ru-KZ' } })).queue_id).toBe(id)
    expect((await flag({ reason, post: { language: 'ar' } })).queue_id).toBe('general')
    const body = { clientId: clientId(), version: 0, rules: [], lastResortId: id }
    await expect(marta()(api.saveRuleDraft, { body })).rejects.toMatchObject({
      body: { issues: [{ path: 'lastResortId' }] },
    })
  })

  it('are tried on the last flags before they are published: what moves, and from where to where', async () => {
    await publish([rule('hate', { clauses: ['tve.'] })])
    const moved = await flag({ reason: { policy: 'tve.recruitment', score: 0.9 }, post: { language: 'ar' } })
    const later = rule('urgent', { clauses: ['tve.'], scoreMin: 0.8 })
    const trial = await marta()(api.tryRules, {
      body: { rules: [later, rule('hate', { clauses: ['tve.'] })], lastResortId: 'general' },
    })
    expect(trial.moved).toHaveLength(1)
    expect(trial.moved[0]).toMatchObject({ reviewId: moved.id, from: { queueId: 'hate' }, to: { queueId: 'urgent' } })
    expect(trial.queues.reduce((sum, { before }) => sum + before, 0)).toBe(trial.looked)
    expect(trial.queues.reduce((sum, { after }) => sum + after, 0)).toBe(trial.looked)
    expect(trial.queues.find(({ queueId }) => queueId === 'urgent')).toMatchObject({ before: 0, after: 1 })
    expect(trial.rules).toContainEqual({ ruleId: later.id, hits: 1 })
    expect((await marta()(api.listRules, {})).versions[0]!.rules).toHaveLength(1)
  })

  it('are one draft: the second of two who write at once is refused, and so is one that others overtook', async () => {
    const write = (call: TestCall, version: number) =>
      call(api.saveRuleDraft, { body: { clientId: clientId(), version, rules: [], lastResortId: 'general' } })
    const together = await Promise.allSettled([write(marta(), 0), write(t.as('admin'), 0)])
    expect(together.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(together.find((each) => each.status === 'rejected')).toMatchObject({
      reason: { body: { code: 'version_changed' } },
    })
    await t.db.updateTable('rule_draft').set({ based_on: 1 }).execute()
    const body = { clientId: clientId(), version: 1, change: 'Late.' }
    await expect(marta()(api.publishRules, { body })).rejects.toMatchObject({ body: { code: 'already_superseded' } })
    await marta()(api.discardRuleDraft, { body: { clientId: clientId(), version: 1 } })
    expect((await marta()(api.listRules, {})).draft).toBeNull()
  })
})

describe('the weights of the priority', () => {
  it('are tried, bounded, versioned, and reckon what waits anew', async () => {
    const review = await flag({ reason: { policy: 'tve.recruitment', score: 0.5 } })
    const weights = { ...defaultWeights, score: 0, source: { ...defaultWeights.source, user_report: 13 } }
    const tooMuch = { ...weights, newAccount: 60 }
    await expect(marta()(api.tryWeights, { body: { weights: tooMuch } })).rejects.toMatchObject({ status: 400 })
    const trial = await marta()(api.tryWeights, { body: { weights } })
    expect(trial.higher).toBeGreaterThan(0)
    expect(trial.first[0]).toMatchObject({ place: 1 })
    const body = { clientId: clientId(), version: 1, weights, change: 'Scores say little.' }
    expect(await marta()(api.changeWeights, { body })).toMatchObject({ version: 2, weights })
    const after = await t.db.selectFrom('review').selectAll().where('id', '=', review.id).executeTakeFirstOrThrow()
    // A half point of score was worth 3 of 5.
    expect(after.priority).toBe(review.priority + 5 - 3)
    await expect(marta()(api.changeWeights, { body: { ...body, clientId: clientId() } })).rejects.toMatchObject({
      body: { code: 'version_changed' },
    })
    expect((await flag({ reason: { policy: 'tve.recruitment', score: 0.5 } })).priority).toBe(after.priority)
    await marta()(api.changeWeights, {
      body: { clientId: clientId(), version: 2, weights: defaultWeights, change: 'Back.' },
    })
    const back = await t.db.selectFrom('review').selectAll().where('id', '=', review.id).executeTakeFirstOrThrow()
    expect([back.priority, back.priority_terms]).toEqual([review.priority, review.priority_terms])
  })
})

describe('reason codes', () => {
  it('that stand for nothing are listed until they are mapped', async () => {
    const code = 'what_is_this'
    await flag({ reason: { code } })
    const unsorted = async () => (await marta()(api.listReasonCodes, {})).unsorted
    expect(await unsorted()).toContainEqual(expect.objectContaining({ code, sourceName: 'vk-intake', flags: 1 }))
    const map = (policyId: string | null) =>
      marta()(api.mapReasonCode, { body: { clientId: clientId(), sourceName: '', code, policyId } })
    await expect(map('no.such')).rejects.toMatchObject({ status: 404 })
    await map('tve.recruitment')
    expect(await unsorted()).not.toContainEqual(expect.objectContaining({ code }))
    expect((await flag({ reason: { code } })).policy_id).toBe('tve.recruitment')
    await map(null)
    expect((await flag({ reason: { code } })).policy_id).toBeNull()
    expect((await findEventsOn(t.db, code)).map(({ kind }) => kind)).toEqual([
      'reason_code.mapped',
      'reason_code.unmapped',
    ])
  })
})

describe('skills', () => {
  const dana = () => t.as('reviewer')
  const take = async (call: TestCall, queue: string) => {
    const { items } = await call(api.takeNext, {
      body: { clientId: clientId(), filter: { queue: [queue] }, count: 10 },
    })
    for (const { reviewId } of items) {
      await call(api.releaseReview, { params: { reviewId }, body: { clientId: clientId() } })
    }
    return items.map(({ reviewId }) => reviewId as string)
  }
  const setSkills = async (skills: { trained?: string[]; optedOut?: string[] }) => {
    const { people } = await marta()(api.listTeam, {})
    const { id, version } = people.find((person) => person.id === t.person('reviewer').id)!
    return marta()(api.changeSkills, {
      params: { personId: id },
      body: { clientId: clientId(), version, trained: [], optedOut: [], ...skills },
    })
  }

  it('leave out what a reviewer opted out of, is not trained for or does not read, in the next and in the counts', async () => {
    const { id: queue_id } = await add(marta(), 'Skilled')
    const [hate, terror, arabic] = [
      await createReview(t.db, { queue_id, policy_id: 'hate.incitement', priority: 30 }),
      await createReview(t.db, { queue_id, policy_id: 'tve.recruitment', priority: 90 }),
      await createReview(t.db, { queue_id, policy_id: null, language: 'ar', priority: 60 }),
    ]
    const offered = async () =>
      (await dana()(api.countReviews, { query: { queue: [queue_id] } })).offered?.value ?? null
    expect(await take(dana(), queue_id)).toEqual([terror.id, arabic.id, hate.id])
    expect(await offered()).toBeNull()

    await dana()(api.changeOptOuts, { body: { clientId: clientId(), optedOut: ['tve.recruitment'] } })
    expect(await take(dana(), queue_id)).toEqual([arabic.id, hate.id])
    expect(await offered()).toBe(2)
    expect((await findEventsOn(t.db, t.person('reviewer').id)).at(-1)).toMatchObject({
      kind: 'person.opted_out',
      data: { optedOut: 1 },
    })
    await setSkills({})

    await marta()(api.changeTraining, { body: { clientId: clientId(), clauses: ['tve.recruitment'] } })
    t.travel(6_000)
    expect(await take(dana(), queue_id)).toEqual([arabic.id, hate.id])
    const claim = { params: { reviewId: terror.id as never }, body: { clientId: clientId() } }
    await expect(dana()(api.claimReview, claim)).rejects.toMatchObject({ body: { code: 'cannot_take' } })
    await setSkills({ trained: ['tve.recruitment'] })
    expect(await take(dana(), queue_id)).toEqual([terror.id, arabic.id, hate.id])
    await marta()(api.changeTraining, { body: { clientId: clientId(), clauses: [] } })

    await t.db
      .updateTable('auth.user')
      .set({ languages: ['ru', 'kk'] })
      .where('id', '=', t.person('reviewer').id)
      .execute()
    t.travel(6_000)
    expect(await take(dana(), queue_id)).toEqual([terror.id, hate.id])
    expect(await offered()).toBe(2)
    await t.db.updateTable('auth.user').set({ languages: [] }).where('id', '=', t.person('reviewer').id).execute()
    t.travel(6_000)
  })

  it('keep a review from being given to somebody who keeps away from its clause', async () => {
    await setSkills({ optedOut: ['section:2'] })
    const review = await createReview(t.db, { policy_id: 'tve.recruitment' })
    await expect(
      marta()(api.assignReview, {
        params: { reviewId: review.id as never },
        body: { clientId: clientId(), version: 1, personId: t.person('reviewer').id },
      }),
    ).rejects.toMatchObject({ body: { code: 'cannot_take' } })
    await setSkills({})
  })

  it('are set by supervisors for reviewers, and by nobody for a clause that is not there', async () => {
    await expect(setSkills({ optedOut: ['nothing.here'] })).rejects.toMatchObject({
      body: { issues: [{ path: 'optedOut.0' }] },
    })
    const body = { clientId: clientId(), version: 1, trained: [], optedOut: [] }
    const of = (personId: string) => ({ params: { personId }, body })
    await expect(dana()(api.changeSkills, of(t.person('reviewer').id))).rejects.toMatchObject({ status: 403 })
    await expect(marta()(api.changeSkills, of(t.secondPerson('supervisor').id))).rejects.toMatchObject({ status: 403 })
    await expect(t.as('auditor')(api.getOptOuts, {})).rejects.toMatchObject({ status: 403 })
  })
})
