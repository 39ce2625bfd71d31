import { describe, expect, it } from 'vitest'
import { disablePerson } from '#server/features/team/team.queries.ts'
import { api } from '#shared/contract/api.ts'
import { useTestApi } from '#test/support/api.ts'

const t = useTestApi()
const refused = { status: 401, body: { code: 'signed_out' } }
const path = '/api/v1/session'

describe('a session', () => {
  it('lets a disabled person do nothing after ten seconds', async () => {
    await t.as('reviewer')(api.getSession, {})
    await t.db
      .updateTable('auth.user')
      .set({ disabledAt: new Date() })
      .where('id', '=', t.person('reviewer').id)
      .execute()
    t.travel(10_000)
    await expect(t.as('reviewer')(api.getSession, {})).rejects.toMatchObject(refused)
  })

  it('ends with the person', async () => {
    await t.second('auditor')(api.getSession, {})
    await disablePerson(t.db, t.secondPerson('auditor').id, new Date())
    t.travel(10_000)
    await expect(t.second('auditor')(api.getSession, {})).rejects.toMatchObject(refused)
  })

  it('ends when it was not used for twelve hours', async () => {
    const { id, headers } = t.secondPerson('supervisor')
    await t.db
      .updateTable('auth.session')
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where('userId', '=', id)
      .execute()
    expect((await t.fetch(path, {}, headers)).status).toBe(401)
  })

  it('is prolonged by use, at most every ten minutes', async () => {
    const { id, headers } = t.person('auditor')
    const fresh = await t.fetch(path, {}, headers)
    expect(fresh.headers.getSetCookie()).toEqual([])
    const elevenMinutesOld = new Date(Date.now() + 12 * 3_600_000 - 11 * 60_000)
    await t.db.updateTable('auth.session').set({ expiresAt: elevenMinutesOld }).where('userId', '=', id).execute()
    t.travel(10_000)
    const used = await t.fetch(path, {}, headers)
    expect(used.headers.getSetCookie().join()).toMatch(/^docket\.session_token=/)
    const { expiresAt } = await t.db
      .selectFrom('auth.session')
      .selectAll()
      .where('userId', '=', id)
      .executeTakeFirstOrThrow()
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 12 * 3_600_000 - 60_000)
  })

  it('is not taken from a cookie with another signature', async () => {
    const { cookie = '' } = t.person('admin').headers
    const forged = cookie.replace(/\.[^.]+$/, `.${'A'.repeat(43)}%3D`)
    expect((await t.fetch(path, {}, { cookie: forged })).status).toBe(401)
    expect((await t.fetch(path, {}, { cookie: 'docket.session_token=' })).status).toBe(401)
  })

  it('costs one look-up for many requests', async () => {
    const { headers } = t.secondPerson('admin')
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async () => (await t.fetch(path, {}, headers)).status),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))
  })
})

describe('a key', () => {
  const scope = { role: 'reviewer', sources: ['vk-intake'], kinds: ['user_report'] } as const

  async function keyRow(authorization: string) {
    const program = await (await t.fetch(path, {}, { authorization })).json()
    return t.db
      .selectFrom('auth.apikey')
      .selectAll()
      .where('referenceId', '=', program.person.id)
      .executeTakeFirstOrThrow()
  }

  it('is kept as a hash only', async () => {
    const { authorization = '' } = await t.keyHeaders({ ...scope, sources: [], kinds: [] })
    const row = await keyRow(authorization)
    expect(JSON.stringify(row)).not.toContain(authorization.slice('Bearer '.length))
  })

  it('opens nothing once it is off, too old, or its program disabled', async () => {
    const spoil = [
      (id: string) => t.db.updateTable('auth.apikey').set({ enabled: false }).where('id', '=', id).execute(),
      (id: string) =>
        t.db
          .updateTable('auth.apikey')
          .set({ expiresAt: new Date(0) })
          .where('id', '=', id)
          .execute(),
      async (id: string) => {
        const { referenceId } = await t.db
          .selectFrom('auth.apikey')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        await disablePerson(t.db, referenceId, new Date())
      },
    ]
    for (const spoilKey of spoil) {
      const headers = await t.keyHeaders({ role: 'reviewer' })
      await spoilKey((await keyRow(headers.authorization!)).id)
      t.travel(10_000)
      expect((await t.fetch(path, {}, headers)).status).toBe(401)
    }
  })

  it('is asked for alone: a cookie beside a wrong one counts for nothing', async () => {
    const { cookie = '' } = t.person('admin').headers
    for (const authorization of ['Bearer docket_wrong', 'Bearer ', 'Bearer a b', 'bearer docket_wrong']) {
      expect((await t.fetch(path, {}, { authorization, cookie })).status).toBe(401)
    }
  })

  it('needs no origin', async () => {
    const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
    const key = await t.keyHeaders({ role: 'reviewer' })
    const response = await fetch(`${t.url}/api/v1/reviews/next`, { ...init, headers: { ...init.headers, ...key } })
    expect(response.status).not.toBe(403)
  })
})
