import { setTimeout as sleep } from 'node:timers/promises'
import { createApp } from './app.ts'
import { buildClientIfOld, clientDir } from './client-build.ts'
import { type Config, httpUrl } from './config.ts'
import { createDeps, createLog } from './create-deps.ts'
import { connect, type Db } from './db/connect.ts'
import { alreadyRunning, prepareDataFolder, readRunning } from './db/data-folder.ts'
import { migrate } from './db/migrate.ts'
import { type OpenDatabase, openServerDatabase } from './db/open-database.ts'
import type { Deps } from './http/deps.ts'
import { type Listener, listen } from './http/listen.ts'
import type { Running } from './jobs/run-every.ts'
import { startJobs } from './jobs/start-jobs.ts'
import { createLive, type Live } from './live/feed.ts'
import { createWake, type Wake } from './live/wake.ts'

export interface RunOptions {
  /** What a second start on the same data folder is told. */
  command: 'start' | 'demo'
  /** False leaves the screens to another server, as in development. */
  withClient?: boolean
  /** False for a data folder that is thrown away. */
  durable?: boolean
  /** Runs on the migrated database before the first request is taken. */
  prepare?: (deps: Deps) => Promise<void>
}

export interface RunningServer {
  url: string
  deps: Deps
  /** Settles when the embedded PostgreSQL has ended, asked to or not. */
  databaseEnded: Promise<void>
  close(): Promise<void>
}

/** What a start has opened so far. */
type Opened = { listener?: Listener; database?: OpenDatabase; db?: Db; wake?: Wake; live?: Live; jobs?: Running }

const graceMs = 10_000
const patienceMs = 2_000

/** From the configuration to a server that takes requests. What fails cheaply is tried first. */
export async function runServer(config: Config, options: RunOptions): Promise<RunningServer> {
  const { command, withClient = true, durable = true, prepare } = options
  const opened: Opened = {}
  try {
    if (!config.databaseUrl) await refuseSecondStart(config.dataDir)
    await prepareDataFolder(config.dataDir)
    const listener = await listen(config.host, config.port)
    opened.listener = listener
    const url = config.publicUrl ?? httpUrl(config.host, listener.port)
    const database = await openServerDatabase(config, command, durable)
    opened.database = database
    await database.announce(url)
    await migrate(database.ownerUrl, { appRole: database.appRole })
    if (withClient) await buildClientIfOld(() => process.stdout.write('Building the client, some seconds…\n'))
    opened.db = connect(database.appUrl)
    const deps = await createDeps(config, opened.db, createLog(config), url)
    await prepare?.(deps)
    const wake = createWake(database.appUrl)
    opened.wake = wake
    const live = createLive(deps)
    opened.live = live
    opened.jobs = startJobs(deps, wake, live.look)
    listener.serve(createApp(deps, { live, wake: wake.wake, ...(withClient && { clientDir }) }))
    return { url, deps, databaseEnded: database.ended, close: () => close(opened) }
  } catch (error) {
    await close(opened)
    throw error
  }
}

/** Said before anything is built or opened; the claim on the data folder decides. */
async function refuseSecondStart(dataDir: string): Promise<void> {
  const running = await readRunning(dataDir)
  if (running) throw alreadyRunning(dataDir, running)
}

/** Requests end first, then what works for them, then what all of them use. */
async function close({ listener, live, jobs, wake, db, database }: Opened): Promise<void> {
  const streamsEnded = live?.close()
  await listener?.close(graceMs)
  await streamsEnded
  // What is stuck must not keep the process: the end of PostgreSQL, or of the process, ends it.
  await Promise.race([endWork(jobs, wake, db), sleep(patienceMs, undefined, { ref: false })])
  await database?.close()
}

async function endWork(jobs?: Running, wake?: Wake, db?: Db): Promise<void> {
  await jobs?.stop()
  await wake?.close()
  await db?.destroy()
}
