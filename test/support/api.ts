import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serializeSignedCookie } from 'better-call'
import { pino } from 'pino'
import { afterAll, beforeAll } from 'vitest'
import { type CallArgs, createCall } from '#client/api/call.ts'
import { createApp } from '#server/app.ts'
import type { Db } from '#server/db/connect.ts'
import { insertPerson } from '#server/features/team/team.queries.ts'
import { type Auth, createAuth } from '#server/http/auth.ts'
import { believedMs } from '#server/http/caller.ts'
import { type Deps, defaultSettings } from '#server/http/deps.ts'
import type { Scope } from '#server/http/route.ts'
import { folderStore } from '#server/media/store.ts'
import { Role } from '#shared/domain/permissions.ts'
import type { SourceKind } from '#shared/domain/words.ts'
import { testDb } from './db.ts'

export type TestCall = ReturnType<typeof createCall>
export type TestPerson = { id: string; name: string; email: string; role: Role; headers: Record<string, string> }
type KeyOptions = { role: Role; sources?: string[]; kinds?: SourceKind[] }

export type TestApi = {
  /** As the running server sees the database, and as its owner does. */
  db: Db
  owner: Db
  url: string
  deps: Deps
  auth: Auth
  /** Calls the API as somebody of that role, through a real session. */
  as: (role: Role) => TestCall
  /** As another person of that role. */
  second: (role: Role) => TestCall
  person: (role: Role) => TestPerson
  secondPerson: (role: Role) => TestPerson
  /** Without a session. */
  anonymous: TestCall
  /** With an API key; `sources` and `kinds` are what it may speak for. */
  key: (options: KeyOptions) => TestCall
  keyHeaders: (options: KeyOptions) => Promise<Record<string, string>>
  /** For streams and odd requests: `who` is a role, or the headers of a person or a key. */
  fetch: (path: string, init?: RequestInit, who?: Role | Record<string, string>) => Promise<Response>
  /** Says what there is for a person from now on, whatever was believed of the session. */
  setScope: (person: Pick<TestPerson, 'id'>, scope: Partial<Scope>) => Promise<void>
  /** Moves the server's clock. */
  travel: (ms: number) => void
  /** From now on the server's clock moves by `travel` only: for what must not depend on how fast the test runs. */
  stopClock: () => void
}

/** The real app on a port over a migrated, empty database, with two people of each role, for the tests of one file. */
export function useTestApi(settings: Partial<Deps['settings']> = {}): TestApi {
  const t = {} as TestApi
  const closers: (() => Promise<unknown>)[] = []
  let offset = 0
  let stoppedAt: number | null = null

  beforeAll(async () => {
    const { db, owner, drop } = await testDb()
    const mediaDir = await mkdtemp(join(tmpdir(), 'docket-media-'))
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    // Tests hold what they like, but for those of the cap.
    const exportsDir = join(mediaDir, 'exports')
    const all = { ...defaultSettings, leaseCap: 1_000, publicUrl: url, exportsDir, ...settings }
    const auth = await createAuth({ db, settings: all })
    const log = pino({ level: 'silent' })
    const now = () => new Date((stoppedAt ?? Date.now()) + offset)
    const deps: Deps = { db, auth, mediaStore: folderStore(mediaDir), log, now, settings: all }
    server.on('request', createApp(deps))
    closers.push(
      () => new Promise((settle) => server.close(settle).closeAllConnections()),
      drop,
      () => rm(mediaDir, { recursive: true, force: true }),
    )
    const people = await createPeople(db, auth, url)
    const person = (role: Role, nth: number) => people.find((each) => each.role === role && each.nth === nth)!
    const keyHeaders = async (options: KeyOptions) => ({
      authorization: `Bearer ${await createKey(db, auth, options)}`,
    })
    Object.assign(t, {
      db,
      owner,
      url,
      deps,
      auth,
      as: (role) => createCall(url, person(role, 1).headers),
      second: (role) => createCall(url, person(role, 2).headers),
      person: (role) => person(role, 1),
      secondPerson: (role) => person(role, 2),
      anonymous: createCall(url, { origin: url }),
      key: (options) => lazyCall(url, () => keyHeaders(options)),
      keyHeaders,
      fetch: (path, init = {}, who = {}) => {
        const headers = typeof who === 'string' ? person(who, 1).headers : { origin: url, ...who }
        return fetch(`${url}${path}`, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } })
      },
      setScope: async (person, scope) => {
        await putScope(db, person.id, scope)
        offset += believedMs + 1
      },
      travel: (ms) => {
        offset += ms
      },
      stopClock: () => {
        stoppedAt = Date.now()
      },
    } satisfies TestApi)
  })
  afterAll(async () => {
    for (const close of closers) await close()
  })
  return t
}

async function putScope(
  db: Db,
  personId: string,
  { queues = null, takes = null, seesRestricted = false }: Partial<Scope>,
) {
  const row = { seesAllQueues: queues === null, seesRestricted }
  await db.updateTable('auth.user').set(row).where('id', '=', personId).execute()
  await db.deleteFrom('queue_member').where('person_id', '=', personId).execute()
  const members = (queues ?? takes ?? []).map((queue_id) => ({
    person_id: personId,
    queue_id,
    may_take: takes === null || takes.includes(queue_id),
  }))
  if (members.length > 0) await db.insertInto('queue_member').values(members).execute()
}

const names = {
  reviewer: ['Dana', 'Ravi'],
  supervisor: ['Sofia', 'Yusuf'],
  admin: ['Ada', 'Igor'],
  auditor: ['Noor', 'Lena'],
}

async function createPeople(db: Db, auth: Auth, url: string) {
  const wanted = Role.options.flatMap((role) => names[role].map((name, index) => ({ role, name, nth: index + 1 })))
  return Promise.all(
    wanted.map(async ({ role, name, nth }) => {
      const email = `${name.toLowerCase()}@example.org`
      const id = (await insertPerson(db, { name, email, role }))!
      return { id, name, email, role, nth, headers: { origin: url, cookie: await createSession(auth, id) } }
    }),
  )
}

/** A cookie as a sign-in sets it, of a session made by better-auth, without the price of a password's hash. */
async function createSession(auth: Auth, personId: string) {
  const { internalAdapter, secret } = await auth.context
  const { token } = await internalAdapter.createSession(personId)
  return (await serializeSignedCookie(auth.cookieName, token, secret)).split(';')[0]!
}

let programs = 0

async function createKey(db: Db, auth: Auth, { role, sources = [], kinds = [] }: KeyOptions) {
  programs += 1
  const name = `program-${programs}`
  const userId = (await insertPerson(db, { name, email: `${name}@program.invalid`, role, isProgram: true }))!
  const metadata = { sourceNames: sources, sourceKinds: kinds }
  const { key } = await auth.api.createApiKey({ body: { name, userId, metadata } })
  return key
}

/** Makes the key with the first call. */
function lazyCall(url: string, makeHeaders: () => Promise<Record<string, string>>): TestCall {
  let made: Promise<Record<string, string>> | undefined
  return async (e, args) => {
    made ??= makeHeaders()
    return createCall(url, await made)(e, args as CallArgs<typeof e>)
  }
}
