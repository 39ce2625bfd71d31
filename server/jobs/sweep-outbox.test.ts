import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { Measure } from '#shared/contract/decisions.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { createDecision, createPolicy, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'
import { needNoSecondPerson } from '#test/support/one-person.ts'
import { sweepOutbox } from './sweep-outbox.ts'

const undoMs = 10_000
const t = useTestApi({ undoMs })
beforeAll(() => needNoSecondPerson(t.db))

const getReview = (id: string) => t.db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const getAccount = (id: string) => t.db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

async function getDelivery(decisionId: string) {
  const row = await t.db.selectFrom('outbox').select('state').where('decision_id', '=', decisionId).executeTakeFirst()
  return row?.state
}

/** Claims a new review and decides it by a violation. */
async function decide(overrides: Parameters<typeof createReview>[1], measures: Measure[]) {
  await createPolicy(t.db, { id: 'test.praise' })
  const review = await createReview(t.db, overrides)
  const params = { reviewId: review.id as ReviewId }
  const call = t.as('reviewer')
  const { version } = await call(api.claimReview, { params, body: { clientId: crypto.randomUUID() } })
  const { decision } = await call(api.decideReview, {
    params,
    body: {
      clientId: crypto.randomUUID(),
      version,
      snapshotId: review.snapshot_id,
      outcome: 'violation',
      clause: { id: 'test.praise', version: 1 },
      exemption: null,
      measures,
      rationale: 'Praises the attack.',
      handlingMs: 1_000,
    },
  })
  return { review, decision }
}

describe('sweepOutbox', () => {
  it('waits for the undo window and then records', async () => {
    const { decision } = await decide({}, [{ target: 'post', kind: 'remove' }])
    await sweepOutbox(t.deps)
    expect(await getDelivery(decision.id)).toBe('pending')
    t.travel(undoMs)
    expect(await sweepOutbox(t.deps)).toBe(1)
    expect(await getDelivery(decision.id)).toBe('recorded')
    expect(await findEventsOn(t.db, decision.id)).toMatchObject([{ kind: 'decision.recorded', personId: null }])
    expect(await sweepOutbox(t.deps)).toBe(0)
  })

  it('lets a removal order take effect at once', async () => {
    const { decision } = await decide({ sources: ['removal_order'] }, [{ target: 'post', kind: 'remove' }])
    expect(await sweepOutbox(t.deps)).toBe(1)
    expect(await getDelivery(decision.id)).toBe('recorded')
  })

  it('gives the account its new status wherever it waits', async () => {
    const { review, decision } = await decide({}, [{ target: 'account', kind: 'block' }])
    const { account_id } = review
    const waiting = await createReview(t.db, { account_id, priority: 0 })
    const done = await createReview(t.db, { account_id })
    await createDecision(t.db, { review_id: done.id })
    expect((await getAccount(account_id)).status).toBe('active')
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    const cause = `DKT-${review.number}`
    expect(await getAccount(account_id)).toMatchObject({ status: 'blocked', status_cause: cause })
    const desk = await t.as('reviewer')(api.getReview, { params: { reviewId: waiting.id as ReviewId } })
    expect(desk.review).toMatchObject({ accountStatus: 'blocked', version: 1 })
    expect(desk.review.priorityTerms).toContainEqual({ code: 'account', detail: 'blocked', value: 6 })
    expect(desk.account).toMatchObject({ status: 'blocked', history: [{ status: 'blocked', cause, source: 'docket' }] })
    expect(desk.account.decisions.find(({ id }) => id === decision.id)?.accountStatus).toBe('active')
    expect((await getReview(done.id)).account_status).toBe('active')
    expect(await findEventsOn(t.db, account_id)).toEqual([
      {
        kind: 'account.status_changed',
        personId: null,
        version: null,
        data: { before: 'active', status: 'blocked', decisionId: decision.id },
      },
    ])
  })

  it.each([
    ['warn', 'active'],
    ['limit', 'limited'],
    ['terminate', 'deleted'],
  ] as const)('leaves an active account after %s as %s', async (kind, status) => {
    const { review } = await decide({}, [{ target: 'account', kind }])
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    expect((await getAccount(review.account_id)).status).toBe(status)
  })

  it('does not free a blocked account by a weaker measure', async () => {
    const { review } = await decide({ account_status: 'blocked' }, [{ target: 'account', kind: 'limit' }])
    t.travel(undoMs)
    await sweepOutbox(t.deps)
    expect((await getAccount(review.account_id)).status).toBe('blocked')
    expect(await findEventsOn(t.db, review.account_id)).toEqual([])
  })

  it('sweeps more than one batch, each decision once, from several processes', async () => {
    const decisions = []
    for (let index = 0; index < 130; index += 1) {
      const { id } = await createDecision(t.db, { measures: [{ target: 'account', kind: 'limit' }] })
      decisions.push(id)
    }
    await t.db.updateTable('outbox').set({ state: 'pending' }).where('decision_id', 'in', decisions).execute()
    const swept = await Promise.all([sweepOutbox(t.deps), sweepOutbox(t.deps), sweepOutbox(t.deps)])
    expect(swept.reduce((sum, count) => sum + count, 0)).toBe(130)
    const events = await t.db.selectFrom('event').select('subject_id').where('subject_id', 'in', decisions).execute()
    expect(events).toHaveLength(130)
  })
})
