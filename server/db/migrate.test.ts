import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { migrate, requireCurrentSchema } from './migrate.ts'

describe('migrate', () => {
  let name: string
  let ownerUrl: string
  let folder: string

  const urlOf = (url: string, database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href

  async function ask(query: string, url = ownerUrl) {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query(query)).rows
    } finally {
      await client.end()
    }
  }

  /** Migrations of the test's own, each one statement. */
  const writeMigration = (file: string, statement: string) =>
    writeFile(
      join(folder, file),
      `export const up = async (db) => { await db.executeQuery({ sql: ${JSON.stringify(statement)}, parameters: [], query: { kind: 'RawNode' } }) }`,
    )

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-migrations-'))
    name = `migrate_${randomUUID().replaceAll('-', '')}`
    ownerUrl = urlOf(inject('ownerUrl'), name)
    await ask(`create database ${name}`, urlOf(ownerUrl, 'postgres'))
  })
  afterEach(async () => {
    await ask(`drop database ${name} with (force)`, urlOf(ownerUrl, 'postgres'))
    await rm(folder, { recursive: true })
  })

  /** As the owner alone, since the grants are about the real schema. */
  const migrateOwn = () => migrate(ownerUrl, { folder, appRole: 'docket_owner' })

  it('applies what is missing, in order, once', async () => {
    await writeMigration('0002_second.ts', 'alter table counted add column b int')
    await writeMigration('0001_first.ts', 'create table counted (a int)')
    expect(await migrateOwn()).toEqual(['0001_first', '0002_second'])
    await writeMigration('0003_third.ts', 'alter table counted add column c int')
    expect(await migrateOwn()).toEqual(['0003_third'])
    expect(await migrateOwn()).toEqual([])
  })

  it('lets one process migrate at a time', async () => {
    await writeMigration('0001_first.ts', 'create table counted as select pg_sleep(0.3) is null as slept')
    const applied = await Promise.all([migrateOwn(), migrateOwn(), migrateOwn()])
    expect(applied.flat()).toEqual(['0001_first'])
  })

  it('leaves nothing of a migration that fails', async () => {
    await writeMigration('0001_first.ts', 'create table counted (a int)')
    await writeMigration('0002_second.ts', 'alter table counted add column b no_such_type')
    await expect(migrateOwn()).rejects.toThrow('no_such_type')
    expect(await ask('select name from schema_migration')).toEqual([{ name: '0001_first' }])
  })

  it('refuses the schema of a newer Docket by name', async () => {
    await writeMigration('0001_first.ts', 'create table counted (a int)')
    await migrateOwn()
    await ask("insert into schema_migration (name) values ('0009_from_the_future')")
    await expect(migrateOwn()).rejects.toThrow(
      'The database is newer than this Docket: it has the migrations 0009_from_the_future, which this version does not know.',
    )
  })

  it('grants the server its rights, but not to say what was migrated', async () => {
    await migrate(ownerUrl)
    const appUrl = urlOf(inject('appUrl'), name)
    expect(await ask('select count(*)::int as people from auth."user"', appUrl)).toEqual([{ people: 0 }])
    await expect(ask('delete from schema_migration', appUrl)).rejects.toThrow('permission denied')
    await expect(ask('truncate event', appUrl)).rejects.toThrow('permission denied')
  })

  it('names a role that does not exist', async () => {
    const migrating = migrate(ownerUrl, { folder, appRole: 'nobody_at_all' })
    await expect(migrating).rejects.toThrow('The database has no role "nobody_at_all" for the server to sign in as.')
  })

  it('refuses a command of a newer version beside a running server', async () => {
    await writeMigration('0001_first.ts', 'create table counted (a int)')
    await expect(requireCurrentSchema(ownerUrl, folder)).rejects.toThrow('its database lacks 0001_first')
    await migrateOwn()
    await requireCurrentSchema(ownerUrl, folder)
  })
})
