import { randomUUID } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { removeDataFolder } from '#server/db/cluster.ts'
import { type TestDb, testDb } from '#test/support/db.ts'
import { docket, docketUnprivileged, freePort } from './cli.ts'
import { pretendPostgres } from './old-postgres.ts'

describe('docket start', { timeout: 60_000 }, () => {
  let folder: string
  let t: TestDb

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-refusals-'))
    await chmod(folder, 0o755)
    t = await testDb()
  })
  afterAll(async () => {
    await t.drop()
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })

  const env = async (changes: Record<string, string>) => ({
    DOCKET_DATA: join(folder, 'data'),
    PORT: await freePort(),
    LOG_LEVEL: 'error',
    ...changes,
  })
  const start = async (changes: Record<string, string>) => docket(await env(changes), 'start', '--api-only').ended

  it('says in one sentence that its folder is read-only', async () => {
    const closed = join(folder, 'closed')
    await mkdir(closed, { mode: 0o555 })
    const { code, err } = await docketUnprivileged(await env({ DOCKET_DATA: closed }), 'start', '--api-only').ended
    expect({ code, err }).toEqual({
      code: 1,
      err: `The data folder ${closed} cannot be used: this user may not read and write it. Change its owner, or set DOCKET_DATA to another folder.\n`,
    })
  })

  it('refuses a PostgreSQL that is too old', async () => {
    const old = await pretendPostgres({
      role: 'docket',
      database: 'docket',
      versionNumber: '150013',
      encoding: 'UTF8',
      folded: 'тагут',
    })
    const { code, err } = await start({ DATABASE_URL: old.url })
    old.close()
    expect({ code, err }).toEqual({
      code: 1,
      err: 'The database server is PostgreSQL 15. Docket needs PostgreSQL 16 or later.\n',
    })
  })

  it('refuses a database in which Cyrillic does not fold, and leaves it as it is', async () => {
    const name = `start_${randomUUID().replaceAll('-', '')}`
    const url = (database: string) => Object.assign(new URL(inject('ownerUrl')), { pathname: `/${database}` }).href
    const admin = new pg.Client({ connectionString: url('postgres') })
    await admin.connect()
    await admin.query(`create database ${name} template template0 locale_provider libc lc_collate 'C' lc_ctype 'C'`)
    const { code, err } = await start({ DATABASE_URL: url(name) })
    const there = new pg.Client({ connectionString: url(name) })
    await there.connect()
    const { rowCount } = await there.query("select from pg_tables where schemaname = 'public'")
    await there.end()
    await admin.query(`drop database ${name}`)
    await admin.end()
    expect({ code, rowCount }).toEqual({ code: 1, rowCount: 0 })
    expect(err).toMatch(/^The database "start_\w+" does not fold Cyrillic letters: .*\n$/)
  })

  it('refuses the schema of a newer Docket', async () => {
    const newer = await testDb()
    await sql`insert into schema_migration (name) values ('9999_from_the_future')`.execute(newer.owner)
    const { code, err } = await start({ DATABASE_URL: newer.appUrl, DATABASE_OWNER_URL: newer.ownerUrl })
    await newer.drop()
    expect(code).toBe(1)
    expect(err).toContain('9999_from_the_future')
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('says in one sentence that nothing answers under DATABASE_URL', async () => {
    const { code, err } = await start({ DATABASE_URL: `postgres://docket@127.0.0.1:${await freePort()}/docket` })
    expect(code).toBe(1)
    expect(err).toMatch(/^The database 127\.0\.0\.1:\d+\/docket cannot be used: nothing answers there\.\n$/)
  })

  it('is won by one of two starts on a new folder, and the other says by whom', async () => {
    const dataDir = join(folder, 'fresh')
    const starts = [
      docket(await env({ DOCKET_DATA: dataDir }), 'start', '--api-only'),
      docket(await env({ DOCKET_DATA: dataDir }), 'start', '--api-only'),
    ]
    const loser = await Promise.race(starts.map(async (each) => ({ each, ...(await each.ended) })))
    const winner = starts.find((each) => each !== loser.each)!
    await winner.says('Docket is on')
    expect(loser.code).toBe(1)
    expect(loser.err).toContain(`Docket is already running on the data folder ${dataDir}: process ${winner.child.pid}`)
    winner.child.kill('SIGTERM')
    expect(await winner.ended).toMatchObject({ code: 0, err: '' })
    await removeDataFolder(dataDir)
  })

  it('may be several at once on one empty database, which is migrated once', async () => {
    const name = `start_${randomUUID().replaceAll('-', '')}`
    const url = (from: string, database: string) => Object.assign(new URL(from), { pathname: `/${database}` }).href
    const admin = new pg.Client({ connectionString: url(inject('ownerUrl'), 'postgres') })
    await admin.connect()
    await admin.query(`create database ${name}`)
    const shared = {
      DATABASE_URL: url(inject('appUrl'), name),
      DATABASE_OWNER_URL: url(inject('ownerUrl'), name),
    }
    const starts = await Promise.all(
      ['one', 'two'].map(async (each) =>
        docket(await env({ ...shared, DOCKET_DATA: join(folder, each) }), 'start', '--api-only'),
      ),
    )
    for (const each of starts) await each.says('Docket is on')
    for (const each of starts) each.child.kill('SIGTERM')
    for (const each of starts) expect(await each.ended).toMatchObject({ code: 0, err: '' })
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  })
})
