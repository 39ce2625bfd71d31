import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { commandLine } from '#server/db/process-identity.ts'

const projectDir = dirname(dirname(import.meta.dirname))

/** The command line as a person runs it, in a process of its own. */
export function docket(env: Record<string, string>, ...args: string[]) {
  return run([process.execPath, ...commandOf(args)], env)
}

/**
 * As a user who may write only where everybody may. Root gives up the right to pass over permissions, and stays itself: the
 * project may lie in a folder that nobody else can enter.
 */
export function docketUnprivileged(env: Record<string, string>, ...args: string[]) {
  const command = [process.execPath, ...commandOf(args)]
  if (process.getuid?.() !== 0) return run(command, env)
  return run(['setpriv', '--bounding-set', '-dac_override,-dac_read_search', ...command], env)
}

/** Where no file may become larger than a megabyte or two, which a full disk is like. */
export function docketCramped(env: Record<string, string>, ...args: string[]) {
  return run(['/bin/sh', '-c', 'ulimit -f 2048; exec "$@"', 'sh', process.execPath, ...commandOf(args)], env)
}

const commandOf = (args: string[]) => [join(projectDir, 'server', 'cli.ts'), ...args]

function run([program = '', ...args]: string[], env: Record<string, string>) {
  const child = spawn(program, args, {
    cwd: projectDir,
    // Compiled once for all the processes that tests start, which halves the time until they are up.
    env: { PATH: '/usr/bin:/bin', NODE_COMPILE_CACHE: join(tmpdir(), 'docket-test-compiled'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (said.out += chunk))
  child.stderr.on('data', (chunk) => (said.err += chunk))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }))
  return { child, said, ended, says: (text: string) => untilSaid(child, said, text) }
}

async function untilSaid(child: ChildProcess, said: { out: string; err: string }, text: string): Promise<void> {
  while (!said.out.includes(text)) {
    if (child.exitCode !== null) throw new Error(`It ended before it said "${text}": ${said.out}${said.err}`)
    await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')])
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return String(typeof address === 'object' && address ? address.port : 0)
}

/** Every process whose command line names the folder: PostgreSQL and its watcher. */
export function processesOf(folder: string): { pid: number; command: string }[] {
  const pids =
    process.platform === 'linux'
      ? readdirSync('/proc').filter((name) => /^\d+$/.test(name))
      : execFileSync('ps', ['-axo', 'pid='], { encoding: 'utf8' }).trim().split(/\s+/)
  return pids
    .map((pid) => ({ pid: Number(pid), command: commandLine(Number(pid)) ?? '' }))
    .filter(({ command }) => command.includes(folder))
}
