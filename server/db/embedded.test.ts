import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openCluster, readDatabaseRecord, removeDataFolder } from './cluster.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { findBinaries } from './postgres-binaries.ts'
import { launchPostgres, stopOrphan } from './postgres-process.ts'
import { isAlive } from './process-identity.ts'

const isRoot = process.getuid?.() === 0
const folders: string[] = []

async function newFolder(name = 'data') {
  const parent = await mkdtemp(join(tmpdir(), 'docket-embedded-'))
  await chmod(parent, 0o755)
  const dataDir = join(parent, name)
  folders.push(dataDir)
  return dataDir
}

async function ask<Row extends pg.QueryResultRow>(url: string, query: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(query)).rows
  } finally {
    await client.end()
  }
}

async function postmasterPid(dataDir: string) {
  return Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

async function untilEnded(pid: number) {
  for (let tries = 0; tries < 200 && isAlive(pid); tries++) await sleep(50)
  return !isAlive(pid)
}

afterAll(async () => {
  for (const dataDir of folders) {
    await removeDataFolder(dataDir)
    await rm(join(dataDir, '..'), { recursive: true, force: true })
  }
})

describe('startEmbedded', { timeout: 120_000 }, () => {
  let dataDir: string
  let running: Embedded | undefined

  const startAgain = async () => {
    running = await startEmbedded({ dataDir, durable: false })
    return running
  }
  const stop = async () => {
    await running?.stop()
    running = undefined
  }

  beforeAll(async () => {
    dataDir = await newFolder()
  })
  afterEach(stop)

  it('makes a database in which Cyrillic folds', async () => {
    const { appUrl } = await startAgain()
    const [row] = await ask<{ folded: string }>(appUrl, "select lower('ТАГУТ') as folded")
    expect(row?.folded).toBe('тагут')
  })

  it('signs the server in as a role with no powers', async () => {
    const { appUrl } = await startAgain()
    const [role] = await ask(
      appUrl,
      'select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user',
    )
    expect(role).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false })
    await expect(ask(appUrl, 'create table public.x (id int)')).rejects.toThrow('permission denied')
  })

  it('lets the owner make and drop databases', async () => {
    const { ownerUrl } = await startAgain()
    await ask(ownerUrl, 'create database one_more')
    await ask(ownerUrl, 'drop database one_more with (force)')
  })

  it('keeps passwords where only their owner reads them', async () => {
    await startAgain()
    const { mode } = await stat(join(dataDir, 'database.json'))
    expect(mode & 0o777).toBe(0o600)
  })

  it('lets nobody in without the password', async () => {
    const { appUrl } = await startAgain()
    const url = new URL(appUrl)
    url.password = 'guess'
    await expect(ask(url.href, 'select 1')).rejects.toThrow('password authentication failed')
  })

  it('keeps the data from start to start', async () => {
    const first = await startAgain()
    await ask(first.ownerUrl, 'create table kept as select 42 as answer')
    await stop()
    const second = await startAgain()
    expect(await ask(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  it('tells a second start who runs', async () => {
    const first = await startAgain()
    await first.announce('http://127.0.0.1:3000')
    await expect(startEmbedded({ dataDir })).rejects.toThrow(
      `Docket is already running on the data folder ${dataDir}: process ${process.pid}, on http://127.0.0.1:3000.`,
    )
  })

  it('ends when its Docket is killed, and starts again with what was committed', async () => {
    const script = `
      import { startEmbedded } from '#server/db/embedded.ts'
      import pg from 'pg'
      const { ownerUrl } = await startEmbedded({ dataDir: process.argv[1], durable: false })
      const client = new pg.Client({ connectionString: ownerUrl })
      await client.connect()
      await client.query('create table survived as select 7 as answer')
      process.stdout.write('ready')
      await new Promise(() => setInterval(() => {}, 1000))`
    const killed = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(killed.stdout, 'data')
    const postgres = await postmasterPid(dataDir)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    expect(await untilEnded(postgres)).toBe(true)
    const { ownerUrl } = await startAgain()
    expect(await ask(ownerUrl, 'select answer from survived')).toEqual([{ answer: 7 }])
  })

  it('ends a PostgreSQL that an earlier Docket left behind', async () => {
    const cluster = await openCluster(dataDir, { durable: false })
    const { postgres } = await findBinaries(cluster.user)
    const orphan = await launchPostgres({
      program: postgres,
      cluster: cluster.folder,
      user: cluster.user,
      host: cluster.folder,
      port: 5432,
      durable: false,
      logFile: join(dataDir, 'postgres.log'),
    })
    const { appUrl } = await startAgain()
    await orphan.ended
    expect(isAlive(orphan.pid)).toBe(false)
    expect(await ask(appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('leaves a process alone that got the number of an ended PostgreSQL', async () => {
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const cluster = join(dataDir, 'postgres')
    await writeFile(join(cluster, 'postmaster.pid'), `${stranger.pid}\n${cluster}\n`)
    await stopOrphan(cluster)
    const { appUrl } = await startAgain()
    expect(await ask(appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(isAlive(stranger.pid ?? 0)).toBe(true)
    stranger.kill()
  })

  it('forgets a Docket that ended without saying so', async () => {
    const record = { pid: process.pid, processStart: 'long ago', command: 'start', url: null, postgres: null }
    await writeFile(join(dataDir, 'running.json'), JSON.stringify(record))
    const { appUrl } = await startAgain()
    expect(await ask(appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('does not begin with an empty database when the passwords are lost', async () => {
    await rename(join(dataDir, 'database.json'), join(dataDir, 'aside.json'))
    await expect(startAgain()).rejects.toThrow('with its passwords is missing')
    await rename(join(dataDir, 'aside.json'), join(dataDir, 'database.json'))
  })

  it('refuses a database of another PostgreSQL', async () => {
    const versionFile = join(dataDir, 'postgres', 'PG_VERSION')
    await writeFile(versionFile, '17\n')
    await expect(startAgain()).rejects.toThrow('was made by PostgreSQL 17; this Docket brings PostgreSQL 18')
    await writeFile(versionFile, '18\n')
  })
})

describe('startEmbedded in an awkward folder', { timeout: 120_000 }, () => {
  it('begins again after a first start that was cut short', async () => {
    const dataDir = await newFolder()
    await mkdir(join(dataDir, 'postgres', 'base'), { recursive: true })
    await chmod(dataDir, 0o755)
    const passwords = { postgres: 'a', docket_owner: 'b', docket_app: 'c' }
    await writeFile(join(dataDir, 'database.json'), JSON.stringify({ cluster: 'postgres', isMade: false, passwords }))
    const { appUrl, stop } = await startEmbedded({ dataDir, durable: false })
    expect(await ask(appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    await stop()
  })

  it('finds a short place for the socket when the path is long', async () => {
    const dataDir = await newFolder('deep'.repeat(30))
    const { appUrl, stop } = await startEmbedded({ dataDir, durable: false })
    const host = new URL(appUrl).searchParams.get('host')
    expect(await ask(appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    await stop()
    await expect(stat(host ?? '')).rejects.toThrow('ENOENT')
  })

  it('works where only its own user may go', async () => {
    const dataDir = await newFolder()
    await chmod(join(dataDir, '..'), 0o700)
    const first = await startEmbedded({ dataDir, durable: false })
    expect(await ask(first.appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    await first.stop()
    const record = await readDatabaseRecord(dataDir)
    // PostgreSQL runs as somebody else for root: its data then lies where that user can go.
    expect(record?.cluster).toMatch(isRoot ? /^\/var\/lib\/docket-/ : /^postgres$/)
    const second = await startEmbedded({ dataDir, durable: false })
    await second.stop()
    await removeDataFolder(dataDir)
    if (isRoot) await expect(stat(record?.cluster ?? '')).rejects.toThrow('ENOENT')
  })

  it('starts, or says what to do, when the folders above are closed later', async () => {
    const dataDir = await newFolder()
    const first = await startEmbedded({ dataDir, durable: false })
    await first.stop()
    await chmod(join(dataDir, '..'), 0o700)
    const again = startEmbedded({ dataDir, durable: false })
    if (isRoot) await expect(again).rejects.toThrow(`may not enter ${join(dataDir, 'postgres')}. Let every user enter`)
    else await (await again).stop()
  })

  it('says so when the folder is a file', async () => {
    const dataDir = await newFolder()
    await writeFile(dataDir, '')
    await expect(startEmbedded({ dataDir })).rejects.toThrow(`${dataDir} cannot be used: it is a file`)
    await rm(dataDir)
  })
})
