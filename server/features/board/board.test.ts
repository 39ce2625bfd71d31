import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { Board } from '#shared/contract/board.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createAppeal, createDecision, createLease, createQueue, createReview } from '#test/support/factories.ts'

const t = useTestApi()
const minute = 60_000
const at = (minutes: number) => new Date(t.deps.now().getTime() + minutes * minute)
const ana = () => t.person('reviewer')

beforeAll(async () => {
  t.stopClock()
  await createQueue(t.db, { id: 'hate', name: 'Hate' })
  await createQueue(t.db, { id: 'calm', name: 'Calm' })
  const old = { opened_at: at(-300) }
  const held = await createReview(t.db, { ...old, queue_id: 'hate', due_at: at(-10) })
  await createReview(t.db, { queue_id: 'hate', opened_at: at(-5), due_at: at(30) })
  await createReview(t.db, { queue_id: 'hate', opened_at: at(-6), due_at: at(90), state: 'escalated' })
  await createReview(t.db, { ...old, queue_id: 'hate', due_at: at(600), state: 'on_hold' })
  await createReview(t.db, { ...old, queue_id: 'hate', due_at: at(-1), is_restricted: true })
  const gone = await createReview(t.db, { queue_id: 'hate', opened_at: at(-30), due_at: at(30) })
  await createDecision(t.db, { review_id: gone.id, decided_at: at(-20) })
  const past = await createReview(t.db, { queue_id: 'hate', opened_at: at(-500) })
  const decision = await createDecision(t.db, { review_id: past.id, decided_at: at(-400) })
  await createAppeal(t.db, decision)
  const other = await createReview(t.db, { queue_id: 'extremism', opened_at: at(-2), due_at: at(-1) })
  await createLease(t.db, held, { holder_id: ana().id, taken_at: at(-1), expires_at: at(9) })
  await createLease(t.db, other, { holder_id: ana().id, taken_at: at(-20), expires_at: at(-10) })
})

const board = (call: TestCall) => call(api.getBoard, {})
const queueOf = ({ queues }: Board, id: string) => queues.find(({ queueId }) => queueId === id)
const exactly = (value: number) => ({ value, exact: true })

describe('getBoard', () => {
  it('answers 401 without a session and 403 to a reviewer', async () => {
    await expect(board(t.anonymous)).rejects.toMatchObject({ status: 401 })
    await expect(board(t.as('reviewer'))).rejects.toMatchObject({ status: 403 })
  })

  it('says how each queue stands', async () => {
    expect(queueOf(await board(t.as('supervisor')), 'hate')).toEqual({
      queueId: 'hate',
      waiting: exactly(4),
      oldestAt: at(-300).toISOString(),
      overdue: exactly(1),
      dueSoon: exactly(1),
      onHold: exactly(1),
      escalated: exactly(1),
      confirming: exactly(0),
      opened: exactly(3),
      decided: exactly(1),
      inHand: 1,
      appeals: exactly(1),
    })
    expect(queueOf(await board(t.as('admin')), 'calm')).toMatchObject({ waiting: exactly(0), oldestAt: null })
  })

  it('counts what the lists hold that its figures open', async () => {
    const call = t.as('supervisor')
    const { countedAt, queues } = await board(call)
    const [hour, ago] = [at(60).toISOString(), at(-60).toISOString()]
    for (const { queueId, ...figures } of queues) {
      const count = async (query: object) =>
        (await call(api.listReviews, { query: { queue: queueId, limit: '200', ...query } })).items.length
      expect(figures).toMatchObject({
        waiting: exactly(await count({})),
        overdue: exactly(await count({ dueTo: at(-0.001).toISOString() })),
        dueSoon: exactly(await count({ dueFrom: countedAt, dueTo: hour })),
        escalated: exactly(await count({ state: 'escalated' })),
        onHold: exactly(await count({ state: 'on_hold' })),
        opened: exactly(
          await count({ openedFrom: ago, openedTo: countedAt, state: ['open', 'on_hold', 'escalated', 'decided'] }),
        ),
      })
      const decisions = await call(api.listDecisions, { query: { queue: queueId, from: ago, to: countedAt } })
      expect(figures.decided.value).toBe(decisions.items.length)
      const appeals = await call(api.listAppeals, { query: { queue: queueId } })
      expect(figures.appeals.value).toBe(appeals.items.length)
    }
  })

  it('says who is here and what they hold, by name', async () => {
    const [marta, pavel] = [t.person('supervisor'), t.person('auditor')]
    for (const person of [marta, pavel]) {
      const body = JSON.stringify({ pageId: crypto.randomUUID(), reviewId: null })
      await t.fetch(
        api.tellPresence.path,
        { method: 'POST', body, headers: { 'content-type': 'application/json' } },
        person.headers,
      )
    }
    const { people } = await board(t.as('supervisor'))
    expect(people).toEqual(
      [
        { personId: ana().id, isHere: false, held: [{ queueId: 'hate', count: 1 }], name: ana().name },
        { personId: marta.id, isHere: true, held: [], name: marta.name },
        { personId: pavel.id, isHere: true, held: [], name: pavel.name },
      ]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name: _, ...person }) => person),
    )
  })

  it('leaves out what lies outside the scope', async () => {
    await t.setScope(t.secondPerson('supervisor'), { queues: ['extremism'] })
    const { queues, people } = await board(t.second('supervisor'))
    expect(queues.map(({ queueId }) => queueId)).toEqual(['extremism'])
    expect(people.find(({ personId }) => personId === ana().id)).toBeUndefined()
    await t.setScope(t.secondPerson('supervisor'), { queues: ['hate'], seesRestricted: true })
    expect(queueOf(await board(t.second('supervisor')), 'hate')).toMatchObject({
      waiting: exactly(5),
      overdue: exactly(2),
    })
  })
})
