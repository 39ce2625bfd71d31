import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Config } from '#server/config.ts'
import { StartFault } from '#server/start-fault.ts'
import { checkServer } from './check-server.ts'
import { readDatabaseRecord } from './cluster.ts'
import { DataFolderHeld, readRunning } from './data-folder.ts'
import { APP_ROLE, databaseUrl, type Embedded, OWNER_ROLE, startEmbedded } from './embedded.ts'

export interface OpenDatabase {
  appUrl: string
  ownerUrl: string
  /** The role of `appUrl`. */
  appRole: string
  /** A running Docket of the same data folder keeps it: its schema is not ours to change. */
  isShared: boolean
  /** Settles when an embedded PostgreSQL of this process has ended, asked to or not. */
  ended: Promise<void>
  announce(url: string): Promise<void>
  close(): Promise<void>
}

type Settings = Pick<Config, 'databaseUrl' | 'databaseOwnerUrl' | 'dataDir'>

const never = new Promise<void>(() => {})
const visitorPrefix = 'docket: '
const startingWithinMs = 60_000

/** The database of a server: the one that DATABASE_URL names, or the data folder's own, which no other may hold. */
export async function openServerDatabase(settings: Settings, command: string, durable = true): Promise<OpenDatabase> {
  const external = await openExternal(settings)
  if (external) return external
  const embedded = await startEmbedded({ dataDir: settings.dataDir, command, durable })
  return ownDatabase(embedded, embedded.stop)
}

/**
 * The database of a command: beside a running server, that server's; otherwise the command starts the data folder's own
 * and ends it when it is done, and when other commands that joined it meanwhile are.
 */
export async function openCommandDatabase(settings: Settings, command: string): Promise<OpenDatabase> {
  const external = await openExternal(settings)
  if (external) return external
  for (;;) {
    const joined = await joinRunning(settings.dataDir, command)
    if (joined) return joined
    try {
      const embedded = await startEmbedded({ dataDir: settings.dataDir, command })
      return ownDatabase(embedded, async () => {
        await waitForVisitors(embedded.ownerUrl)
        await embedded.stop()
      })
    } catch (error) {
      // Somebody took the data folder in between: join them.
      if (!(error instanceof DataFolderHeld)) throw error
    }
  }
}

async function openExternal({ databaseUrl: appUrl, databaseOwnerUrl }: Settings): Promise<OpenDatabase | null> {
  if (!appUrl) return null
  const ownerUrl = databaseOwnerUrl ?? appUrl
  const { role } = await checkServer(appUrl)
  if (ownerUrl !== appUrl) await checkServer(ownerUrl)
  return {
    appUrl,
    ownerUrl,
    appRole: role,
    isShared: false,
    ended: never,
    announce: async () => {},
    close: async () => {},
  }
}

function ownDatabase({ appUrl, ownerUrl, ended, announce }: Embedded, close: () => Promise<void>): OpenDatabase {
  return { appUrl, ownerUrl, appRole: APP_ROLE, isShared: false, ended, announce, close }
}

/** Null when nobody runs on the data folder. One connection is held to the end, so that a command waits for its visitors. */
async function joinRunning(dataDir: string, command: string): Promise<OpenDatabase | null> {
  const address = await waitForAddress(dataDir)
  const record = address && (await readDatabaseRecord(dataDir))
  if (!address || !record) return null
  const appUrl = databaseUrl(APP_ROLE, record.passwords.docket_app, address)
  const visit = new pg.Client({ connectionString: appUrl, application_name: visitorPrefix + command })
  visit.on('error', () => {})
  try {
    await visit.connect()
  } catch (error) {
    const running = await readRunning(dataDir)
    if (!running) return null
    const sentence = `The database of the Docket that is running (process ${running.pid}) does not answer.`
    throw new StartFault(`${sentence} Stop that process, or try again.`, { cause: error })
  }
  return {
    appUrl,
    ownerUrl: databaseUrl(OWNER_ROLE, record.passwords.docket_owner, address),
    appRole: APP_ROLE,
    isShared: true,
    ended: never,
    announce: async () => {},
    close: () => visit.end(),
  }
}

async function waitForAddress(dataDir: string): Promise<{ host: string; port: number } | null> {
  const deadline = Date.now() + startingWithinMs
  for (;;) {
    const running = await readRunning(dataDir)
    if (!running) return null
    if (running.postgres) return running.postgres
    if (Date.now() > deadline) throw new DataFolderHeld(`Process ${running.pid} has been starting for a minute.`)
    await sleep(100)
  }
}

async function waitForVisitors(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    for (;;) {
      const { rowCount } = await client.query('select from pg_stat_activity where starts_with(application_name, $1)', [
        visitorPrefix,
      ])
      if (rowCount === 0) return
      await sleep(200)
    }
  } finally {
    await client.end()
  }
}
