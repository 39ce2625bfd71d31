import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { environmentWith, httpUrl, readConfig } from './config.ts'
import { openServerDatabase } from './db/open-database.ts'
import { StartFault } from './start-fault.ts'
import { takeStopSignals } from './stop-signal.ts'

// The dashboard with hot reload: `npm run dev`. The database stays up while the server restarts with every change.

const projectDir = dirname(import.meta.dirname)
const screensPort = 5173

/** Runs the server under `node --watch` and the client under vite until Ctrl-C, or until one of them gives up. */
async function dev(): Promise<void> {
  const config = readConfig(environmentWith({}, { DOCKET_DATA: '.docket-dev' }))
  const stop = takeStopSignals()
  const database = await openServerDatabase(config, 'dev')
  const children: ChildProcess[] = []
  try {
    await database.announce(httpUrl('127.0.0.1', screensPort))
    const env = environmentWith({
      DOCKET_DATA: config.dataDir,
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      PUBLIC_URL: httpUrl('127.0.0.1', screensPort),
      DOCKET_API: httpUrl(config.host, config.port),
    })
    const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js')
    const run = (...args: string[]) =>
      children.push(spawn(process.execPath, args, { cwd: projectDir, env, stdio: ['ignore', 'inherit', 'inherit'] }))
    run('--watch', '--watch-preserve-output', join(projectDir, 'server', 'cli.ts'), 'start', '--api-only')
    run(vite, '--host', '127.0.0.1', '--port', String(screensPort), '--strictPort', '--clearScreen', 'false')
    await Promise.race([stop.asked, ...children.map((child) => once(child, 'exit'))])
  } finally {
    await Promise.all(children.map(endChild))
    await database.close()
    stop.release()
  }
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

try {
  await dev()
} catch (error) {
  process.stderr.write(`${error instanceof StartFault ? error.message : String(error)}\n`)
  process.exitCode = 1
}
