import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { removeDataFolder } from './cluster.ts'
import { readRunning } from './data-folder.ts'
import { openCommandDatabase, openServerDatabase } from './open-database.ts'

async function whoAmI(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<{ role: string }>('select current_user as role')).rows[0]?.role
  } finally {
    await client.end()
  }
}

describe('openCommandDatabase', { timeout: 120_000 }, () => {
  let dataDir: string
  const settings = () => ({ databaseUrl: null, databaseOwnerUrl: null, dataDir })

  beforeAll(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), 'docket-open-')), 'data')
  })
  afterAll(async () => {
    await removeDataFolder(dataDir)
    await rm(join(dataDir, '..'), { recursive: true })
  })

  it('works beside a running server, on its database', async () => {
    const server = await openServerDatabase(settings(), 'start', false)
    const command = await openCommandDatabase(settings(), 'user add')
    expect(command).toMatchObject({ appUrl: server.appUrl, ownerUrl: server.ownerUrl, isShared: true })
    await command.close()
    expect(await whoAmI(server.appUrl)).toBe('docket_app')
    await server.close()
  })

  it('starts the database for itself, and ends it', async () => {
    const command = await openCommandDatabase(settings(), 'import')
    expect(await whoAmI(command.ownerUrl)).toBe('docket_owner')
    await command.close()
    expect(await readRunning(dataDir)).toBe(null)
    await expect(whoAmI(command.appUrl)).rejects.toThrow()
  })

  it('waits for a command that joined it before it ends the database', async () => {
    const [first, second] = await Promise.all([
      openCommandDatabase(settings(), 'import'),
      openCommandDatabase(settings(), 'user add'),
    ])
    const [owner, visitor] = first.isShared ? [second, first] : [first, second]
    expect(visitor.isShared).toBe(true)
    const closing = owner.close()
    expect(await whoAmI(visitor.appUrl)).toBe('docket_app')
    await visitor.close()
    await closing
    expect(await readRunning(dataDir)).toBe(null)
  })

  it('makes a server wait for a command that has the data folder', async () => {
    const command = await openCommandDatabase(settings(), 'import')
    await expect(openServerDatabase(settings(), 'start')).rejects.toThrow(
      `The command "docket import" (process ${process.pid}) is using the data folder ${dataDir}. Try again when it has ended.`,
    )
    await command.close()
  })

  it('takes the database that is named, with the role that signs in', async () => {
    const named = { databaseUrl: inject('appUrl'), databaseOwnerUrl: inject('ownerUrl'), dataDir }
    const database = await openCommandDatabase(named, 'import')
    expect(database).toMatchObject({ appRole: 'docket_app', ownerUrl: inject('ownerUrl'), isShared: false })
    await database.close()
  })
})
