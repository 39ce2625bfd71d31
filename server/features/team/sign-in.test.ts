import { beforeAll, describe, expect, it } from 'vitest'
import { tidySignIns } from '#server/jobs/tidy-sign-ins.ts'
import { api } from '#shared/contract/api.ts'
import { useTestApi } from '#test/support/api.ts'
import { emailHash } from './sign-in.ts'
import { disablePerson, findPersonIdByEmail, insertPassword, insertPerson } from './team.queries.ts'

const t = useTestApi({ attemptsPerMinute: 10_000 })
const password = 'correct horse battery'
let count = 0
let hash: string | undefined

beforeAll(() => t.stopClock())

/** Somebody with a password, as after joining. */
async function createPerson() {
  count += 1
  const email = `person-${count}@example.org`
  const id = (await insertPerson(t.db, { name: `Person ${count}`, email, role: 'reviewer' }))!
  hash ??= await (await t.auth.context).password.hash(password)
  await insertPassword(t.db, id, hash)
  return { id, email }
}

type Attempt = { email: string; password?: string; address?: string; cookie?: string }

function attempt({ email, password: given = password, address = '203.0.113.1', cookie = '' }: Attempt) {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address, cookie }
  const body = JSON.stringify({ email, password: given })
  return t.fetch(api.signIn.path, { method: 'POST', body, headers })
}

/** What a browser would send back. */
function cookiesOf(response: Response) {
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!)
  return cookies.filter((cookie) => !cookie.endsWith('=')).join('; ')
}

async function failTimes(times: number, attempted: Attempt) {
  for (let n = 0; n < times; n += 1) expect((await attempt({ ...attempted, password: 'wrong' })).status).toBe(401)
}

/** As `failTimes`, without the price of looking at a password. */
async function failedFiveTimes({ email }: { email: string }, address = '203.0.113.1') {
  const row = { email_sha256: emailHash(email), address, succeeded: false, at: t.deps.now() }
  await t.db.insertInto('sign_in_attempt').values([row, row, row, row, row]).execute()
}

async function eventsOf(subjectId: string) {
  const rows = await t.db.selectFrom('event').selectAll().where('subject_id', '=', subjectId).orderBy('id').execute()
  return rows.map(({ kind, person_id, data }) => ({ kind, person_id, data }))
}

describe('signing in', () => {
  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const { email, id } = await createPerson()
    const response = await attempt({ email: ` ${email.toUpperCase()}` })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({})
    const [session] = response.headers.getSetCookie()
    expect(session).toMatch(/^docket\.session_token=.+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/)
    const { person } = await (await t.fetch('/api/v1/session', {}, { cookie: cookiesOf(response) })).json()
    expect(person.id).toBe(id)
  })

  it('is recorded with the session, without e-mail or token', async () => {
    const { email, id } = await createPerson()
    const response = await attempt({ email })
    const [event, ...others] = await eventsOf(id)
    expect(others).toEqual([])
    expect(event).toMatchObject({ kind: 'person.signed_in', person_id: id })
    const session = await t.db.selectFrom('auth.session').selectAll().where('userId', '=', id).executeTakeFirstOrThrow()
    expect(event!.data).toEqual({ session: session.id })
    expect(cookiesOf(response)).toContain(session.token)
  })

  it('answers alike whoever is asked for', async () => {
    const { email } = await createPerson()
    const program = { email: 'program-x@program.invalid', role: 'reviewer', isProgram: true } as const
    await insertPerson(t.db, { name: 'Program', ...program })
    const disabled = await createPerson()
    await disablePerson(t.db, disabled.id, new Date())
    const wrong = [{ email, password: 'wrong' }, { email: 'nobody@example.org' }, { email: 'not an e-mail' }]
    for (const each of [...wrong, { email: program.email }, { email: disabled.email }]) {
      const response = await attempt(each)
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ code: 'wrong_credentials' })
      expect(response.headers.getSetCookie()).toEqual([])
    }
  })

  it('records what failed, of an unknown e-mail its hash only', async () => {
    const { email, id } = await createPerson()
    await attempt({ email, password: 'wrong' })
    expect(await eventsOf(id)).toEqual([
      { kind: 'person.sign_in_failed', person_id: null, data: { reason: 'wrong_password' } },
    ])
    await attempt({ email: 'typed-a-secret@example.org' })
    const events = await t.db.selectFrom('event').selectAll().where('subject_kind', '=', 'email').execute()
    expect(events.length).toBeGreaterThan(0)
    expect(JSON.stringify(events)).not.toContain('typed-a-secret')
  })

  it('gives nobody an account', async () => {
    for (const path of ['/api/auth/sign-up/email', '/api/auth/sign-in/../sign-up/email', '/api/auth//sign-up/email']) {
      const body = JSON.stringify({ email: 'new@example.org', name: 'New', password })
      const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } }
      expect((await t.fetch(path, init)).status).toBe(404)
    }
    expect(await findPersonIdByEmail(t.db, 'new@example.org')).toBeNull()
  })

  it('takes JSON only, and an answer for each part', async () => {
    const form = { method: 'POST', body: 'email=a&password=b', headers: { 'content-type': 'text/plain' } }
    expect((await t.fetch(api.signIn.path, form)).status).toBe(400)
    await expect(t.anonymous(api.signIn, { body: {} as never })).rejects.toMatchObject({ status: 400 })
  })
})

describe('the delay after failures', () => {
  it('grows from the fifth failure on, and says how long', async () => {
    const { email } = await createPerson()
    await failTimes(5, { email })
    const delayed = await attempt({ email })
    expect(delayed.status).toBe(429)
    expect(await delayed.json()).toMatchObject({ code: 'too_many_requests' })
    expect(delayed.headers.get('retry-after')).toBe('1')
    t.travel(1_000)
    await failTimes(1, { email })
    expect((await attempt({ email })).headers.get('retry-after')).toBe('2')
    t.travel(2_000)
    await failTimes(1, { email })
    expect((await attempt({ email })).headers.get('retry-after')).toBe('4')
    t.travel(4_000)
    expect((await attempt({ email })).status).toBe(200)
  })

  it('starts anew after a success', async () => {
    const { email } = await createPerson()
    await failTimes(4, { email })
    expect((await attempt({ email })).status).toBe(200)
    await failTimes(5, { email })
  })

  it('counts guesses that come together one by one', async () => {
    const { email } = await createPerson()
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt({ email, password: 'wrong' })))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15)
  })

  it('does not touch the person at another address', async () => {
    const { email } = await createPerson()
    expect((await attempt({ email, address: '203.0.113.7' })).status).toBe(200)
    await failedFiveTimes({ email }, '198.51.100.9')
    expect((await attempt({ email, address: '198.51.100.9' })).status).toBe(429)
    expect((await attempt({ email, address: '203.0.113.7' })).status).toBe(200)
    expect((await attempt({ email, address: '203.0.113.8' })).status).toBe(200)
  })

  it('does not touch a browser the person used before, at the very same address', async () => {
    const { email } = await createPerson()
    const cookie = cookiesOf(await attempt({ email }))
    await failedFiveTimes({ email })
    expect((await attempt({ email })).status).toBe(429)
    expect((await attempt({ email, cookie })).status).toBe(200)
  })

  it('holds for a browser that somebody else used', async () => {
    const [victim, stranger] = [await createPerson(), await createPerson()]
    const cookie = cookiesOf(await attempt({ email: stranger.email }))
    await failedFiveTimes(victim)
    expect((await attempt({ email: victim.email, cookie })).status).toBe(429)
    const forged = cookie.replace(/docket\.browser=([^.]+)\./, 'docket.browser=x$1.')
    expect((await attempt({ email: victim.email, cookie: forged })).status).toBe(429)
  })

  it('counts a whole IPv6 network of one subscriber as one', async () => {
    const { email } = await createPerson()
    for (let n = 1; n <= 5; n += 1) await failTimes(1, { email, address: `2001:db8:1:2::${n}` })
    expect((await attempt({ email, address: '2001:db8:1:2::99' })).status).toBe(429)
    expect((await attempt({ email, address: '2001:db8:1:3::1' })).status).toBe(200)
  })
})

describe('signing out', () => {
  it('ends the session at once and is recorded', async () => {
    const { email, id } = await createPerson()
    const cookie = cookiesOf(await attempt({ email }))
    expect((await t.fetch('/api/v1/session', {}, { cookie })).status).toBe(200)
    const response = await t.fetch(api.signOut.path, { method: 'POST' }, { cookie })
    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie().join()).toMatch(/docket\.session_token=; Max-Age=0/)
    expect((await t.fetch('/api/v1/session', {}, { cookie })).status).toBe(401)
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(['person.signed_in', 'person.signed_out'])
  })

  it('says nothing to those who are not signed in', async () => {
    await expect(t.anonymous(api.signOut, {})).resolves.toEqual({})
  })
})

describe('tidySignIns', () => {
  const later = { now: () => new Date(Date.now() + 120_000) }

  it('records a sign-in whose event was lost, once', async () => {
    const { id } = await createPerson()
    await (await t.auth.context).internalAdapter.createSession(id)
    await Promise.all([tidySignIns({ ...later, db: t.db }), tidySignIns({ ...later, db: t.db })])
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(['person.signed_in'])
    expect(await tidySignIns({ ...later, db: t.db })).toBe(0)
  })

  it('clears away sessions that have ended, and no others', async () => {
    const [gone, here] = [await createPerson(), await createPerson()]
    for (const { email } of [gone, here]) await attempt({ email })
    await t.db
      .updateTable('auth.session')
      .set({ expiresAt: new Date(0) })
      .where('userId', '=', gone.id)
      .execute()
    await tidySignIns(t.deps)
    const ids = [gone.id, here.id]
    const left = await t.db.selectFrom('auth.session').select('userId').where('userId', 'in', ids).execute()
    expect(left).toEqual([{ userId: here.id }])
  })
})
