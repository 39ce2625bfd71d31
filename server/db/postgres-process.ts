import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartFault } from '#server/start-fault.ts'
import { ids, type RunAs } from './postgres-user.ts'
import { commandLine, processStart } from './process-identity.ts'

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
  /** The number in lock files that an earlier PostgreSQL left behind: it is none, whoever has that number now. */
  formerPid?: number | null
}

/** Processes of a killed PostgreSQL may take a moment to end, and none may begin before. */
const remainsWithinMs = 30_000
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
  const deadline = Date.now() + remainsWithinMs
  for (;;) {
    try {
      return await launchOnce(launch)
    } catch (error) {
      const isTooEarly = error instanceof StartFault && error.message.includes('shared memory block')
      if (!isTooEarly || Date.now() > deadline) throw error
      await sleep(100)
    }
  }
}

async function launchOnce(launch: Launch): Promise<PostgresProcess> {
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
          // PostgreSQL passes over this number when it asks whether a lock file's process lives.
          env: launch.formerPid ? { PG_GRANDPARENT_PID: String(launch.formerPid) } : {},
          detached: true,
        })
  await once(child, 'spawn')
  await log.close()
  const ended = watchEnd(child)
  await waitUntilReady(launch, child, logStart)
  return { pid: child.pid ?? 0, ended, stop: () => stopProcess(child, ended) }
}

/**
 * Ends a PostgreSQL that an earlier Docket left on the cluster. Answers the number it had, which may by now be a process
 * that nobody has buried, or somebody else's: PostgreSQL would take either for another server.
 */
export async function stopOrphan(cluster: string): Promise<number | null> {
  const state = await readPidFile(cluster)
  if (!state) return null
  const { pid } = state
  const isRunning = () => processStart(pid) !== null && (commandLine(pid)?.includes(cluster) ?? true)
  for (const [signal, waitMs] of [
    ['SIGINT', stopWithinMs],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (!isRunning()) return pid
    sendSignal(pid, signal)
    await endsWithin(isRunning, waitMs)
  }
  if (!isRunning()) return pid
  throw new StartFault(
    `A PostgreSQL that an earlier Docket left behind (process ${pid}) does not end. End it and start again.`,
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
    `shared_buffers=${Math.min(2_048, Math.max(128, Math.floor(memoryMb / 8)))}MB`,
    `effective_cache_size=${Math.max(512, Math.floor(memoryMb / 2))}MB`,
    'work_mem=16MB',
    'maintenance_work_mem=128MB',
    'random_page_cost=1.1',
    // Lists are many and short: helpers are started for a report or an export only.
    'parallel_setup_cost=50000',
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

async function endsWithin(isRunning: () => boolean, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs
  while (isRunning() && Date.now() < deadline) await sleep(50)
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Ended in between, or somebody else's: waiting for its end tells which.
  }
}
