import { getMigrations } from 'better-auth/db/migration'
import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import { Role } from '#shared/domain/permissions.ts'
import { useTestApi } from '#test/support/api.ts'
import { authOptions, createAuth } from './auth.ts'

const t = useTestApi()

describe('the tables', () => {
  it('are all that better-auth asks for', async () => {
    const { settings } = t.deps
    const plan = await getMigrations(authOptions({ db: t.owner, settings, secret: 's'.repeat(40) }))
    expect(plan.toBeCreated).toEqual([])
    expect(plan.toBeAdded).toEqual([])
    expect(await plan.compileMigrations()).toBe(';')
  })
})

describe('the secret', () => {
  it('is made once and kept', async () => {
    const again = await createAuth({ db: t.db, settings: t.deps.settings })
    expect(again.secret).toBe(t.auth.secret)
    expect(again.secret.length).toBeGreaterThanOrEqual(43)
  })

  it('is the operator’s when there is one', async () => {
    const secret = 'an operator’s own secret, long enough'
    expect((await createAuth({ db: t.db, settings: t.deps.settings, secret })).secret).toBe(secret)
  })
})

describe('the session’s cookie', () => {
  it('travels over https only where there is https', async () => {
    const auth = await createAuth({ db: t.db, settings: { publicUrl: 'https://docket.example.org' } })
    const { name, attributes } = (await auth.context).authCookies.sessionToken
    expect(auth.cookieName).toBe(name)
    expect(name).toBe('__Secure-docket.session_token')
    expect(attributes).toMatchObject({ secure: true, httpOnly: true, sameSite: 'lax' })
    expect((await t.auth.context).authCookies.sessionToken.attributes.secure).toBe(false)
  })
})

describe('better-auth’s own endpoints', () => {
  type Own = { path?: string; options?: { method?: string | string[] } }
  const open: string[] = [api.signIn.path, api.signOut.path]

  it('are all shut, to strangers, people and programs, but for signing in and out', async () => {
    const callers = [{}, ...Role.options.map((role) => t.person(role).headers), await t.keyHeaders({ role: 'admin' })]
    const own = Object.values(t.auth.api as Record<string, Own>).filter(({ path }) => path)
    const paths = own.map(({ path = '', options }) => ({
      path: `/api/auth${path.replace(/:\w+/g, 'x')}`,
      methods: [options?.method ?? 'POST'].flat().map((method) => (method === '*' ? 'GET' : method)),
    }))
    const answers: string[] = []
    for (const { path, methods } of paths.filter((each) => !open.includes(each.path))) {
      for (const method of methods) {
        for (const headers of callers) {
          const json = method === 'GET' ? {} : { body: '{}' }
          const init = { method, headers: { 'content-type': 'application/json' }, ...json }
          const { status } = await t.fetch(path, init, headers)
          if (status !== 404) answers.push(`${method} ${path} ${status}`)
        }
      }
    }
    expect(answers).toEqual([])
    expect(paths.length).toBeGreaterThan(30)
    expect(paths.map(({ path }) => path)).toEqual(expect.arrayContaining(open))
  })

  it.each(['GET', 'PUT', 'DELETE'])('answer no %s on the two that are open', async (method) => {
    for (const path of open) expect((await t.fetch(path, { method })).status).toBe(404)
  })
})
