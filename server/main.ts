import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Logger, pino } from 'pino'
import { createApp } from './app.ts'
import { buildClientIfOld, clientDir } from './client-build.ts'
import { type Config, httpUrl } from './config.ts'
import { connect, type Db } from './db/connect.ts'
import { alreadyRunning, prepareDataFolder, readRunning } from './db/data-folder.ts'
import { migrate } from './db/migrate.ts'
import { type OpenDatabase, openServerDatabase } from './db/open-database.ts'
import { createAuth } from './http/auth.ts'
import { type Deps, defaultSettings } from './http/deps.ts'
import { type Listener, listen } from './http/listen.ts'
import { folderStore } from './media/store.ts'

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
type Opened = { listener?: Listener; database?: OpenDatabase; db?: Db }

const graceMs = 10_000

/** From the configuration to a server that takes requests. What fails cheaply is tried first. */
export async function runServer(config: Config, options: RunOptions): Promise<RunningServer> {
  const { command, withClient = true, durable = true, prepare } = options
  const log = createLog(config)
  const opened: Opened = {}
  try {
    if (!config.databaseUrl) await refuseSecondStart(config.dataDir)
    await prepareDataFolder(config.dataDir)
    opened.listener = await listen(config.host, config.port)
    const url = config.publicUrl ?? httpUrl(config.host, opened.listener.port)
    opened.database = await openServerDatabase(config, command, durable)
    await opened.database.announce(url)
    await migrate(opened.database.ownerUrl, { appRole: opened.database.appRole })
    if (withClient) await buildClientIfOld(() => process.stdout.write('Building the client, some seconds…\n'))
    opened.db = connect(opened.database.appUrl)
    const deps = await createDeps(config, { db: opened.db, log, publicUrl: url })
    await prepare?.(deps)
    opened.listener.serve(createApp(deps, withClient ? { clientDir } : {}))
    return { url, deps, databaseEnded: opened.database.ended, close: () => close(opened) }
  } catch (error) {
    await close(opened)
    throw error
  }
}

/** What routes, jobs and commands work with. */
export async function createDeps(
  config: Config,
  { db, log, publicUrl }: { db: Db; log: Logger; publicUrl: string },
): Promise<Deps> {
  const settings = { ...defaultSettings, publicUrl, leaseMs: config.leaseMs, undoMs: config.undoMs }
  return {
    db,
    auth: await createAuth({ db, settings, secret: config.authSecret }),
    mediaStore: folderStore(join(config.dataDir, 'media')),
    log,
    now: () => new Date(),
    settings,
  }
}

/** The log goes to standard error: standard output is for what the person at the console asked for. */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino({ level: logLevel, base: null }, pino.destination({ dest: 2, sync: true }))
}

/** Said before anything is built or opened; the claim on the data folder decides. */
async function refuseSecondStart(dataDir: string): Promise<void> {
  const running = await readRunning(dataDir)
  if (running) throw alreadyRunning(dataDir, running)
}

/** Requests end first, then what they use. */
async function close({ listener, db, database }: Opened): Promise<void> {
  await listener?.close(graceMs)
  // A connection that is stuck must not keep the process: ending PostgreSQL, or the process, ends it.
  await Promise.race([db?.destroy(), sleep(2000, undefined, { ref: false })])
  await database?.close()
}
