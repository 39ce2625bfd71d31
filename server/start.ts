import { mkdtemp, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, environmentWith, isLoopback, readConfig } from './config.ts'
import { removeDataFolder } from './db/cluster.ts'
import { ensureSetupToken } from './features/team/setup-token.ts'
import { type RunningServer, type RunOptions, runServer } from './main.ts'
import { demoSignIns, prepareDemo } from './prepare-demo.ts'
import { StartFault } from './start-fault.ts'
import { takeStopSignals } from './stop-signal.ts'

/** `docket start`: runs until it is asked to stop. */
export async function start({ withClient }: { withClient: boolean }): Promise<void> {
  await runUntilStopped(readConfig(), { command: 'start', withClient }, async ({ url, deps }) => {
    const token = await ensureSetupToken(deps.db)
    if (!token) return [`Docket is on ${url}`]
    return [`Docket is on ${url}`, `Make the first administrator at ${url}/setup?token=${token}`]
  })
}

/** `docket demo`: the sample on a throw-away data folder, for this computer only. */
export async function demo(): Promise<void> {
  const config = readConfig(environmentWith({}, { LOG_LEVEL: 'warn' }))
  if (!isLoopback(config.host)) {
    throw new StartFault(
      `HOST is ${config.host}, but the demo's sign-ins are known to everybody: it listens on 127.0.0.1 only.`,
    )
  }
  const dataDir = await realpath(await mkdtemp(join(tmpdir(), 'docket-demo-')))
  try {
    const throwAway = { ...config, dataDir, databaseUrl: null, databaseOwnerUrl: null }
    await runUntilStopped(throwAway, { command: 'demo', durable: false, prepare: prepareDemo }, async ({ url }) => [
      `Docket is on ${url}, with a sample that is gone when it stops.`,
      ...demoSignIns(),
    ])
  } finally {
    await removeDataFolder(dataDir)
  }
}

/** `describe` makes the lines for the person at the console once requests are taken. */
async function runUntilStopped(
  config: Config,
  options: RunOptions,
  describe: (server: RunningServer) => Promise<string[]>,
): Promise<void> {
  const stop = takeStopSignals()
  const server = await runServer(config, options)
  try {
    if (!stop.signal.aborted) for (const line of await describe(server)) process.stdout.write(`${line}\n`)
    const lost = server.databaseEnded.then(() => {
      if (!stop.signal.aborted)
        throw new StartFault(`PostgreSQL has ended (see ${join(config.dataDir, 'postgres.log')}).`)
    })
    await Promise.race([stop.asked, lost])
  } finally {
    await server.close()
    stop.release()
  }
}
