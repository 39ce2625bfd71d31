import { describe, expect, it } from 'vitest'
import { StartFault } from '#server/start-fault.ts'
import { api } from '#shared/contract/api.ts'
import { permissionsOf, Role } from '#shared/domain/permissions.ts'
import { useTestApi } from '#test/support/api.ts'
import { addKey } from './add-key.ts'
import { addPerson } from './add-person.ts'
import { disablePerson } from './disable-person.ts'
import { resetPassword } from './reset-password.ts'

const t = useTestApi()
const password = 'correct horse battery'

function invite(email: string, role: Role = 'reviewer', name?: string) {
  return addPerson(t.db, { email, role, name, publicUrl: t.url }, t.deps.now())
}

const tokenOf = (link: string) => new URL(link).searchParams.get('token')!

function eventsOf(kind: string) {
  return t.db.selectFrom('event').selectAll().where('kind', '=', kind).orderBy('id').execute()
}

describe('who is signed in', () => {
  it('answers 401 without a session', async () => {
    await expect(t.anonymous(api.getSession, {})).rejects.toMatchObject({ status: 401, body: { code: 'signed_out' } })
  })

  it.each(Role.options)('names a %s and what they may do', async (role) => {
    const { person, permissions } = await t.as(role)(api.getSession, {})
    const { id, name, email } = t.person(role)
    expect(person).toEqual({ id, name, email, role })
    expect(permissions).toEqual(permissionsOf(role))
  })

  it('names the program behind a key', async () => {
    const { person } = await t.key({ role: 'supervisor' })(api.getSession, {})
    expect(person).toMatchObject({ role: 'supervisor' })
  })
})

describe('everybody who works here', () => {
  it('is told to those who are signed in only', async () => {
    await expect(t.anonymous(api.listPeople, {})).rejects.toMatchObject({ status: 401 })
  })

  it('is listed by name, those who left included, without e-mails', async () => {
    await disablePerson(t.db, t.secondPerson('reviewer').email)
    const { items } = await t.as('auditor')(api.listPeople, {})
    const { id, name } = t.secondPerson('reviewer')
    expect(items).toContainEqual({ id, name, role: 'reviewer', isActive: false })
    expect(items).toContainEqual(expect.objectContaining({ id: t.person('admin').id, isActive: true }))
    expect(JSON.stringify(items)).not.toContain('@')
  })
})

describe('an invitation', () => {
  it('lets its person join once, with the role it was made for', async () => {
    const link = await invite('Mia@Example.org', 'supervisor', 'Mia')
    expect(link).toMatch(new RegExp(`^${t.url}/join\\?token=[\\w-]{43}$`))
    const params = { token: tokenOf(link) }
    expect(await t.anonymous(api.getInvitation, { params })).toEqual({ name: 'Mia', email: 'mia@example.org' })
    const body = { name: 'Mia Novak', password }
    expect(await t.anonymous(api.acceptInvitation, { params, body })).toEqual({ email: 'mia@example.org' })
    await expect(t.anonymous(api.signIn, { body: { email: 'mia@example.org', password } })).resolves.toEqual({})
    const { items } = await t.as('admin')(api.listPeople, {})
    expect(items).toContainEqual(expect.objectContaining({ name: 'Mia Novak', role: 'supervisor' }))
    for (const again of [
      () => t.anonymous(api.getInvitation, { params }),
      () => t.anonymous(api.acceptInvitation, { params, body }),
    ]) {
      await expect(again()).rejects.toMatchObject({ status: 400, body: { code: 'invalid_token' } })
    }
  })

  it('is used up by one of two who come at once', async () => {
    const params = { token: tokenOf(await invite('twice@example.org')) }
    const body = { name: 'Twice', password }
    const results = await Promise.allSettled([1, 2].map(() => t.anonymous(api.acceptInvitation, { params, body })))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is refused when it is unknown, too old, or replaced by a newer one', async () => {
    const replaced = tokenOf(await invite('late@example.org'))
    const late = tokenOf(await invite('late@example.org'))
    const refusal = { status: 400, body: { code: 'invalid_token' } }
    for (const token of ['unknown', replaced]) {
      await expect(t.anonymous(api.getInvitation, { params: { token } })).rejects.toMatchObject(refusal)
    }
    expect(await t.anonymous(api.getInvitation, { params: { token: late } })).toMatchObject({ name: 'late' })
    t.travel(7 * 86_400_000 + 1)
    await expect(t.anonymous(api.getInvitation, { params: { token: late } })).rejects.toMatchObject(refusal)
    const body = { name: 'Late', password }
    await expect(t.anonymous(api.acceptInvitation, { params: { token: late }, body })).rejects.toMatchObject(refusal)
  })

  it('needs a name and a password of twelve characters', async () => {
    const params = { token: tokenOf(await invite('short@example.org')) }
    const accepting = t.anonymous(api.acceptInvitation, { params, body: { name: ' ', password: 'elevenchars' } })
    await expect(accepting).rejects.toMatchObject({
      status: 400,
      body: { code: 'invalid_request', issues: [{ path: 'name' }, { path: 'password' }] },
    })
  })

  it('is for somebody new, with an e-mail and a role that exist', async () => {
    await expect(invite(t.person('admin').email)).rejects.toBeInstanceOf(StartFault)
    await expect(invite('no e-mail')).rejects.toThrow('is not an e-mail address')
    await expect(invite('x@example.org', 'owner' as Role)).rejects.toThrow('reviewer, supervisor, admin, auditor')
  })

  it('is written to the log without e-mail, name or token', async () => {
    const link = await invite('logged@example.org', 'auditor', 'Logged Name')
    await t.anonymous(api.acceptInvitation, {
      params: { token: tokenOf(link) },
      body: { name: 'Logged Name', password },
    })
    const [invited, joined] = [(await eventsOf('person.invited')).at(-1)!, (await eventsOf('person.joined')).at(-1)!]
    expect(invited.data).toEqual({ role: 'auditor' })
    expect(joined.data).toEqual({ role: 'auditor', invitation: invited.subject_id })
    expect(joined.person_id).toBe(joined.subject_id)
    const all = JSON.stringify([await eventsOf('person.invited'), await eventsOf('person.joined')])
    for (const secret of ['logged@', 'Logged Name', tokenOf(link)]) expect(all).not.toContain(secret)
  })

  it('is kept as a hash only', async () => {
    const token = tokenOf(await invite('hashed@example.org'))
    const rows = await t.db.selectFrom('invitation').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('resetPassword', () => {
  it('lets somebody choose another password, once, and ends their sessions', async () => {
    const email = 'forgetful@example.org'
    const token = tokenOf(await invite(email, 'auditor', 'Forgetful'))
    await t.anonymous(api.acceptInvitation, { params: { token }, body: { name: 'Forgetful', password } })
    const link = await resetPassword(t.db, { email: ' Forgetful@Example.org', publicUrl: t.url }, t.deps.now())
    const params = { token: tokenOf(link) }
    expect(await t.anonymous(api.getInvitation, { params })).toEqual({ name: 'Forgetful', email })
    const body = { name: 'Forgetful', password: 'another long password' }
    expect(await t.anonymous(api.acceptInvitation, { params, body })).toEqual({ email })
    await expect(t.anonymous(api.signIn, { body: { email, password } })).rejects.toMatchObject({ status: 401 })
    await expect(t.anonymous(api.signIn, { body: { email, password: body.password } })).resolves.toEqual({})
    await expect(t.anonymous(api.acceptInvitation, { params, body })).rejects.toMatchObject({ status: 400 })
    const { items } = await t.as('admin')(api.listPeople, {})
    const [person, ...others] = items.filter(({ name }) => name === 'Forgetful')
    expect(person).toMatchObject({ role: 'auditor' })
    expect(others).toEqual([])
    expect(await eventsOf('person.password_reset')).toMatchObject([{ subject_id: person!.id }])
  })

  it('is for people who may sign in only', async () => {
    const reset = (email: string) => resetPassword(t.db, { email, publicUrl: t.url })
    await expect(reset('nobody@example.org')).rejects.toThrow('Nobody who may sign in')
    await expect(reset(t.secondPerson('reviewer').email)).rejects.toThrow('Nobody who may sign in')
  })
})

describe('addKey', () => {
  const make = (role: string, sourceNames: string[], sourceKinds: string[]) =>
    addKey(t.deps, { name: 'VK intake', role, sourceNames, sourceKinds })

  it('gives a program a key bound to sources and kinds', async () => {
    const key = await make('reviewer', ['vk-intake'], ['user_report', 'classifier'])
    expect(key).toMatch(/^docket_\w{64}$/)
    const session = await t.fetch('/api/v1/session', {}, { authorization: `Bearer ${key}` })
    expect(await session.json()).toMatchObject({ person: { name: 'VK intake', role: 'reviewer' } })
    const event = (await eventsOf('key.added')).at(-1)!
    expect(event.data).toMatchObject({ sourceNames: ['vk-intake'], sourceKinds: ['user_report', 'classifier'] })
    expect(JSON.stringify(event)).not.toContain(key)
  })

  it('makes none for a role or kind that does not exist', async () => {
    await expect(make('root', [], [])).rejects.toThrow('There is no role "root"')
    await expect(make('reviewer', [], ['rumour'])).rejects.toThrow('There is no kind of source "rumour"')
  })
})

describe('disablePerson', () => {
  it('ends sessions and is written to the log', async () => {
    const { id, email, headers } = t.secondPerson('supervisor')
    await disablePerson(t.db, email.toUpperCase())
    expect((await eventsOf('person.disabled')).at(-1)).toMatchObject({ subject_id: id })
    t.travel(10_000)
    expect((await t.fetch('/api/v1/session', {}, headers)).status).toBe(401)
    await expect(disablePerson(t.db, email)).rejects.toThrow('Nobody who may sign in')
  })

  it('shuts a program out by its name', async () => {
    const key = await addKey(t.deps, { name: 'Leaky', role: 'reviewer', sourceNames: [], sourceKinds: [] })
    const headers = { authorization: `Bearer ${key}` }
    expect((await t.fetch('/api/v1/session', {}, headers)).status).toBe(200)
    await disablePerson(t.db, 'Leaky')
    t.travel(10_000)
    expect((await t.fetch('/api/v1/session', {}, headers)).status).toBe(401)
  })

  it('never removes the last administrator, of two at once either', async () => {
    const emails = [t.person('admin').email, t.secondPerson('admin').email]
    const results = await Promise.allSettled(emails.map((email) => disablePerson(t.db, email)))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const reason = results.find((each) => each.status === 'rejected')?.reason
    expect(reason).toMatchObject({ message: expect.stringContaining('is the last administrator') })
  })
})
