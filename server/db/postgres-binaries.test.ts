import { spawnSync } from 'node:child_process'
import { chmod, cp, lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBinaries, nativeFolder } from './postgres-binaries.ts'
import { choosePostgresUser, ids, type RunAs } from './postgres-user.ts'

describe('findBinaries', { timeout: 120_000 }, () => {
  let folder: string
  let user: RunAs

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-binaries-'))
    await chmod(folder, 0o755)
    user = await choosePostgresUser(null)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** A package in a folder that only its owner may enter, and without the links that its install script makes. */
  async function closedPackage() {
    const native = join(folder, 'closed', 'native')
    const isLink = async (path: string) => (await lstat(path)).isSymbolicLink()
    await cp(nativeFolder(), native, { recursive: true, filter: async (source) => !(await isLink(source)) })
    await cp(join(dirname(nativeFolder()), 'package.json'), join(folder, 'closed', 'package.json'))
    await chmod(join(folder, 'closed'), 0o700)
    return native
  }

  it('runs the programs where npm put them', async () => {
    const { postgres } = await findBinaries({}, nativeFolder(), [])
    expect(postgres).toBe(join(nativeFolder(), 'bin', 'postgres'))
  })

  it('runs a copy when the user cannot run them there, made once', async () => {
    const native = await closedPackage()
    await expect(findBinaries(user, native, [])).rejects.toThrow('set DATABASE_URL to a PostgreSQL server')
    const cache = join(folder, 'cache')
    const { postgres } = await findBinaries(user, native, [cache])
    expect(postgres.startsWith(cache)).toBe(true)
    expect(spawnSync(postgres, ['--version'], { ...ids(user), cwd: '/', encoding: 'utf8' }).stdout).toContain('18')
    const made = (await lstat(postgres)).ctimeMs
    await findBinaries(user, native, [cache])
    expect((await lstat(postgres)).ctimeMs).toBe(made)
    expect(await readdir(cache)).toHaveLength(1)
  })
})
