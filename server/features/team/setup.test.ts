import { beforeEach, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import { useTestApi } from '#test/support/api.ts'
import { ensureSetupToken } from './setup-token.ts'

const t = useTestApi()
const who = { name: 'Ana', email: 'Ana@Example.org', password: 'correct horse battery' }

beforeEach(async () => {
  await t.owner.deleteFrom('auth.user').where('role', '=', 'admin').execute()
  await t.owner.deleteFrom('invitation').execute()
})

const setUp = (token: string, more = {}) => t.anonymous(api.completeSetup, { body: { ...who, token, ...more } })

describe('the first administrator', () => {
  it('is made with the token, and can sign in', async () => {
    const token = await ensureSetupToken(t.db, t.deps.now())
    expect(await t.anonymous(api.getSetup, {})).toEqual({ needed: true })
    expect(await setUp(token!)).toEqual({ email: 'ana@example.org' })
    expect(await t.anonymous(api.getSetup, {})).toEqual({ needed: false })
    const { email, password } = who
    await expect(t.anonymous(api.signIn, { body: { email, password } })).resolves.toEqual({})
    const event = await t.db
      .selectFrom('event')
      .selectAll()
      .where('kind', '=', 'person.joined')
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({ data: { role: 'admin' } })
    expect(JSON.stringify(event)).not.toContain('example.org')
  })

  it('is one, of two set-ups at once', async () => {
    const token = (await ensureSetupToken(t.db, t.deps.now()))!
    const both = ['one@example.org', 'two@example.org'].map((email) => setUp(token, { email }))
    const results = await Promise.allSettled(both)
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const reason = results.find((each) => each.status === 'rejected')?.reason
    expect(reason).toMatchObject({ status: 409, body: { code: 'already_set_up' } })
    const admins = await t.db.selectFrom('auth.user').select('email').where('role', '=', 'admin').execute()
    expect(admins).toHaveLength(1)
  })

  it('is not made with a wrong, an old or a replaced token', async () => {
    const refusal = { status: 400, body: { code: 'invalid_token' } }
    const replaced = (await ensureSetupToken(t.db, t.deps.now()))!
    const old = (await ensureSetupToken(t.db, t.deps.now()))!
    for (const token of ['wrong', replaced]) await expect(setUp(token)).rejects.toMatchObject(refusal)
    t.travel(7 * 86_400_000 + 1)
    await expect(setUp(old)).rejects.toMatchObject(refusal)
    expect(await t.anonymous(api.getSetup, {})).toEqual({ needed: true })
  })

  it('is not made with an invitation of another kind', async () => {
    const token = (await ensureSetupToken(t.db, t.deps.now()))!
    await expect(t.anonymous(api.getInvitation, { params: { token } })).rejects.toMatchObject({ status: 400 })
  })

  it('needs an e-mail that nobody has, and a password of twelve characters', async () => {
    const token = (await ensureSetupToken(t.db, t.deps.now()))!
    const { email } = t.person('reviewer')
    await expect(setUp(token, { email })).rejects.toMatchObject({ status: 400, body: { issues: [{ path: 'email' }] } })
    await expect(setUp(token, { password: 'short' })).rejects.toMatchObject({
      body: { issues: [{ path: 'password' }] },
    })
  })

  it('leaves no token to be made', async () => {
    await setUp((await ensureSetupToken(t.db, t.deps.now()))!)
    expect(await ensureSetupToken(t.db, t.deps.now())).toBeNull()
  })
})

describe('wrong tokens', () => {
  it('are refused altogether after sixty in a minute from one address', async () => {
    const body = JSON.stringify({ ...who, token: 'wrong', password: 'short' })
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.200' }
    const send = () => t.fetch('/api/v1/setup', { method: 'POST', body, headers })
    for (let n = 0; n < 60; n += 1) expect((await send()).status).toBe(400)
    const refused = await send()
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' })
  })
})
