import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serializeSignedCookie } from 'better-call'
import { readConfig } from '#server/config.ts'
import { connect, type Db } from '#server/db/connect.ts'
import { openCommandDatabase } from '#server/db/open-database.ts'
import { insertPerson } from '#server/features/team/team.queries.ts'
import { createAuth } from '#server/http/auth.ts'
import type { Role } from '#shared/domain/permissions.ts'
import { seed } from './seed.ts'

export type Person = { id: string; headers: Record<string, string> }

/** A running Docket with a known number of posts, and people signed in to it. */
export type World = {
  url: string
  pid: number
  dataDir: string
  posts: number
  /** A file of captions that another world is seeded from as well. */
  captions: string | null
  /** As the owner: for looking, not for measuring. */
  db: Db
  people: (role: Role, count: number) => Promise<Person[]>
  /** A program that may flag as anybody's users. */
  sender: () => Promise<Person>
  close: () => Promise<void>
}

/** The one source name that a sender speaks for. */
export const senderSource = 'bench-intake'

const root = join(import.meta.dirname, '../..')

/** Seeds once a size and keeps the folder (`.bench/`), so that the second run starts at once. */
export async function openWorld({ posts, captions }: { posts: number; captions: string | null }): Promise<World> {
  const dataDir = join(root, '.bench', String(posts))
  const server = await startServer(dataDir)
  const opened = await openCommandDatabase({ ...readConfig(), dataDir }, 'bench')
  const db = connect(opened.ownerUrl, { max: 4 })
  await seed(db, { posts, captions })
  return {
    url: server.url,
    pid: server.process.pid!,
    dataDir,
    posts,
    captions,
    db,
    people: (role, count) => createPeople(db, server.url, role, count),
    sender: () => createSender(db, server.url),
    close: async () => {
      await db.destroy()
      await opened.close()
      await server.stop()
    },
  }
}

export type Server = { url: string; process: ChildProcess; readyMs: number; stop: () => Promise<void> }

/** Starts `docket start` as an operator would. `readyMs` is from the command to the first answer of /readyz. */
export async function startServer(dataDir: string): Promise<Server> {
  if (!existsSync(join(root, 'dist/client/index.html'))) await run(['node_modules/vite/bin/vite.js', 'build'])
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const from = performance.now()
  const child = spawn(process.execPath, ['server/cli.ts', 'start'], {
    cwd: root,
    env: { ...process.env, DOCKET_DATA: dataDir, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const isUp = () =>
    fetch(`${url}/readyz`)
      .then((reply) => reply.ok)
      .catch(() => false)
  while (!(await isUp())) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`)
    await sleep(20)
  }
  const readyMs = performance.now() - from
  const stop = async () => {
    if (child.exitCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return { url, process: child, readyMs, stop }
}

async function run(args: string[]) {
  const [code] = await once(
    spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }),
    'exit',
  )
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}.`)
}

async function createPeople(db: Db, url: string, role: Role, count: number): Promise<Person[]> {
  const auth = await createAuth({ db, settings: { publicUrl: url } })
  const { internalAdapter, secret } = await auth.context
  const people: Person[] = []
  for (let index = 0; index < count; index += 1) {
    const email = `${role}-${index}@bench.example`
    const found = await db.selectFrom('auth.user').select('id').where('email', '=', email).executeTakeFirst()
    const id = found?.id ?? (await insertPerson(db, { name: `${role} ${index}`, email, role }))!
    const { token } = await internalAdapter.createSession(id)
    const cookie = (await serializeSignedCookie(auth.cookieName, token, secret)).split(';')[0]!
    people.push({ id, headers: { origin: url, cookie } })
  }
  return people
}

async function createSender(db: Db, url: string): Promise<Person> {
  const auth = await createAuth({ db, settings: { publicUrl: url } })
  const name = `sender-${randomUUID()}`
  const id = (await insertPerson(db, { name, email: `${name}@program.invalid`, role: 'reviewer', isProgram: true }))!
  const metadata = { sourceNames: [senderSource], sourceKinds: ['user_report'] }
  const { key } = await auth.api.createApiKey({ body: { name, userId: id, metadata } })
  return { id, headers: { authorization: `Bearer ${key}` } }
}

function freePort() {
  return new Promise<number>((settle) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
