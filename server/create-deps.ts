import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'
import type { Db } from './db/connect.ts'
import { createAuth } from './http/auth.ts'
import { type Deps, defaultSettings } from './http/deps.ts'
import { folderStore } from './media/store.ts'

/** What routes, jobs and commands work with. */
export async function createDeps(config: Config, db: Db, log: Logger, publicUrl: string): Promise<Deps> {
  const { leaseMs, leaseCap, undoMs, correctMs, trustedProxies, fetchMediaFrom, privateHosts, translator } = config
  const settings = {
    ...defaultSettings,
    publicUrl,
    leaseMs,
    leaseCap,
    undoMs,
    correctMs,
    trustedProxies,
    fetchMediaFrom,
    privateHosts,
    translator,
    exportsDir: join(config.dataDir, 'exports'),
    exportKeepMs: config.exportKeepMs,
    exportFolder: config.exportFolder,
  }
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
