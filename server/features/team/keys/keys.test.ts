import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { FlagResult } from '#shared/contract/flags.ts'
import { useTestApi } from '#test/support/api.ts'
import { createLease, createQueue, createReview } from '#test/support/factories.ts'
import { buildFlagBody } from '#test/support/flags.ts'

const t = useTestApi()
const clientId = () => crypto.randomUUID()

beforeAll(async () => {
  for (const id of ['quiet', 'spam']) await createQueue(t.db, { id, name: id })
})

const wanted = () => ({
  clientId: clientId(),
  name: 'VK intake',
  role: 'reviewer' as const,
  sourceNames: ['vk-intake'],
  sourceKinds: ['user_report' as const, 'classifier' as const],
  access: { seesAll: true, queues: [] as { queueId: string; mayTake: boolean }[] },
})

const make = (overrides: Partial<ReturnType<typeof wanted>> = {}) =>
  t.as('admin')(api.makeKey, { body: { ...wanted(), ...overrides } })
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
const statusOf = async (secret: string, path = '/api/v1/session') => (await t.fetch(path, {}, bearer(secret))).status

async function find(keyId: string) {
  const { items } = await t.as('admin')(api.listKeys, {})
  return items.find(({ id }) => id === keyId)!
}

function flag(secret: string, source: Parameters<typeof buildFlagBody>[0]) {
  return t.fetch(
    '/api/v1/flags',
    {
      method: 'POST',
      body: JSON.stringify(buildFlagBody(source)),
      headers: { 'content-type': 'application/json' },
    },
    bearer(secret),
  )
}

describe('the keys', () => {
  it('are listed to administrators and auditors only', async () => {
    await expect(t.anonymous(api.listKeys, {})).rejects.toMatchObject({ status: 401 })
    for (const role of ['reviewer', 'supervisor'] as const) {
      await expect(t.as(role)(api.listKeys, {})).rejects.toMatchObject({ status: 403 })
    }
    const { key } = await make()
    const { items } = await t.as('auditor')(api.listKeys, {})
    expect(items[0]).toEqual(key)
  })

  it('are made by administrators, for programs that are none', async () => {
    await expect(t.as('auditor')(api.makeKey, { body: wanted() })).rejects.toMatchObject({ status: 403 })
    await expect(t.key({ role: 'admin' })(api.makeKey, { body: wanted() })).rejects.toMatchObject({ status: 403 })
    await expect(make({ role: 'admin' as never })).rejects.toMatchObject({ status: 400 })
    await expect(
      make({ access: { seesAll: false, queues: [{ queueId: 'no', mayTake: true }] } }),
    ).rejects.toMatchObject({ status: 400 })
    expect(await t.db.selectFrom('auth.apikey').select('id').where('name', '=', 'VK intake').execute()).toHaveLength(1)
  })
})

describe('a key', () => {
  it('is shown once, and is bound to what it was made for', async () => {
    const { secret, key } = await make()
    expect(key).toMatchObject({ role: 'reviewer', sourceNames: ['vk-intake'], madeById: t.person('admin').id })
    expect(secret.startsWith(key.start!)).toBe(true)
    expect(key.start).toHaveLength(12)
    const taken = await flag(secret, { source: { kind: 'classifier', name: 'vk-intake' } })
    expect(((await taken.json()) as FlagResult).effect).toBe('opened')
    for (const source of [
      { kind: 'user_report', name: 'other-intake' },
      { kind: 'trusted_flagger', name: 'vk-intake' },
    ] as const) {
      const refused = await flag(secret, { source })
      expect([refused.status, (await refused.json()).code]).toEqual([403, 'source_not_allowed'])
    }
    const kept = await t.db.selectFrom('receipt').select('reply').execute()
    const events = await t.db.selectFrom('event').selectAll().where('kind', '=', 'key.added').execute()
    for (const rows of [kept, events, await t.as('admin')(api.listKeys, {})]) {
      expect(JSON.stringify(rows)).not.toContain(secret)
    }
    expect(events.at(-1)?.data).toEqual({
      program: key.programId,
      role: 'reviewer',
      sourceNames: ['vk-intake'],
      sourceKinds: ['user_report', 'classifier'],
      seesAll: true,
      queues: [],
      takes: [],
    })
  })

  it('sees its queues only', async () => {
    const seen = await createReview(t.db, { queue_id: 'quiet' })
    await createReview(t.db, { queue_id: 'spam' })
    const { secret } = await make({ access: { seesAll: false, queues: [{ queueId: 'quiet', mayTake: true }] } })
    const list = await (await t.fetch('/api/v1/reviews', {}, bearer(secret))).json()
    expect(list.items.map(({ id }: { id: string }) => id)).toEqual([seen.id])
  })

  it('is one key when the request is sent again, with another secret', async () => {
    const body = wanted()
    const first = await t.as('admin')(api.makeKey, { body })
    const second = await t.as('admin')(api.makeKey, { body })
    expect(second.key.id).toBe(first.key.id)
    expect([await statusOf(first.secret), await statusOf(second.secret)]).toEqual([401, 200])
  })

  it('tells when it was used last, written down at most once a minute', async () => {
    t.stopClock()
    const { secret, key } = await make()
    expect((await find(key.id)).lastUsedAt).toBeNull()
    const first = t.deps.now().toISOString()
    await statusOf(secret)
    t.travel(50_000)
    await statusOf(secret)
    expect((await find(key.id)).lastUsedAt).toBe(first)
    t.travel(11_000)
    await statusOf(secret)
    expect((await find(key.id)).lastUsedAt).toBe(t.deps.now().toISOString())
  })

  it('is out at once when it is revoked, with nothing in hand', async () => {
    const { secret, key } = await make()
    const review = await createReview(t.db)
    await createLease(t.db, review, { holder_id: key.programId })
    expect(await statusOf(secret)).toBe(200)
    const revoke = { params: { keyId: key.id }, body: { clientId: clientId() } }
    await expect(t.as('auditor')(api.revokeKey, revoke)).rejects.toMatchObject({ status: 403 })
    await t.as('admin')(api.revokeKey, revoke)
    await t.as('admin')(api.revokeKey, revoke)
    expect(await statusOf(secret)).toBe(401)
    expect((await find(key.id)).revokedAt).not.toBeNull()
    expect(await t.db.selectFrom('lease').selectAll().where('review_id', '=', review.id).execute()).toEqual([])
    const revoked = await t.db.selectFrom('event').selectAll().where('kind', '=', 'key.revoked').execute()
    expect(revoked).toMatchObject([{ subject_id: key.id, data: { program: key.programId } }])
    const missing = { params: { keyId: 'none' }, body: { clientId: clientId() } }
    await expect(t.as('admin')(api.revokeKey, missing)).rejects.toMatchObject({ status: 404 })
  })

  it('is out within ten seconds when another process revokes it', async () => {
    const { secret, key } = await make()
    expect(await statusOf(secret)).toBe(200)
    await t.db.updateTable('auth.apikey').set({ enabled: false }).where('id', '=', key.id).execute()
    t.travel(10_000)
    expect(await statusOf(secret)).toBe(401)
  })
})
