import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sealEvents } from '#server/features/audit/audit.queries.ts'
import { disablePerson } from '#server/features/team/team.queries.ts'
import { expireLeases } from '#server/jobs/expire-leases.ts'
import { mendTimes } from '#server/jobs/mend-times.ts'
import { sweepOutbox } from '#server/jobs/sweep-outbox.ts'
import { api } from '#shared/contract/api.ts'
import type { ReviewId } from '#shared/contract/reviews.ts'
import { useTestApi } from '#test/support/api.ts'
import { createReview } from '#test/support/factories.ts'
import { buildFlagBody } from '#test/support/flags.ts'

const t = useTestApi()
const hourMs = 3_600_000

async function claim() {
  const review = await createReview(t.db)
  const params = { reviewId: review.id as ReviewId }
  const { version } = await t.as('reviewer')(api.claimReview, { params, body: { clientId: randomUUID() } })
  return { params, version, snapshotId: review.snapshot_id }
}

const decide = ({ params, version, snapshotId }: Awaited<ReturnType<typeof claim>>) =>
  t.as('reviewer')(api.decideReview, {
    params,
    body: {
      clientId: randomUUID(),
      version,
      snapshotId,
      outcome: 'no_violation',
      clause: null,
      exemption: null,
      measures: [],
      rationale: '',
      handlingMs: 1,
    },
  })

const statesOf = () => t.db.selectFrom('outbox').select('state').execute()

describe('a clock that is set back by an hour', () => {
  it('lets nobody in who was disabled before', async () => {
    const person = t.secondPerson('auditor')
    expect((await t.fetch('/api/v1/session', {}, person.headers)).status).toBe(200)
    await disablePerson(t.db, person.id, t.deps.now())
    t.travel(-hourMs)
    expect((await t.fetch('/api/v1/session', {}, person.headers)).status).toBe(401)
  })

  it('leaves a lease to who has it, for as long as if it began now', async () => {
    const held = await claim()
    const left = await claim()
    t.travel(-hourMs)
    await mendTimes(t.deps)
    expect(await mendTimes(t.deps)).toBe(0)
    expect(await expireLeases(t.deps)).toBe(0)
    t.travel(t.deps.settings.leaseMs - 1_000)
    await t.as('reviewer')(api.renewLease, { params: held.params, body: {} })
    t.travel(2_000)
    expect(await expireLeases(t.deps)).toBe(1)
    await t.second('reviewer')(api.claimReview, { params: left.params, body: { clientId: randomUUID() } })
    await decide(held)
  })

  it('lets decisions take effect after their undo window', async () => {
    await decide(await claim())
    t.travel(-hourMs)
    await mendTimes(t.deps)
    await sweepOutbox(t.deps)
    expect((await statesOf()).at(-1)).toEqual({ state: 'pending' })
    t.travel(t.deps.settings.undoMs)
    await sweepOutbox(t.deps)
    expect(new Set((await statesOf()).map(({ state }) => state))).toEqual(new Set(['recorded']))
  })

  it('changes neither the order of the log nor what was sent before', async () => {
    const headers = await t.keyHeaders({ role: 'reviewer', sources: ['vk-intake'], kinds: ['user_report'] })
    const flag = buildFlagBody()
    const send = async (body: object) => {
      const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      return (await t.fetch('/api/v1/flags', init, headers)).json()
    }
    const first = await send(flag)
    t.travel(-hourMs)
    expect(await send(flag)).toMatchObject({ ...first, isDuplicate: true })
    const second = await send({ ...flag, source: { ...flag.source, externalId: 'later' } })
    expect(second).toMatchObject({ effect: 'joined', reviewId: first.reviewId })
    await sealEvents(t.db)
    const { items } = await t.as('supervisor')(api.listEvents, { query: { kind: ['flag.received'] } })
    expect(items.map(({ subject }) => subject.id)).toEqual([second.flagId, first.flagId])
  })
})
