import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, StartFault } from '#server/start-fault.ts'
import { processStart } from './process-identity.ts'

/** Another process holds the data folder. */
export class DataFolderHeld extends StartFault {}

/** Who uses a data folder right now, as kept in its `running.json`. */
export interface Running {
  pid: number
  /** Tells the process from a later one with the same number. */
  processStart: string
  /** `start`, `demo`, `import`, … */
  command: string
  /** Where the dashboard answers; null for a command, and until it listens. */
  url: string | null
  /** Where the embedded PostgreSQL answers: a socket's folder or an address; null until it does. */
  postgres: { host: string; port: number } | null
}

export interface Claim {
  update(change: Pick<Partial<Running>, 'url' | 'postgres'>): Promise<void>
  release(): Promise<void>
}

const runningFile = (dataDir: string) => join(dataDir, 'running.json')

/** Makes the folder when it is missing. A new one of root's can be entered by PostgreSQL, which runs as somebody else. */
export async function prepareDataFolder(dataDir: string): Promise<void> {
  try {
    const isRoot = process.getuid?.() === 0
    const made = await mkdir(dataDir, { recursive: true, mode: isRoot ? 0o711 : 0o700 })
    const isNew = made !== undefined || (await readdir(dataDir)).length === 0
    if (isRoot && isNew && (await stat(dataDir)).uid === 0) await chmod(dataDir, 0o711)
  } catch (error) {
    throw folderFault(dataDir, error)
  }
}

/** The process that uses the data folder, or null when none does. */
export async function readRunning(dataDir: string): Promise<Running | null> {
  const running = await readRecord(dataDir)
  return running && processStart(running.pid) === running.processStart ? running : null
}

/**
 * Takes the data folder for this process until `release`.
 *
 * @throws DataFolderHeld when another live process holds it; StartFault when nothing can be written there.
 */
export async function claimDataFolder(dataDir: string, command: string): Promise<Claim> {
  const mine: Running = {
    pid: process.pid,
    processStart: processStart(process.pid) ?? '',
    command,
    url: null,
    postgres: null,
  }
  while (!(await createRecord(dataDir, mine))) {
    const holder = await readRunning(dataDir)
    if (holder) throw alreadyRunning(dataDir, holder)
    await removeStaleRecord(dataDir)
  }
  return {
    async update(change) {
      Object.assign(mine, change)
      const fresh = `${runningFile(dataDir)}.${process.pid}`
      await writeFile(fresh, JSON.stringify(mine), { mode: 0o600 })
      await rename(fresh, runningFile(dataDir))
    },
    release: () => rm(runningFile(dataDir), { force: true }),
  }
}

export function alreadyRunning(dataDir: string, { pid, command, url }: Running): DataFolderHeld {
  if (['start', 'demo', 'dev'].includes(command)) {
    const where = url ? `, on ${url}` : ''
    return new DataFolderHeld(`Docket is already running on the data folder ${dataDir}: process ${pid}${where}.`)
  }
  return new DataFolderHeld(
    `The command "docket ${command}" (process ${pid}) is using the data folder ${dataDir}. Try again when it has ended.`,
  )
}

/** A system error on the data folder as one sentence that says what to do. */
export function folderFault(dataDir: string, error: unknown): unknown {
  const sentence = {
    EACCES: 'this user may not read and write it. Change its owner, or set DOCKET_DATA to another folder.',
    EPERM: 'this user may not change it. Change its owner, or set DOCKET_DATA to another folder.',
    ENOENT: 'it cannot be made. Make it, or set DOCKET_DATA to a folder that can be written.',
    EROFS: 'it is read-only. Set DOCKET_DATA to a folder that can be written.',
    ENOSPC: 'the disk is full.',
    ENOTDIR: 'a part of its path is a file. Set DOCKET_DATA to a folder.',
    EEXIST: 'it is a file. Set DOCKET_DATA to a folder.',
  }[errorCode(error) ?? '']
  return sentence ? new StartFault(`The data folder ${dataDir} cannot be used: ${sentence}`, { cause: error }) : error
}

async function createRecord(dataDir: string, mine: Running): Promise<boolean> {
  try {
    await writeFile(runningFile(dataDir), JSON.stringify(mine), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw folderFault(dataDir, error)
  }
}

/** Null when there is none. One that is being written is read again for a second, then counts as left half-written. */
async function readRecord(dataDir: string): Promise<Running | null> {
  for (let tries = 0; tries < 20; tries++) {
    try {
      return JSON.parse(await readFile(runningFile(dataDir), 'utf8')) as Running
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null
      if (!(error instanceof SyntaxError)) throw folderFault(dataDir, error)
    }
    await sleep(50)
  }
  return null
}

/** Moved aside first: of two processes that find it stale only one moves it, and one that caught a fresh one puts it back. */
async function removeStaleRecord(dataDir: string): Promise<void> {
  const aside = `${runningFile(dataDir)}.stale-${process.pid}`
  try {
    await rename(runningFile(dataDir), aside)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return
    throw folderFault(dataDir, error)
  }
  const text = await readFile(aside, 'utf8')
  const moved = parseRecord(text)
  if (moved && processStart(moved.pid) === moved.processStart) await rename(aside, runningFile(dataDir))
  else await rm(aside, { force: true })
}

function parseRecord(text: string): Running | null {
  try {
    return JSON.parse(text) as Running
  } catch {
    return null
  }
}
