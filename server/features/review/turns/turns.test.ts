import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import type { HoldReason } from '#shared/contract/turns.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createDecision, createQueue, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const leaseMs = 60_000
const dayMs = 86_400_000
const t = useTestApi({ leaseMs })

const nobody = '01900000-0000-7000-8000-000000000000'
const newId = () => crypto.randomUUID()
const params = (id: string) => ({ reviewId: id as ReviewId })

type At = { version: number; clientId?: string }
const act = ({ version, clientId = newId() }: At) => ({ version, clientId })

const claim = (call: TestCall, id: string) => call(api.claimReview, { params: params(id), body: { clientId: newId() } })
const release = (call: TestCall, id: string) =>
  call(api.releaseReview, { params: params(id), body: { clientId: newId() } })
const next = (call: TestCall, platform: string, count = 10) =>
  call(api.takeNext, { body: { clientId: newId(), filter: { platform: [platform] }, count } })

const inAnHour = () => new Date(t.deps.now().getTime() + 3_600_000).toISOString()
const hold = (call: TestCall, id: string, at: At, more: { reason?: HoldReason; text?: string; wakeAt?: string } = {}) =>
  call(api.holdReview, {
    params: params(id),
    body: { ...act(at), reason: 'evidence', text: 'Asked the sender.', wakeAt: inAnHour(), ...more },
  })
const resume = (call: TestCall, id: string, at: At) => call(api.resumeReview, { params: params(id), body: act(at) })
const escalate = (
  call: TestCall,
  id: string,
  at: At,
  to: { personId: string } | { role: 'supervisor' | 'admin' } = { role: 'supervisor' },
) => call(api.escalateReview, { params: params(id), body: { ...act(at), to, reason: 'Two readings of one word.' } })
const answer = (call: TestCall, id: string, at: At) =>
  call(api.returnReview, { params: params(id), body: { ...act(at), answer: 'The second reading.' } })
const handOver = (call: TestCall, id: string, at: At, toId: string | null = null) =>
  call(api.handOver, { params: params(id), body: { ...act(at), note: 'The third picture is new.', toId } })
const move = (call: TestCall, id: string, at: At, queueId = 'other') =>
  call(api.moveReview, { params: params(id), body: { ...act(at), queueId, reason: 'Belongs there.' } })
const skip = (call: TestCall, id: string, at: At) =>
  call(api.skipReview, { params: params(id), body: { ...act(at), reason: 'language' } })
const assign = (call: TestCall, id: string, at: At, personId: string | null) =>
  call(api.assignReview, { params: params(id), body: { ...act(at), personId, reason: 'You know the account.' } })
const takeOver = (call: TestCall, id: string, at: At) =>
  call(api.takeOver, { params: params(id), body: { ...act(at), reason: 'Urgent.' } })
const held = (call: TestCall) => call(api.listHeld, {})

const ana = () => t.as('reviewer')
const ben = () => t.second('reviewer')
const sofia = () => t.as('supervisor')
const anaId = () => t.person('reviewer').id
const benId = () => t.secondPerson('reviewer').id
const sofiaId = () => t.person('supervisor').id

async function getReview(id: string) {
  return t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}
const turnOf = async (id: string, call = sofia()) => (await call(api.getReview, { params: params(id) })).turn!
const lastEvent = async (id: string) => (await findEventsOn(t.db, id)).at(-1)
const refused = (status: number, code: string) => ({ status, body: { code } })

/** A review on a platform of its own, claimed by Ana. */
async function anas(overrides: Parameters<typeof createReview>[1] = {}) {
  const platform = newId()
  const review = await createReview(t.db, { platform, ...overrides })
  const { version } = await claim(ana(), review.id)
  return { ...review, platform, version }
}

describe.each([
  ['hold', hold],
  ['escalate', escalate],
  ['hand over', handOver],
  ['move', move],
] as const)('%s', (_name, doIt) => {
  it('is for whoever holds the review', async () => {
    await createQueue(t.db, { id: 'other', position: 2 })
    const review = await createReview(t.db)
    await expect(doIt(ana(), nobody, { version: 1 })).rejects.toMatchObject(refused(404, 'not_found'))
    await expect(doIt(ana(), review.id, { version: 1 })).rejects.toMatchObject(refused(409, 'lease_lost'))
    const { version } = await claim(ben(), review.id)
    await expect(doIt(ana(), review.id, { version })).rejects.toMatchObject({
      ...refused(409, 'held_by_other'),
      body: { conflict: { byId: benId() } },
    })
    await expect(doIt(ben(), review.id, { version: version - 1 })).rejects.toMatchObject(
      refused(409, 'version_changed'),
    )
    t.travel(leaseMs + 1)
    await expect(doIt(ben(), review.id, { version })).rejects.toMatchObject(refused(409, 'lease_lost'))
  })

  it('refuses a decided review with what was decided', async () => {
    const review = await createReview(t.db)
    await createDecision(t.db, { review_id: review.id })
    await expect(doIt(ana(), review.id, { version: 2 })).rejects.toMatchObject(refused(409, 'already_decided'))
  })

  it('does it once, and answers a repeat as it answered first', async () => {
    const review = await anas()
    const at = { version: review.version, clientId: newId() }
    const answers = await Promise.all([doIt(ana(), review.id, at), doIt(ana(), review.id, at)])
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]!.version).toBe(review.version + 1)
    expect(await getReview(review.id)).toMatchObject({ holder_id: null, version: review.version + 1 })
    const lease = await t.db.selectFrom('lease').selectAll().where('review_id', '=', review.id).execute()
    expect(lease).toEqual([])
  })
})

describe('holdReview', () => {
  it('lets a review wait until a time, out of everybody’s way', async () => {
    const review = await anas()
    const wakeAt = inAnHour()
    const { version } = await hold(ana(), review.id, review, { wakeAt })
    expect(await getReview(review.id)).toMatchObject({ state: 'on_hold', wake_at: new Date(wakeAt) })
    expect(await next(ben(), review.platform)).toEqual({ items: [] })
    await expect(claim(ben(), review.id)).rejects.toMatchObject({
      ...refused(409, 'on_hold'),
      body: { conflict: { byId: anaId(), heldUntil: wakeAt } },
    })
    expect((await turnOf(review.id)).hold).toMatchObject({
      reason: 'evidence',
      text: 'Asked the sender.',
      wakeAt,
      byId: anaId(),
    })
    const event = await lastEvent(review.id)
    expect(event).toMatchObject({
      kind: 'review.held',
      personId: anaId(),
      version,
      data: { reason: 'evidence', wakeAt },
    })
    expect(JSON.stringify(event)).not.toContain('Asked')
  })

  it.each([
    ['a time that is past', { wakeAt: '2020-01-01T00:00:00.000Z' }, 'wakeAt'],
    ['more than 30 days', { wakeAt: new Date(Date.now() + 31 * dayMs).toISOString() }, 'wakeAt'],
    ['another reason that is not told', { reason: 'other', text: ' ' }, 'text'],
  ] as const)('refuses %s', async (_name, more, path) => {
    const review = await anas()
    await expect(hold(ana(), review.id, review, more)).rejects.toMatchObject({
      ...refused(400, 'invalid_request'),
      body: { issues: [{ path }] },
    })
    expect(await getReview(review.id)).toMatchObject({ state: 'open', holder_id: anaId(), version: review.version })
  })
})

describe('resumeReview', () => {
  it('opens a review again that is on hold', async () => {
    const review = await anas()
    await expect(resume(ben(), review.id, review)).rejects.toMatchObject(refused(409, 'not_on_hold'))
    const { version } = await hold(ana(), review.id, review)
    await expect(resume(ben(), review.id, review)).rejects.toMatchObject(refused(409, 'version_changed'))
    const clientId = newId()
    const resumed = await resume(ben(), review.id, { version, clientId })
    expect(resumed).toEqual({ version: version + 1 })
    expect(await resume(ben(), review.id, { version, clientId })).toEqual(resumed)
    expect(await getReview(review.id)).toMatchObject({ state: 'open', wake_at: null })
    expect(await lastEvent(review.id)).toEqual({ kind: 'review.resumed', personId: benId(), version: 4, data: {} })
    expect((await turnOf(review.id)).hold).toBeNull()
    expect((await next(ben(), review.platform)).items).toHaveLength(1)
  })
})

describe('escalateReview', () => {
  it('is offered to those it was handed up to only', async () => {
    const review = await anas()
    await escalate(ana(), review.id, review)
    expect(await getReview(review.id)).toMatchObject({ state: 'escalated', escalated_role: 'supervisor' })
    expect(await next(sofia(), review.platform)).toEqual({ items: [] })
    for (const call of [ana(), ben()]) {
      await expect(claim(call, review.id)).rejects.toMatchObject({
        ...refused(409, 'escalated_to_other'),
        body: { conflict: { byId: anaId() } },
      })
    }
    expect((await claim(sofia(), review.id)).lease.holderId).toBe(sofiaId())
    expect((await turnOf(review.id)).escalation).toMatchObject({
      toId: null,
      toRole: 'supervisor',
      reason: 'Two readings of one word.',
      byId: anaId(),
    })
  })

  it('is decided by whom it was handed up to', async () => {
    const review = await anas()
    await escalate(ana(), review.id, review, { personId: benId() })
    await expect(claim(sofia(), review.id)).rejects.toMatchObject(refused(409, 'escalated_to_other'))
    const { version } = await claim(ben(), review.id)
    const reply = await ben()(api.decideReview, {
      params: params(review.id),
      body: { ...keep, clientId: newId(), version, snapshotId: review.snapshot_id },
    })
    expect(reply.version).toBe(version + 1)
    expect((await turnOf(review.id)).escalation).toBeNull()
  })

  it('refuses people who could not answer', async () => {
    const review = await anas()
    await expect(escalate(ana(), review.id, review, { personId: anaId() })).rejects.toMatchObject(
      refused(400, 'invalid_request'),
    )
    for (const personId of [t.person('auditor').id, nobody]) {
      await expect(escalate(ana(), review.id, review, { personId })).rejects.toMatchObject(refused(409, 'cannot_take'))
    }
  })
})

const keep = {
  outcome: 'no_violation' as const,
  clause: null,
  exemption: null,
  measures: [],
  rationale: '',
  handlingMs: 1,
}

describe('returnReview', () => {
  it('gives it back to the one who asked, with the answer', async () => {
    const review = await anas()
    await expect(answer(sofia(), review.id, review)).rejects.toMatchObject(refused(409, 'held_by_other'))
    await release(ana(), review.id)
    await expect(answer(sofia(), review.id, { version: 3 })).rejects.toMatchObject(refused(409, 'not_escalated'))
    await claim(ana(), review.id)
    const { version } = await escalate(ana(), review.id, { version: 4 })
    await expect(answer(ben(), review.id, { version })).rejects.toMatchObject(refused(409, 'escalated_to_other'))
    const claimed = await claim(sofia(), review.id)
    await answer(sofia(), review.id, claimed)
    expect(await getReview(review.id)).toMatchObject({
      state: 'open',
      assignee_id: anaId(),
      escalated_role: null,
      holder_id: null,
    })
    expect(await turnOf(review.id)).toMatchObject({
      escalation: null,
      assigneeId: anaId(),
      handover: { text: 'The second reading.', byId: sofiaId() },
    })
    expect(await next(ben(), review.platform)).toEqual({ items: [] })
    expect((await next(ana(), review.platform)).items).toHaveLength(1)
  })

  it('is answered by an admin, who decides nothing', async () => {
    const review = await anas()
    const { version } = await escalate(ana(), review.id, review, { role: 'admin' })
    await expect(answer(sofia(), review.id, { version })).rejects.toMatchObject(refused(409, 'escalated_to_other'))
    expect(await answer(t.as('admin'), review.id, { version })).toEqual({ version: version + 1 })
  })

  it('offers it to everybody when the one who asked has left', async () => {
    const review = await anas()
    const { version } = await escalate(ana(), review.id, review)
    await t.db.updateTable('auth.user').set({ role: 'auditor' }).where('id', '=', anaId()).execute()
    await answer(sofia(), review.id, { version })
    await t.db.updateTable('auth.user').set({ role: 'reviewer' }).where('id', '=', anaId()).execute()
    expect(await getReview(review.id)).toMatchObject({ state: 'open', assignee_id: null })
  })
})

describe('handOver', () => {
  it('leaves a note for whoever takes it next', async () => {
    const review = await anas()
    await handOver(ana(), review.id, review)
    expect((await next(ben(), review.platform)).items).toHaveLength(1)
    expect((await turnOf(review.id)).handover).toMatchObject({ text: 'The third picture is new.', byId: anaId() })
  })

  it('offers it to the colleague only, who may have skipped it before', async () => {
    const review = await anas()
    await release(ana(), review.id)
    const { version } = await skip(ben(), review.id, { version: 3 })
    const claimed = await claim(ana(), review.id)
    expect(claimed.version).toBe(version + 1)
    await handOver(ana(), review.id, claimed, benId())
    await expect(claim(ana(), review.id)).rejects.toMatchObject({
      ...refused(409, 'assigned_to_other'),
      body: { conflict: { byId: anaId() } },
    })
    expect(await next(ana(), review.platform)).toEqual({ items: [] })
    expect((await next(ben(), review.platform)).items).toHaveLength(1)
  })

  it('readdresses what was handed up', async () => {
    const review = await anas()
    await escalate(ana(), review.id, review)
    const claimed = await claim(sofia(), review.id)
    const { version } = await handOver(sofia(), review.id, claimed, t.secondPerson('supervisor').id)
    await expect(claim(sofia(), review.id)).rejects.toMatchObject(refused(409, 'escalated_to_other'))
    expect(await answer(t.second('supervisor'), review.id, { version })).toEqual({ version: version + 1 })
  })

  it('refuses people who could not take it', async () => {
    const review = await anas()
    await expect(handOver(ana(), review.id, review, t.person('admin').id)).rejects.toMatchObject(
      refused(409, 'cannot_take'),
    )
    await expect(handOver(ana(), review.id, review, anaId())).rejects.toMatchObject(refused(400, 'invalid_request'))
  })
})

describe('moveReview', () => {
  it('changes the queue and buys no time', async () => {
    await createQueue(t.db, { id: 'quick', position: 3, target_ms: 60_000 })
    const review = await anas()
    const reply = await move(ana(), review.id, review, 'quick')
    expect(reply).toEqual({ version: review.version + 1, isVisible: true })
    const moved = await getReview(review.id)
    expect(moved).toMatchObject({ queue_id: 'quick', holder_id: null, state: 'open' })
    expect(moved.due_at.getTime()).toBe(review.opened_at.getTime() + 60_000)
    const { version } = await move(sofia(), review.id, { version: reply.version }, 'other')
    expect((await getReview(review.id)).due_at).toEqual(moved.due_at)
    expect(await lastEvent(review.id)).toMatchObject({
      kind: 'review.moved',
      version,
      data: { from: 'quick', to: 'other' },
    })
  })

  it('refuses a queue that there is not, and the one it stands in', async () => {
    const review = await anas()
    for (const queueId of ['nowhere', 'extremism']) {
      await expect(move(ana(), review.id, review, queueId)).rejects.toMatchObject({
        ...refused(400, 'invalid_request'),
        body: { issues: [{ path: 'queueId' }] },
      })
    }
  })

  it('takes it from whoever holds it, for a supervisor', async () => {
    const review = await anas()
    await move(sofia(), review.id, review)
    expect(await lastEvent(review.id)).toMatchObject({ personId: sofiaId(), data: { holderId: anaId() } })
    expect((await getReview(review.id)).holder_id).toBeNull()
  })
})

describe('skipReview', () => {
  it('is not offered to me again, and to others all the same', async () => {
    const review = await anas()
    await skip(ana(), review.id, review)
    expect(await next(ana(), review.platform)).toEqual({ items: [] })
    expect((await turnOf(review.id)).skipCount).toBe(1)
    const { items } = await next(ben(), review.platform)
    expect(items).toHaveLength(1)
    await expect(skip(ana(), review.id, items[0]!)).rejects.toMatchObject(refused(409, 'held_by_other'))
  })

  it('ends when the review shows something else', async () => {
    const review = await anas()
    await skip(ana(), review.id, review)
    const other = await createReview(t.db)
    await t.db.updateTable('review').set({ snapshot_id: other.snapshot_id }).where('id', '=', review.id).execute()
    expect((await next(ana(), review.platform)).items).toHaveLength(1)
  })

  it('ends when somebody gives it to me by name', async () => {
    const review = await anas()
    const { version } = await skip(ana(), review.id, review)
    await assign(sofia(), review.id, { version }, anaId())
    expect((await next(ana(), review.platform)).items).toHaveLength(1)
  })

  it('gives what was assigned to me to everybody', async () => {
    const review = await anas()
    const { version } = await assign(sofia(), review.id, review, anaId())
    await skip(ana(), review.id, { version })
    expect((await next(ben(), review.platform)).items).toHaveLength(1)
  })
})

describe('assignReview', () => {
  it('offers a review to one person, whose first it is', async () => {
    const review = await anas({ priority: 10 })
    const more = await createReview(t.db, { platform: review.platform, priority: 90 })
    await assign(sofia(), review.id, review, benId())
    expect(await lastEvent(review.id)).toMatchObject({
      kind: 'review.assigned',
      data: { toId: benId(), holderId: anaId() },
    })
    await expect(claim(ana(), review.id)).rejects.toMatchObject({
      ...refused(409, 'assigned_to_other'),
      body: { conflict: { byId: sofiaId() } },
    })
    const { items } = await next(ben(), review.platform)
    expect(items.map((item) => item.reviewId)).toEqual([review.id, more.id])
    expect(await turnOf(review.id)).toMatchObject({
      assigneeId: benId(),
      handover: { text: 'You know the account.', byId: sofiaId() },
    })
  })

  it('may be claimed by a supervisor', async () => {
    const review = await createReview(t.db)
    await assign(sofia(), review.id, { version: 1 }, benId())
    expect((await claim(sofia(), review.id)).version).toBe(3)
  })

  it('leaves it with whom it is given to', async () => {
    const review = await anas()
    await assign(sofia(), review.id, review, anaId())
    expect(await getReview(review.id)).toMatchObject({ holder_id: anaId(), assignee_id: anaId() })
  })

  it('offers it to everybody again', async () => {
    const review = await anas()
    const { version } = await assign(sofia(), review.id, review, benId())
    await assign(sofia(), review.id, { version }, null)
    expect((await next(ana(), review.platform)).items).toHaveLength(1)
  })

  it('refuses people who could not take it, and stale ones', async () => {
    const review = await createReview(t.db)
    for (const personId of [t.person('admin').id, nobody]) {
      await expect(assign(sofia(), review.id, { version: 1 }, personId)).rejects.toMatchObject(
        refused(409, 'cannot_take'),
      )
    }
    await expect(assign(sofia(), review.id, { version: 7 }, anaId())).rejects.toMatchObject(
      refused(409, 'version_changed'),
    )
    await createDecision(t.db, { review_id: review.id })
    await expect(assign(sofia(), review.id, { version: 2 }, anaId())).rejects.toMatchObject(
      refused(409, 'already_decided'),
    )
  })

  it('lets one of two supervisors at the same moment', async () => {
    const review = await createReview(t.db)
    const results = await Promise.allSettled([
      assign(sofia(), review.id, { version: 1 }, anaId()),
      assign(t.second('supervisor'), review.id, { version: 1 }, benId()),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await findEventsOn(t.db, review.id)).map(({ kind }) => kind)).toEqual(['review.assigned'])
  })
})

describe('takeOver', () => {
  it('takes a review from whoever holds it, and says from whom', async () => {
    const review = await anas()
    const { lease, version } = await takeOver(sofia(), review.id, review)
    expect({ holder: lease.holderId, version }).toEqual({ holder: sofiaId(), version: review.version + 1 })
    expect(await lastEvent(review.id)).toMatchObject({
      kind: 'review.taken_over',
      personId: sofiaId(),
      data: { holderId: anaId() },
    })
    await expect(ana()(api.renewLease, { params: params(review.id), body: {} })).rejects.toMatchObject(
      refused(409, 'held_by_other'),
    )
    expect(await takeOver(sofia(), review.id, { version })).toMatchObject({ version })
  })

  it('takes what is on hold, and what waits for somebody else', async () => {
    const review = await anas()
    const { version } = await hold(ana(), review.id, review)
    await takeOver(sofia(), review.id, { version })
    expect(await getReview(review.id)).toMatchObject({ state: 'open', wake_at: null, holder_id: sofiaId() })
    const other = await anas()
    const escalated = await escalate(ana(), other.id, other, { role: 'admin' })
    await takeOver(sofia(), other.id, escalated)
    expect(await getReview(other.id)).toMatchObject({ state: 'escalated', holder_id: sofiaId() })
  })

  it('is not for those who do not take from that queue', async () => {
    const review = await anas()
    await t.setScope(t.person('supervisor'), { queues: ['extremism', 'other'], takes: ['other'] })
    await expect(takeOver(sofia(), review.id, review)).rejects.toMatchObject(refused(403, 'forbidden'))
    await t.setScope(t.person('supervisor'), {})
  })

  it('ends a lease that ran out first', async () => {
    const review = await anas()
    t.travel(leaseMs + 1)
    await takeOver(sofia(), review.id, review)
    expect((await findEventsOn(t.db, review.id)).slice(1).map(({ kind }) => kind)).toEqual([
      'lease.expired',
      'review.taken_over',
    ])
  })
})

describe('listHeld', () => {
  it('says who holds what, and nothing that ran out', async () => {
    const gone = await anas()
    t.travel(leaseMs + 1)
    const review = await anas()
    const { items } = await held(sofia())
    expect(items.find((item) => item.reviewId === review.id)).toMatchObject({
      holderId: anaId(),
      queueId: 'extremism',
      version: review.version,
    })
    expect(items.find((item) => item.reviewId === gone.id)).toBeUndefined()
  })
})

describe('what waits for somebody by name', () => {
  const admin = () => t.as('admin')
  const memberOf = async (personId: string) =>
    (await admin()(api.listTeam, {})).people.find(({ id }) => id === personId)!
  const asked = async (personId: string) => {
    const { version } = await memberOf(personId)
    return { params: { personId }, body: { clientId: newId(), version } }
  }

  it('goes on without them when they are shut out', async () => {
    const assigned = await createReview(t.db)
    await assign(sofia(), assigned.id, { version: 1 }, benId())
    const handedUp = await anas()
    await escalate(ana(), handedUp.id, handedUp, { personId: benId() })
    await admin()(api.disablePerson, await asked(benId()))
    expect(await getReview(assigned.id)).toMatchObject({ assignee_id: null, version: 3 })
    expect(await getReview(handedUp.id)).toMatchObject({ escalated_to: null, escalated_role: 'supervisor' })
    expect(await lastEvent(assigned.id)).toMatchObject({
      kind: 'review.turn_passed',
      personId: t.person('admin').id,
      data: { assigneeId: benId() },
    })
    expect((await claim(sofia(), handedUp.id)).lease.holderId).toBe(sofiaId())
    await admin()(api.enablePerson, await asked(benId()))
  })

  it('goes on without them when they lose the queue', async () => {
    const review = await createReview(t.db)
    await assign(sofia(), review.id, { version: 1 }, benId())
    const { params: who, body } = await asked(benId())
    const access = { seesAll: false, queues: [{ queueId: 'other', mayTake: true }] }
    await admin()(api.changeAccess, { params: who, body: { ...body, access, languages: [] } })
    expect((await getReview(review.id)).assignee_id).toBeNull()
    await expect(assign(sofia(), review.id, { version: 3 }, benId())).rejects.toMatchObject(refused(409, 'cannot_take'))
    const again = await asked(benId())
    const all = { seesAll: true, queues: [] }
    await admin()(api.changeAccess, { ...again, body: { ...again.body, access: all, languages: [] } })
  })

  it('is told in the list', async () => {
    const review = await createReview(t.db)
    await assign(sofia(), review.id, { version: 1 }, benId())
    const { items } = await ana()(api.listReviews, { query: { id: [review.id] } })
    expect(items).toMatchObject([{ assigneeId: benId(), wakeAt: null }])
  })
})

describe('the same act sent twice', () => {
  type Doing = (id: string, at: At) => Promise<{ version: number }>
  const escalated = async () => {
    const review = await anas()
    return { id: review.id, ...(await escalate(ana(), review.id, review)) }
  }

  it.each<[string, () => Promise<{ id: string; version: number }>, Doing]>([
    ['return', escalated, (id, at) => answer(sofia(), id, at)],
    ['skip', anas, (id, at) => skip(ana(), id, at)],
    ['assign', anas, (id, at) => assign(sofia(), id, at, benId())],
    ['take over', anas, (id, at) => takeOver(sofia(), id, at)],
  ])('is done once: %s', async (_name, make, doIt) => {
    const review = await make()
    const at = { version: review.version, clientId: newId() }
    const before = (await findEventsOn(t.db, review.id)).length
    const [first, second] = await Promise.all([doIt(review.id, at), doIt(review.id, at)])
    expect(first).toEqual(second)
    expect(await doIt(review.id, at)).toEqual(first)
    expect(await findEventsOn(t.db, review.id)).toHaveLength(before + 1)
  })
})

describe('two people at the same moment', () => {
  const yusuf = () => t.second('supervisor')
  type Two = (id: string, at: At) => [Promise<unknown>, Promise<unknown>]

  it.each<[string, string[], Two]>([
    ['take over', ['version_changed'], (id, at) => [takeOver(sofia(), id, at), takeOver(yusuf(), id, at)]],
    [
      'hold and take over',
      ['version_changed', 'held_by_other'],
      (id, at) => [hold(ana(), id, at), takeOver(sofia(), id, at)],
    ],
    [
      'escalate and assign',
      ['version_changed', 'lease_lost'],
      (id, at) => [escalate(ana(), id, at), assign(sofia(), id, at, benId())],
    ],
    [
      'hand over and move',
      ['version_changed', 'lease_lost'],
      (id, at) => [handOver(ana(), id, at), move(sofia(), id, at)],
    ],
  ])('%s: one of them does, and the other is told', async (_name, codes, both) => {
    for (let round = 0; round < 4; round += 1) {
      const review = await anas()
      const before = (await findEventsOn(t.db, review.id)).length
      const results = await Promise.allSettled(both(review.id, { version: review.version }))
      const rejected = results.filter((each) => each.status === 'rejected')
      expect(rejected).toHaveLength(1)
      expect(codes).toContain(rejected[0]!.reason.body.code)
      expect(await findEventsOn(t.db, review.id)).toHaveLength(before + 1)
    }
  })
})

describe('a server that dies in the middle', () => {
  /** Ends whatever waits to write to the log, which is the last that an act does. */
  async function killAtTheLog(run: () => Promise<unknown>) {
    const killed = t.owner.transaction().execute(async (tx) => {
      await sql`lock table event in share row exclusive mode`.execute(tx)
      const act = Promise.allSettled([run()])
      for (let ended = 0; ended === 0; ) {
        await sleep(10)
        const { rows } = await sql`select pg_terminate_backend(pid) from pg_locks
          where relation = 'event'::regclass and not granted`.execute(t.owner)
        ended = rows.length
      }
      return act
    })
    expect(await killed).toMatchObject([{ status: 'rejected', reason: { status: 503 } }])
  }

  it.each([
    ['hold', (review: At & { id: string }) => hold(ana(), review.id, review)],
    ['escalation', (review: At & { id: string }) => escalate(ana(), review.id, review)],
    ['skip', (review: At & { id: string }) => skip(ana(), review.id, review)],
    ['assignment', (review: At & { id: string }) => assign(sofia(), review.id, review, benId())],
    ['take-over', (review: At & { id: string }) => takeOver(sofia(), review.id, review)],
  ] as const)('leaves nothing of a %s, which may be sent again', async (_name, doIt) => {
    const review = await anas()
    const asked = { id: review.id, version: review.version, clientId: newId() }
    const look = async () => ({
      review: await getReview(review.id),
      lease: await t.db.selectFrom('lease').selectAll().where('review_id', '=', review.id).execute(),
      turns: await t.db.selectFrom('turn').selectAll().where('review_id', '=', review.id).execute(),
      skips: await t.db.selectFrom('skip').selectAll().where('review_id', '=', review.id).execute(),
      receipts: await t.db.selectFrom('receipt').selectAll().where('client_id', '=', asked.clientId).execute(),
      events: await findEventsOn(t.db, review.id),
    })
    const before = await look()
    await killAtTheLog(() => doIt(asked))
    expect(await look()).toEqual(before)
    expect(await doIt(asked)).toMatchObject({ version: review.version + 1 })
  })
})
