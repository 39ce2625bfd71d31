import { type Config, httpUrl, readConfig } from './config.ts'
import { createDeps, createLog } from './create-deps.ts'
import { connect } from './db/connect.ts'
import { prepareDataFolder, readRunning } from './db/data-folder.ts'
import { migrate, requireCurrentSchema } from './db/migrate.ts'
import { openCommandDatabase } from './db/open-database.ts'
import type { Deps } from './http/deps.ts'
import { takeStopSignals } from './stop-signal.ts'

export type CommandContext = Deps & {
  config: Config
  /** Aborted by Ctrl-C: the command ends what it is at, and returns. */
  signal: AbortSignal
}

/**
 * Runs the body of a command line command on the migrated database: that of a running server on the same data folder, or
 * one that is started for the command and ended after it. `name` is what others are told who find the data folder taken.
 */
export async function runCommand(name: string, body: (context: CommandContext) => Promise<void>): Promise<void> {
  const config = readConfig()
  const stop = takeStopSignals()
  await prepareDataFolder(config.dataDir)
  const database = await openCommandDatabase(config, name)
  try {
    if (database.isShared) await requireCurrentSchema(database.ownerUrl)
    else await migrate(database.ownerUrl, { appRole: database.appRole })
    const db = connect(database.appUrl)
    try {
      const running = await readRunning(config.dataDir)
      const publicUrl = config.publicUrl ?? running?.url ?? httpUrl(config.host, config.port)
      const deps = await createDeps(config, db, createLog(config), publicUrl)
      await body({ ...deps, config, signal: stop.signal })
    } finally {
      await db.destroy()
    }
  } finally {
    await database.close()
    stop.release()
  }
}
