import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import type { TeamMember } from '#shared/contract/people.ts'
import { type Role, Role as Roles } from '#shared/domain/permissions.ts'
import { type TestPerson, useTestApi } from '#test/support/api.ts'
import { createLease, createQueue, createReview } from '#test/support/factories.ts'

const t = useTestApi()
const password = 'correct horse battery'
const clientId = () => crypto.randomUUID()
const everything = { seesAll: true, queues: [] }
const only = (...ids: string[]) => ({ seesAll: false, queues: ids.map((queueId) => ({ queueId, mayTake: true })) })

beforeAll(async () => {
  for (const id of ['hate', 'spam', 'extremism']) await createQueue(t.db, { id, name: id })
})

async function memberOf({ id }: Pick<TestPerson, 'id'>): Promise<TeamMember> {
  const { people } = await t.as('admin')(api.listTeam, {})
  return people.find((person) => person.id === id)!
}

async function asked(person: TestPerson) {
  return { params: { personId: person.id }, version: (await memberOf(person)).version }
}

async function setAccess(by: Role, person: TestPerson, access: TeamMember['access'], languages: string[] = []) {
  const { params, version } = await asked(person)
  return t.as(by)(api.changeAccess, { params, body: { clientId: clientId(), version, access, languages } })
}

function newest(kind: string) {
  return t.db
    .selectFrom('event')
    .selectAll()
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

/** Somebody who came by a link, signed in with a password. */
async function join(role: Role, access: TeamMember['access'] = everything) {
  const email = `${clientId()}@example.org`
  const body = { clientId: clientId(), email, name: 'Mia Novak', role, access, languages: ['ru', 'kk'] }
  const { link } = await t.as('admin')(api.invitePerson, { body })
  const params = { token: new URL(link).searchParams.get('token')! }
  await t.anonymous(api.acceptInvitation, { params, body: { name: 'Mia Novak', password } })
  const { people } = await t.as('admin')(api.listTeam, {})
  return { ...people.find((person) => person.email === email)!, signIn: () => signIn(email) }
}

async function signIn(email: string) {
  const response = await t.fetch('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  expect(response.status).toBe(200)
  const cookie = response.headers.getSetCookie().map((each) => each.split(';')[0]!)
  return { origin: t.url, cookie: cookie.join('; ') }
}

describe('the team', () => {
  it('is closed to strangers and reviewers', async () => {
    await expect(t.anonymous(api.listTeam, {})).rejects.toMatchObject({ status: 401 })
    await expect(t.as('reviewer')(api.listTeam, {})).rejects.toMatchObject({ status: 403 })
  })

  it.each(['supervisor', 'admin', 'auditor'] as const)('shows a %s who may do what', async (role) => {
    await t.key({ role: 'reviewer' })(api.getSession, {})
    const { people } = await t.as(role)(api.listTeam, {})
    expect(people).toHaveLength(8)
    expect(people).toContainEqual(
      expect.objectContaining({ email: 'dana@example.org', role: 'reviewer', access: everything, sessionCount: 1 }),
    )
  })
})

describe('an invitation from the screen', () => {
  const body = () => ({
    clientId: clientId(),
    email: ' Lina@Example.org '.trim(),
    name: 'Lina',
    role: 'reviewer' as const,
    access: only('hate'),
    languages: ['ru'],
  })

  it.each(['reviewer', 'supervisor', 'auditor'] as const)('is not for a %s to make', async (role) => {
    await expect(t.as(role)(api.invitePerson, { body: body() })).rejects.toMatchObject({ status: 403 })
  })

  it('is not for a program to make', async () => {
    const inviting = t.key({ role: 'admin' })(api.invitePerson, { body: body() })
    await expect(inviting).rejects.toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it('is refused for an e-mail that somebody has, and for a queue that does not exist', async () => {
    const taken = { ...body(), email: t.person('auditor').email }
    await expect(t.as('admin')(api.invitePerson, { body: taken })).rejects.toMatchObject({
      status: 409,
      body: { code: 'email_taken' },
    })
    const lost = { ...body(), access: only('nowhere') }
    await expect(t.as('admin')(api.invitePerson, { body: lost })).rejects.toMatchObject({
      status: 400,
      body: { issues: [{ path: 'access.queues.0.queueId' }] },
    })
  })

  it('is listed until it is used, and gives its person what it says', async () => {
    const { link, invitationId } = await t.as('admin')(api.invitePerson, { body: body() })
    const { invitations } = await t.as('admin')(api.listTeam, {})
    expect(invitations).toContainEqual(
      expect.objectContaining({ id: invitationId, email: 'lina@example.org', invitedById: t.person('admin').id }),
    )
    const params = { token: new URL(link).searchParams.get('token')! }
    await t.anonymous(api.acceptInvitation, { params, body: { name: 'Lina', password } })
    const after = await t.as('admin')(api.listTeam, {})
    expect(after.invitations.map(({ id }) => id)).not.toContain(invitationId)
    const lina = after.people.find(({ email }) => email === 'lina@example.org')
    expect(lina).toMatchObject({ access: only('hate'), languages: ['ru'], seesRestricted: false })
    expect((await newest('person.invited')).data).toEqual({
      role: 'reviewer',
      seesAll: false,
      queues: ['hate'],
      takes: ['hate'],
      languages: ['ru'],
    })
  })

  it('answers a repeat with another link for the same invitation', async () => {
    const same = { ...body(), email: 'again@example.org' }
    const first = await t.as('admin')(api.invitePerson, { body: same })
    const second = await t.as('admin')(api.invitePerson, { body: same })
    expect(second.invitationId).toBe(first.invitationId)
    const tokenOf = (link: string) => ({ params: { token: new URL(link).searchParams.get('token')! } })
    await expect(t.anonymous(api.getInvitation, tokenOf(first.link))).rejects.toMatchObject({ status: 400 })
    await expect(t.anonymous(api.getInvitation, tokenOf(second.link))).resolves.toMatchObject({ name: 'Lina' })
    const receipts = await t.db.selectFrom('receipt').select('reply').execute()
    expect(JSON.stringify(receipts)).not.toContain('token=')
  })

  it('ends when it is withdrawn', async () => {
    const { link, invitationId } = await t.as('admin')(api.invitePerson, {
      body: { ...body(), email: 'not-yet@example.org' },
    })
    const withdraw = { params: { invitationId }, body: { clientId: clientId() } }
    await expect(t.as('supervisor')(api.withdrawInvitation, withdraw)).rejects.toMatchObject({ status: 403 })
    await t.as('admin')(api.withdrawInvitation, withdraw)
    await t.as('admin')(api.withdrawInvitation, withdraw)
    const params = { token: new URL(link).searchParams.get('token')! }
    await expect(t.anonymous(api.getInvitation, { params })).rejects.toMatchObject({ status: 400 })
    const again = { params: { invitationId }, body: { clientId: clientId() } }
    await expect(t.as('admin')(api.withdrawInvitation, again)).rejects.toMatchObject({ status: 404 })
  })
})

describe('the queues of a person', () => {
  it('are set by a supervisor for reviewers, and for nobody else', async () => {
    const changed = await setAccess('supervisor', t.secondPerson('reviewer'), only('hate', 'spam'), ['kk'])
    expect(changed).toMatchObject({ access: only('hate', 'spam'), languages: ['kk'] })
    for (const role of ['supervisor', 'admin', 'auditor'] as const) {
      await expect(setAccess('supervisor', t.secondPerson(role), only('hate'))).rejects.toMatchObject({ status: 403 })
    }
    await expect(setAccess('auditor', t.secondPerson('reviewer'), everything)).rejects.toMatchObject({ status: 403 })
  })

  it('cannot be given by somebody who does not see them', async () => {
    await t.setScope(t.person('supervisor'), { queues: ['hate'] })
    const ravi = t.secondPerson('reviewer')
    for (const access of [everything, only('hate'), only('hate', 'spam', 'extremism')]) {
      await expect(setAccess('supervisor', ravi, access)).rejects.toMatchObject({ status: 403 })
    }
    expect((await setAccess('supervisor', ravi, only('spam'))).access).toEqual(only('spam'))
    await t.setScope(t.person('supervisor'), {})
  })

  it('are what the person sees from the next request on', async () => {
    const mia = await join('reviewer')
    const headers = await mia.signIn()
    const seen = async () => (await (await t.fetch('/api/v1/session', {}, headers)).json()).scope
    expect(await seen()).toEqual({ queues: null, takes: null, seesRestricted: false })
    const access = { seesAll: false, queues: [{ queueId: 'spam', mayTake: false }] }
    await setAccess('admin', { ...t.person('reviewer'), id: mia.id }, access)
    expect(await seen()).toEqual({ queues: ['spam'], takes: [], seesRestricted: false })
  })

  it('take back what was in hand outside, and are written to the log by their codes', async () => {
    const dana = t.person('reviewer')
    const [kept, lost] = [
      await createReview(t.db, { queue_id: 'hate' }),
      await createReview(t.db, { queue_id: 'extremism' }),
    ]
    for (const review of [kept, lost]) await createLease(t.db, review, { holder_id: dana.id })
    await setAccess('admin', dana, only('hate'), ['ru'])
    const leases = await t.db.selectFrom('lease').select('review_id').where('holder_id', '=', dana.id).execute()
    expect(leases).toEqual([{ review_id: kept.id }])
    expect(await newest('lease.withdrawn')).toMatchObject({
      subject_id: lost.id,
      data: { holderId: dana.id, cause: 'access_changed' },
    })
    expect(await newest('person.access_changed')).toMatchObject({
      subject_id: dana.id,
      data: {
        before: { seesAll: true, queues: [], takes: [], languages: [] },
        after: { seesAll: false, queues: ['hate'], takes: ['hate'], languages: ['ru'] },
      },
    })
    await setAccess('admin', dana, everything)
  })

  it('are changed by one of two who change them at once', async () => {
    const { params, version } = await asked(t.secondPerson('reviewer'))
    const change = (queueId: string) =>
      t.as('admin')(api.changeAccess, {
        params,
        body: { clientId: clientId(), version, access: only(queueId), languages: [] },
      })
    const results = await Promise.allSettled([change('hate'), change('extremism')])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find((each) => each.status === 'rejected')?.reason).toMatchObject({
      status: 409,
      body: { code: 'version_changed' },
    })
  })
})

describe('a role', () => {
  it('is changed by administrators, and answers a repeat as it did', async () => {
    const { params, version } = await asked(t.secondPerson('auditor'))
    const body = { clientId: clientId(), version, role: 'supervisor' as const }
    await expect(t.as('supervisor')(api.changeRole, { params, body })).rejects.toMatchObject({ status: 403 })
    const changed = await t.as('admin')(api.changeRole, { params, body })
    expect(changed).toMatchObject({ role: 'supervisor', version: version + 1 })
    expect(await t.as('admin')(api.changeRole, { params, body })).toEqual(changed)
    expect((await newest('person.role_changed')).data).toEqual({ before: 'auditor', after: 'supervisor' })
    const back = { clientId: clientId(), version: version + 1, role: 'auditor' as const }
    await t.as('admin')(api.changeRole, { params, body: back })
  })

  it('that may not decide gives back what was in hand', async () => {
    const mia = await join('reviewer')
    const review = await createReview(t.db)
    await createLease(t.db, review, { holder_id: mia.id })
    const body = { clientId: clientId(), version: mia.version, role: 'auditor' as const }
    expect(await t.as('admin')(api.changeRole, { params: { personId: mia.id }, body })).toMatchObject({ heldCount: 0 })
  })

  it('is not a stranger’s, nor a program’s', async () => {
    const body = { clientId: clientId(), version: 1, role: 'admin' as const }
    const missing = { params: { personId: 'nobody' }, body }
    await expect(t.as('admin')(api.changeRole, missing)).rejects.toMatchObject({ status: 404 })
    await expect(t.key({ role: 'admin' })(api.changeRole, missing)).rejects.toMatchObject({ status: 403 })
  })
})

describe('the permission for what is restricted', () => {
  const give = async (by: TestPerson, to: TestPerson, seesRestricted = true) => {
    const { params, version } = await asked(to)
    const call = by.id === t.person('admin').id ? t.as('admin') : t.second('admin')
    return call(api.changeRestricted, { params, body: { clientId: clientId(), version, seesRestricted } })
  }

  it('is given by an administrator to others, never to themselves', async () => {
    await expect(give(t.person('admin'), t.person('admin'))).rejects.toMatchObject({ status: 403 })
    expect(await give(t.person('admin'), t.person('supervisor'))).toMatchObject({ seesRestricted: true })
    expect(await give(t.secondPerson('admin'), t.person('admin'))).toMatchObject({ seesRestricted: true })
    expect(await give(t.person('admin'), t.person('admin'), false)).toMatchObject({ seesRestricted: false })
  })

  it('takes back what is restricted and in hand when it is taken away', async () => {
    const review = await createReview(t.db, { is_restricted: true })
    await createLease(t.db, review, { holder_id: t.person('supervisor').id })
    expect(await give(t.person('admin'), t.person('supervisor'), false)).toMatchObject({ heldCount: 0 })
    expect((await newest('person.restricted_changed')).data).toEqual({ before: true, after: false })
  })
})

describe('somebody who is shut out', () => {
  it('is out at once, with nothing in hand, and can be let in again', async () => {
    const mia = await join('reviewer')
    const headers = await mia.signIn()
    const review = await createReview(t.db)
    const claim = `/api/v1/reviews/${review.id}/claim`
    const post = (path: string, body: object) =>
      t.fetch(
        path,
        { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
        headers,
      )
    expect((await post(claim, { clientId: clientId() })).status).toBe(200)
    const params = { personId: mia.id }
    const body = { clientId: clientId(), version: mia.version }
    await expect(t.as('supervisor')(api.disablePerson, { params, body })).rejects.toMatchObject({ status: 403 })
    const out = await t.as('admin')(api.disablePerson, { params, body })
    expect(out).toMatchObject({ sessionCount: 0, heldCount: 0, disabledAt: expect.any(String) })
    expect((await t.fetch('/api/v1/session', {}, headers)).status).toBe(401)
    const { holder_id } = await t.db
      .selectFrom('review')
      .select('holder_id')
      .where('id', '=', review.id)
      .executeTakeFirstOrThrow()
    expect(holder_id).toBeNull()
    const again = { clientId: clientId(), version: out.version }
    expect(await t.as('admin')(api.enablePerson, { params, body: again })).toMatchObject({ disabledAt: null })
    expect((await t.fetch('/api/v1/session', {}, await mia.signIn())).status).toBe(200)
    expect([(await newest('person.disabled')).subject_id, (await newest('person.enabled')).subject_id]).toEqual([
      mia.id,
      mia.id,
    ])
  })

  it('chooses a new password by a link that an administrator makes', async () => {
    const mia = await join('auditor')
    const reset = { params: { personId: mia.id }, body: { clientId: clientId() } }
    await expect(t.as('auditor')(api.issueResetLink, reset)).rejects.toMatchObject({ status: 403 })
    const { link } = await t.as('admin')(api.issueResetLink, reset)
    const params = { token: new URL(link).searchParams.get('token')! }
    await t.anonymous(api.acceptInvitation, { params, body: { name: 'Mia', password: 'another long password' } })
    expect((await memberOf({ id: mia.id })).access).toEqual(everything)
    await expect(t.anonymous(api.signIn, { body: { email: mia.email, password } })).rejects.toMatchObject({
      status: 401,
    })
  })
})

describe('sessions', () => {
  it('are closed to strangers, and others’ to all but administrators', async () => {
    await expect(t.anonymous(api.listSessions, {})).rejects.toMatchObject({ status: 401 })
    const query = { person: t.person('admin').id }
    for (const role of Roles.exclude(['admin']).options) {
      await expect(t.as(role)(api.listSessions, { query })).rejects.toMatchObject({ status: 403 })
    }
    await expect(t.as('admin')(api.listSessions, { query: { person: 'nobody' } })).rejects.toMatchObject({
      status: 404,
    })
  })

  it('are listed to their person, the one in use named', async () => {
    const mia = await join('reviewer')
    const [first, second] = [await mia.signIn(), await mia.signIn()]
    const list = async (headers: Record<string, string>) =>
      (await (await t.fetch('/api/v1/sessions', {}, headers)).json()).items as { id: string; isCurrent: boolean }[]
    const items = await list(second)
    expect(items.map(({ isCurrent }) => isCurrent)).toEqual([true, false])
    const end = (id: string, headers: Record<string, string>) =>
      t.fetch(
        `/api/v1/sessions/${id}/end`,
        {
          method: 'POST',
          body: JSON.stringify({ clientId: clientId() }),
          headers: { 'content-type': 'application/json' },
        },
        headers,
      )
    expect((await end(items[0]!.id, t.person('supervisor').headers)).status).toBe(404)
    expect((await end(items[1]!.id, second)).status).toBe(200)
    expect((await t.fetch('/api/v1/session', {}, first)).status).toBe(401)
    expect(await list(second)).toHaveLength(1)
    expect((await end(items[1]!.id, second)).status).toBe(404)
  })

  it('of somebody are listed to administrators, who may end them', async () => {
    const mia = await join('reviewer')
    const headers = await mia.signIn()
    const { items } = await t.as('admin')(api.listSessions, { query: { person: mia.id } })
    expect(items).toMatchObject([{ isCurrent: false, address: expect.any(String) }])
    await t.as('admin')(api.endSession, { params: { sessionId: items[0]!.id }, body: { clientId: clientId() } })
    expect((await t.fetch('/api/v1/session', {}, headers)).status).toBe(401)
    expect(await newest('person.session_ended')).toMatchObject({
      subject_id: mia.id,
      person_id: t.person('admin').id,
      data: { session: items[0]!.id },
    })
  })
})

describe('the last administrator', () => {
  it('keeps the role and stays, of two changes at once too', async () => {
    const [ada, igor] = [await asked(t.person('admin')), await asked(t.secondPerson('admin'))]
    const results = await Promise.allSettled([
      t.as('admin')(api.disablePerson, { params: igor.params, body: { clientId: clientId(), version: igor.version } }),
      t.second('admin')(api.changeRole, {
        params: ada.params,
        body: { clientId: clientId(), version: ada.version, role: 'reviewer' },
      }),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find((each) => each.status === 'rejected')?.reason).toMatchObject({
      body: { code: 'last_administrator' },
    })
  })

  it('writes no personal text to the log', async () => {
    const events = await t.db.selectFrom('event').select('data').execute()
    expect(JSON.stringify(events)).not.toMatch(/@|Mia|Lina/)
  })
})
