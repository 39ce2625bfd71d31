import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartFault } from '#server/start-fault.ts'
import { ids, type RunAs } from './postgres-user.ts'
import { commandLine, isAlive } from './process-identity.ts'

export interface PostgresProcess {
  pid: number
  /** Settles when PostgreSQL has ended, asked to or not. */
  ended: Promise<void>
  /** Ends it: connections are cut, what was committed is kept. */
  stop(): Promise<void>
}

interface Launch {
  program: string
  cluster: string
  user: RunAs
  /** The socket's folder, or an address. */
  host: string
  port: number
  durable: boolean
  logFile: string
}

const readyWithinMs = 300_000
const stopWithinMs = 60_000
const logLimitBytes = 10_000_000

/**
 * Runs as PostgreSQL's parent would, and ends with it: a watcher waits on a pipe that only Docket holds, so that even a
 * killed Docket leaves no PostgreSQL behind. A line on the pipe tells the watcher to go quietly.
 */
const guarded = '( ( read -r line <&3 || kill -INT $$ ) & ) ; exec "$@" 3<&-'

/** Resolves when the server takes connections. The caller has seen to it that no other runs on the cluster. */
export async function launchPostgres(launch: Launch): Promise<PostgresProcess> {
  await rotateLog(launch.logFile)
  const log = await open(launch.logFile, 'a', 0o600)
  const logStart = (await log.stat()).size
  const args = ['-D', launch.cluster, ...settings(launch).flatMap((setting) => ['-c', setting])]
  // A session of its own: Ctrl-C in the terminal is for Docket, which stops PostgreSQL when its requests have ended.
  const child =
    process.platform === 'win32'
      ? spawn(launch.program, args, { stdio: ['ignore', log.fd, log.fd, 'pipe'], windowsHide: true })
      : spawn('/bin/sh', ['-c', guarded, 'sh', launch.program, ...args], {
          ...ids(launch.user),
          stdio: ['ignore', log.fd, log.fd, 'pipe'],
          cwd: '/',
          env: {},
          detached: true,
        })
  await once(child, 'spawn')
  await log.close()
  const ended = watchEnd(child)
  await waitUntilReady(launch, child, logStart)
  return { pid: child.pid ?? 0, ended, stop: () => stopProcess(child, ended) }
}

/** Ends a PostgreSQL that an earlier Docket left on the cluster; a number that now belongs to another process is forgotten. */
export async function stopOrphan(cluster: string): Promise<void> {
  const state = await readPidFile(cluster)
  if (!state || !isAlive(state.pid)) return
  const command = commandLine(state.pid)
  if (command !== null && !command.includes(cluster)) {
    await rm(join(cluster, 'postmaster.pid'), { force: true })
    return
  }
  for (const [signal, waitMs] of [
    ['SIGINT', stopWithinMs],
    ['SIGQUIT', 10_000],
  ] as const) {
    sendSignal(state.pid, signal)
    if (await endsWithin(state.pid, waitMs)) return
  }
  throw new StartFault(
    `A PostgreSQL that an earlier Docket left behind (process ${state.pid}) does not end. End it and start again.`,
  )
}

function settings({ host, port, durable }: Launch): string[] {
  const isSocket = process.platform !== 'win32'
  const memoryMb = Math.floor(totalmem() / 2 ** 20)
  return [
    `port=${port}`,
    `listen_addresses=${isSocket ? '' : host}`,
    ...(isSocket ? [`unix_socket_directories=${host}`, 'unix_socket_permissions=0700'] : []),
    'max_connections=100',
    `shared_buffers=${memoryMb < 2048 ? 128 : 256}MB`,
    `effective_cache_size=${Math.max(512, Math.floor(memoryMb / 2))}MB`,
    'work_mem=16MB',
    'maintenance_work_mem=128MB',
    'random_page_cost=1.1',
    'max_wal_size=2GB',
    'jit=off',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_line_prefix=%m [%p] %q%u@%d ',
    'log_checkpoints=off',
    ...(durable
      ? []
      : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_senders=0', 'wal_level=minimal']),
  ]
}

async function watchEnd(child: ChildProcess): Promise<void> {
  await once(child, 'exit')
  const pipe = child.stdio[3] as Writable
  pipe.on('error', () => {})
  pipe.end('ended\n')
}

/** PostgreSQL writes its state into the last line of postmaster.pid. */
async function waitUntilReady({ cluster, logFile }: Launch, child: ChildProcess, logStart: number): Promise<void> {
  const deadline = Date.now() + readyWithinMs
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new StartFault(`PostgreSQL did not start: ${await lastWords(logFile, logStart)} (see ${logFile})`)
    }
    const state = await readPidFile(cluster)
    if (state && state.pid === child.pid && state.isReady) return
    await sleep(20)
  }
  child.kill('SIGINT')
  throw new StartFault(`PostgreSQL was not ready within ${readyWithinMs / 1000} seconds (see ${logFile})`)
}

async function stopProcess(child: ChildProcess, ended: Promise<void>): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    child.kill(signal)
    const waiting = new AbortController()
    const stopped = await Promise.race([
      ended.then(() => true),
      sleep(stopWithinMs, false, { signal: waiting.signal }).catch(() => false),
    ])
    waiting.abort()
    if (stopped) return
  }
}

async function readPidFile(cluster: string): Promise<{ pid: number; isReady: boolean } | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  return pid > 0 ? { pid, isReady: lines[7]?.trim() === 'ready' } : null
}

async function lastWords(logFile: string, from: number): Promise<string> {
  const text = (await readFile(logFile)).subarray(from).toString()
  const fatal = text.split('\n').filter((line) => /FATAL|ERROR|could not|cannot|error/.test(line))
  return (
    (fatal.at(-1) ?? text.trim().split('\n').at(-1) ?? '').replace(/^.*?(FATAL|ERROR):\s*/, '') || 'it gave no reason'
  )
}

async function rotateLog(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    ({ size }) => size,
    () => 0,
  )
  if (size > logLimitBytes) await rename(logFile, `${logFile}.1`)
}

async function endsWithin(pid: number, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await sleep(50)
  }
  return true
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Ended in between, or somebody else's: waiting for its end tells which.
  }
}
