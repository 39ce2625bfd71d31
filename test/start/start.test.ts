import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeDataFolder } from '#server/db/cluster.ts'
import { docket, freePort, processesOf } from './cli.ts'

describe('docket start', { timeout: 120_000 }, () => {
  let dataDir: string
  let env: Record<string, string>
  let server: ReturnType<typeof docket> | undefined

  beforeAll(async () => {
    const parent = await mkdtemp(join(tmpdir(), 'docket-start-'))
    await chmod(parent, 0o755)
    dataDir = join(parent, 'data')
    env = { DOCKET_DATA: dataDir, PORT: await freePort(), LOG_LEVEL: 'error' }
  })
  afterEach(async () => {
    if (server?.child.exitCode === null) server.child.kill('SIGKILL')
    await server?.ended
    server = undefined
  })
  afterAll(async () => {
    await removeDataFolder(dataDir)
    await rm(join(dataDir, '..'), { recursive: true, maxRetries: 20, retryDelay: 100 })
  })

  async function start() {
    server = docket(env, 'start', '--api-only')
    await server.says(`Docket is on http://127.0.0.1:${env.PORT}`)
    return server
  }

  /** PostgreSQL, but not the shell that watches over it. */
  const isPostgres = ({ command }: { command: string }) => /bin\/postgres -D/.test(command) && !/^\S*sh /.test(command)

  it('takes requests, tells others that it runs, and ends with nothing left behind', async () => {
    const { child, said, ended } = await start()
    const ready = await fetch(`http://127.0.0.1:${env.PORT}/readyz`)
    expect(ready.status).toBe(200)
    expect(said.out).toContain(`Make the first administrator at http://127.0.0.1:${env.PORT}/setup?token=`)
    expect(processesOf(dataDir)).not.toEqual([])

    expect(await docket(env, 'start').ended).toEqual({
      code: 1,
      out: '',
      err: `Docket is already running on the data folder ${dataDir}: process ${child.pid}, on http://127.0.0.1:${env.PORT}.\n`,
    })
    expect(await docket(env, 'migrate').ended).toMatchObject({ code: 0, out: 'The database has the current schema.\n' })
    expect(await docket(env, 'user', 'add', 'rita@example.org', '--role', 'reviewer').ended).toMatchObject({
      code: 0,
      out: expect.stringMatching(`^http://127.0.0.1:${env.PORT}/join\\?token=\\S+\n$`),
    })
    expect((await fetch(`http://127.0.0.1:${env.PORT}/readyz`)).status).toBe(200)

    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0, err: '' })
    expect(processesOf(dataDir)).toEqual([])
    expect(await readdir(dataDir)).not.toContain('running.json')
    const token = /token=(\S+)/.exec(said.out)?.[1] ?? ''
    expect(token).not.toBe('')
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).not.toContain(token)
  })

  it('starts again after it was killed, and leaves no PostgreSQL behind', async () => {
    const first = await start()
    first.child.kill('SIGKILL')
    await first.ended
    await start()
    expect(processesOf(dataDir).filter(isPostgres)).toHaveLength(1)
  })

  it('lets a command start the database for itself', async () => {
    expect(await docket(env, 'migrate').ended).toMatchObject({ code: 0, out: 'The database has the current schema.\n' })
    expect(processesOf(dataDir)).toEqual([])
  })

  it('ends although a client keeps its connection open', async () => {
    const { child, ended } = await start()
    const idle = connect(Number(env.PORT), '127.0.0.1')
    await once(idle, 'connect')
    idle.on('error', () => {})
    const askedAt = Date.now()
    child.kill('SIGINT')
    expect((await ended).code).toBe(0)
    expect(Date.now() - askedAt).toBeLessThan(8_000)
  })

  it('says so when PostgreSQL is ended under it', async () => {
    const { ended } = await start()
    const postgres = processesOf(dataDir).find(isPostgres)
    process.kill(postgres?.pid ?? 0, 'SIGQUIT')
    const { code, err } = await ended
    expect(code).toBe(1)
    expect(err).toContain(`PostgreSQL has ended (see ${join(dataDir, 'postgres.log')}).`)
  })

  it('says in one sentence that the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { code, err } = await docket({ ...env, PORT: String(port) }, 'start', '--api-only').ended
    other.close()
    expect({ code, err }).toEqual({
      code: 1,
      err: `Port ${port} on 127.0.0.1 is used by another program. End that program, or set PORT to another one.\n`,
    })
  })

  it('lists every wrong setting and ends', async () => {
    const { code, err } = await docket({ PORT: 'http', LOG_LEVEL: 'loud' }, 'start').ended
    expect(code).toBe(1)
    expect(err.split('\n').slice(0, 3)).toEqual([
      'The configuration is wrong:',
      '  PORT must be a port number',
      '  LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
    ])
  })
})

describe('docket demo', { timeout: 120_000 }, () => {
  it('refuses to be reached from elsewhere', async () => {
    const { code, err } = await docket({ HOST: '0.0.0.0', PUBLIC_URL: 'https://docket.example.org' }, 'demo').ended
    expect(code).toBe(1)
    expect(err).toContain('it listens on 127.0.0.1 only')
  })
})
