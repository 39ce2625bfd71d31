import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'
import { errorCode, StartFault } from '#server/start-fault.ts'
import { folderFault } from './data-folder.ts'
import { findBinaries } from './postgres-binaries.ts'
import { canWriteAs, choosePostgresUser, ids, type RunAs } from './postgres-user.ts'

const run = promisify(execFile)
const majorVersion = '18'

/** What a data folder keeps about its embedded database, in `database.json`, readable by its owner alone. */
export interface DatabaseRecord {
  /** The cluster's folder: a name inside the data folder, or an absolute path when PostgreSQL's user cannot go there. */
  cluster: string
  /** False until the cluster is complete under that name: a start that was cut short begins again. */
  isMade: boolean
  passwords: { postgres: string; docket_owner: string; docket_app: string }
}

export interface Cluster {
  folder: string
  user: RunAs
  passwords: DatabaseRecord['passwords']
}

const recordFile = (dataDir: string) => join(dataDir, 'database.json')

export async function readDatabaseRecord(dataDir: string): Promise<DatabaseRecord | null> {
  try {
    return JSON.parse(await readFile(recordFile(dataDir), 'utf8')) as DatabaseRecord
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw folderFault(dataDir, error)
  }
}

/** The cluster of the data folder, made when there is none. The caller holds the claim on the data folder. */
export async function openCluster(dataDir: string, { durable }: { durable: boolean }): Promise<Cluster> {
  const record = await readDatabaseRecord(dataDir)
  if (!record?.isMade) return createCluster(dataDir, durable)
  const folder = await locateCluster(dataDir, record)
  const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (version !== majorVersion) {
    throw new StartFault(
      version
        ? `The database in ${folder} was made by PostgreSQL ${version}; this Docket brings PostgreSQL ${majorVersion}. Back it up with the Docket that made it and restore it with this one.`
        : `The database in ${folder} is missing or damaged, though ${recordFile(dataDir)} names it. Restore it from a backup.`,
    )
  }
  const user = await choosePostgresUser(folder)
  if ('uid' in user && !canWriteAs(user, folder)) {
    throw new StartFault(
      `PostgreSQL refuses to run as root, and ${user.name}, whom the database belongs to, may not enter ${folder}. Let every user enter the folders above it, or start Docket as an ordinary user.`,
    )
  }
  return { folder, user, passwords: record.passwords }
}

/**
 * Removes the data folder with all it holds, the cluster included wherever it lies. A PostgreSQL whose Docket was killed may
 * still write while it ends: what it adds meanwhile is removed by the next try.
 */
export async function removeDataFolder(dataDir: string): Promise<void> {
  const all = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }
  const record = await readDatabaseRecord(dataDir)
  if (record && isAbsolute(record.cluster)) await rm(record.cluster, all)
  await rm(dataDir, all)
}

async function createCluster(dataDir: string, durable: boolean): Promise<Cluster> {
  const user = await choosePostgresUser(null)
  const place = await choosePlace(dataDir, user)
  const { initdb } = await findBinaries(user)
  const passwords = { postgres: password(), docket_owner: password(), docket_app: password() }
  const passwordFile = join(place.fresh, 'password')
  await writeFile(passwordFile, passwords.postgres, { mode: 0o600 })
  await give(passwordFile, user)
  const data = join(place.fresh, 'data')
  await runInitdb(initdb, data, passwordFile, durable, user)
  await writeRecord(dataDir, { cluster: place.name, isMade: false, passwords })
  await rename(data, place.folder)
  await writeRecord(dataDir, { cluster: place.name, isMade: true, passwords })
  await rm(place.fresh, { recursive: true, force: true })
  return { folder: place.folder, user, passwords }
}

async function runInitdb(initdb: string, data: string, passwordFile: string, durable: boolean, user: RunAs) {
  const options = [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--lc-collate=C',
    '--lc-ctype=C.UTF-8',
    '--lc-messages=C',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
  try {
    await run(initdb, options, { ...ids(user), ...(process.platform === 'win32' ? {} : { cwd: '/', env: {} }) })
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    throw new StartFault(`The database could not be made in ${data}: ${said}`, { cause: error })
  }
}

/**
 * Inside the data folder; for root, where the lent user cannot go there, under /var/lib, named after the data folder.
 * `fresh` is an empty folder of that user next to the final one.
 */
async function choosePlace(dataDir: string, user: RunAs) {
  const places = [{ name: 'postgres', folder: join(dataDir, 'postgres') }]
  if ('uid' in user) {
    const outside = await outsideFolder(dataDir)
    places.push({ name: outside, folder: outside })
  }
  for (const place of places) {
    const fresh = `${place.folder}.new`
    try {
      await clearPlace(dataDir, place)
      await mkdir(fresh, { mode: 0o700 })
      await give(fresh, user)
    } catch (error) {
      throw folderFault(dataDir, error)
    }
    if (!('uid' in user) || canWriteAs(user, fresh)) return { ...place, fresh }
    await rm(fresh, { recursive: true, force: true })
  }
  throw new StartFault(
    `PostgreSQL refuses to run as root, and ${user.name} can enter neither ${dataDir} nor /var/lib. Set DOCKET_DATA to a folder that every user may enter, or start Docket as an ordinary user.`,
  )
}

/** Removes what a start that was cut short left behind, and only that. */
async function clearPlace(dataDir: string, { name, folder }: { name: string; folder: string }): Promise<void> {
  await rm(`${folder}.new`, { recursive: true, force: true })
  if (!(await exists(folder))) return
  const record = await readDatabaseRecord(dataDir)
  if (record && !record.isMade && record.cluster === name) return rm(folder, { recursive: true })
  throw new StartFault(
    `There is a database in ${folder}, but ${recordFile(dataDir)} with its passwords is missing. Bring that file back, or move the database away to begin with an empty one.`,
  )
}

/** A cluster outside the data folder is named after it: a moved or copied data folder must not open another's database. */
async function locateCluster(dataDir: string, record: DatabaseRecord): Promise<string> {
  if (!isAbsolute(record.cluster)) return join(dataDir, record.cluster)
  const expected = await outsideFolder(dataDir)
  if (record.cluster === expected) return expected
  if (await exists(expected)) {
    await writeRecord(dataDir, { ...record, cluster: expected })
    return expected
  }
  throw new StartFault(
    `The data folder ${dataDir} was moved or copied here; its database is in ${record.cluster}. If it was moved, run: mv ${record.cluster} ${expected}`,
  )
}

async function outsideFolder(dataDir: string): Promise<string> {
  const hash = createHash('sha256')
    .update(await realpath(dataDir))
    .digest('hex')
  return `/var/lib/docket-${hash.slice(0, 12)}`
}

async function writeRecord(dataDir: string, record: DatabaseRecord): Promise<void> {
  const fresh = `${recordFile(dataDir)}.new`
  await writeFile(fresh, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
  await rename(fresh, recordFile(dataDir))
}

async function give(path: string, user: RunAs): Promise<void> {
  if ('uid' in user) await chown(path, user.uid as number, user.gid as number)
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

const password = () => randomBytes(24).toString('hex')
