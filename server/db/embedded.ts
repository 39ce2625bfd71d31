import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { StartFault } from '#server/start-fault.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { claimDataFolder, folderFault, prepareDataFolder } from './data-folder.ts'
import { findBinaries } from './postgres-binaries.ts'
import { launchPostgres, stopOrphan } from './postgres-process.ts'

/** Owns the tables and runs the migrations; may create databases. */
export const OWNER_ROLE = 'docket_owner'
/** The role the running server signs in as: it has what the migrations grant it, nothing more. */
export const APP_ROLE = 'docket_app'
const DATABASE = 'docket'

export interface Embedded {
  ownerUrl: string
  appUrl: string
  /** Settles when PostgreSQL has ended, asked to or not. */
  ended: Promise<void>
  /** Lets a second start say where the dashboard answers. */
  announce(url: string): Promise<void>
  /** Ends PostgreSQL, other processes' connections included, and gives the data folder free. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  dataDir: string
  /** False trades safety in a power failure for speed: for tests and samples. */
  durable?: boolean
  /** What a second start on the same data folder is told. */
  command?: string
}

/**
 * Starts the data folder's own PostgreSQL, made first when there is none, and holds the folder until `stop`.
 *
 * @throws StartFault when another process holds the folder, or PostgreSQL cannot run here.
 */
export async function startEmbedded({
  dataDir: folder,
  durable = true,
  command = 'start',
}: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(folder)
  await prepareDataFolder(dataDir)
  const claim = await claimDataFolder(dataDir, command)
  try {
    const cluster = await openCluster(dataDir, { durable })
    const formerPid = await stopOrphan(cluster.folder)
    const { postgres: program } = await findBinaries(cluster.user)
    const address = await chooseAddress(cluster)
    const server = await launchPostgres({
      program,
      cluster: cluster.folder,
      user: cluster.user,
      ...address,
      durable,
      logFile: join(dataDir, 'postgres.log'),
      formerPid,
    })
    const removeAddress = async () => {
      if (address.isTemporary) await rm(address.host, { recursive: true, force: true })
    }
    try {
      await createDatabase(cluster, address)
      await claim.update({ postgres: { host: address.host, port: address.port } })
    } catch (error) {
      await server.stop()
      await removeAddress()
      throw error
    }
    return {
      ownerUrl: databaseUrl(OWNER_ROLE, cluster.passwords.docket_owner, address),
      appUrl: databaseUrl(APP_ROLE, cluster.passwords.docket_app, address),
      ended: server.ended,
      announce: (url) => claim.update({ url }),
      async stop() {
        await server.stop()
        await removeAddress()
        await claim.release()
      },
    }
  } catch (error) {
    await claim.release()
    throw error instanceof StartFault ? error : folderFault(dataDir, error)
  }
}

interface Address {
  host: string
  port: number
}

/** A socket's folder goes into the query, where both libpq and pg look for it. */
export function databaseUrl(role: string, password: string, { host, port }: Address, database = DATABASE): string {
  const socket = host.startsWith('/') ? `?host=${encodeURIComponent(host)}` : ''
  return `postgres://${role}:${password}@localhost:${port}/${database}${socket}`
}

/** PostgreSQL makes the database last of all: where it exists, the roles do. */
async function createDatabase({ passwords }: Cluster, address: Address): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl('postgres', passwords.postgres, address, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount) return
    await client.query('drop role if exists docket_owner')
    await client.query('drop role if exists docket_app')
    await client.query(`create role ${OWNER_ROLE} login createdb password '${passwords.docket_owner}'`)
    await client.query(`create role ${APP_ROLE} login password '${passwords.docket_app}'`)
    // So that the owner may end connections to a database it drops.
    await client.query(`grant pg_signal_backend to ${OWNER_ROLE}`)
    await client.query(`create database ${DATABASE} owner ${OWNER_ROLE}`)
  } finally {
    await client.end()
  }
}

// The system's limit on a socket's path is 104 bytes on macOS and 108 on Linux, the file name and a final zero included.
const socketFolderLimit = 103 - '/.s.PGSQL.5432'.length

/** A socket in the cluster's own folder, which only its owner may enter; in a short one when that path is too long. */
async function chooseAddress({ folder, user }: Cluster): Promise<Address & { isTemporary: boolean }> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort(), isTemporary: false }
  if (Buffer.byteLength(folder) <= socketFolderLimit) return { host: folder, port: 5432, isTemporary: false }
  const root = Buffer.byteLength(tmpdir()) < socketFolderLimit - 20 && !('uid' in user) ? tmpdir() : '/tmp'
  const host = await mkdtemp(join(root, 'docket-socket-'))
  if ('uid' in user) await chown(host, user.uid as number, user.gid as number)
  return { host, port: 5432, isTemporary: true }
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
