import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartFault } from './start-fault.ts'

const ownProject = dirname(import.meta.dirname)
const sources = ['client', 'shared', 'vite.config.ts', 'package-lock.json']

/** Where the built client lies. */
export const clientDir = builtClient(ownProject)

/** Builds the client when its build is missing or older than what it is made of. `onBuild` is called before it begins. */
export async function buildClientIfOld(onBuild: () => void): Promise<void> {
  if (!(await isClientOld(ownProject))) return
  onBuild()
  await buildClient()
}

/** Whether a project's client must be built: by the times at which files and folders were changed. */
export async function isClientOld(projectDir: string): Promise<boolean> {
  const builtAt = await changedAt(join(builtClient(projectDir), 'index.html'))
  const changes = await Promise.all(sources.map((source) => newestChange(join(projectDir, source))))
  return Math.max(...changes) > builtAt
}

function builtClient(projectDir: string): string {
  return join(projectDir, 'dist', 'client')
}

/** In a process of its own, so that the bundler's memory is not the server's; moved into place when it is whole. */
async function buildClient(): Promise<void> {
  const fresh = `${clientDir}.${process.pid}`
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js')
  const args = [vite, 'build', '--configLoader', 'native', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn']
  const build = spawn(process.execPath, args, { cwd: ownProject, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  build.stdout.on('data', (chunk) => (said += chunk))
  build.stderr.on('data', (chunk) => (said += chunk))
  const [code] = await once(build, 'close')
  try {
    if (code !== 0) throw new StartFault(`The client could not be built in ${ownProject}:\n${said.trim()}`)
    await rm(clientDir, { recursive: true, force: true })
    await rename(fresh, clientDir)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

/** Milliseconds since 1970 of the youngest file or folder; 0 when there is nothing. */
async function newestChange(path: string): Promise<number> {
  const own = await changedAt(path)
  const names = await readdir(path).catch(() => [])
  const inside = names.filter((name) => name !== 'node_modules' && !/\.test\.tsx?$/.test(name))
  return Math.max(own, ...(await Promise.all(inside.map((name) => newestChange(join(path, name))))))
}

function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}
