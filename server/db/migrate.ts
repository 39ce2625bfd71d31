import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Kysely, sql, type Transaction } from 'kysely'
import { StartFault } from '#server/start-fault.ts'
import { connect } from './connect.ts'
import { APP_ROLE } from './embedded.ts'
import { applyGrants } from './grants.ts'

type Migration = { up(db: Kysely<unknown>): Promise<void> }

export interface MigrateOptions {
  /** The role the running server signs in as; it is granted what it needs when it is not the owner itself. */
  appRole?: string
  folder?: string
}

/** Any number, the same for every Docket: whoever holds this advisory lock migrates. */
const lockKey = 7_240_318

const ownMigrations = join(import.meta.dirname, 'migrations')

/**
 * Brings the database to the schema this program knows, each migration in a transaction of its own, one process at a
 * time: others wait. Returns the names of what it applied.
 *
 * @param ownerUrl of the role that owns the tables
 * @throws StartFault when a newer Docket has migrated the database
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const { appRole = APP_ROLE, folder = ownMigrations } = options
  return asOwner(ownerUrl, async (db) => {
    const applied: string[] = []
    for (const name of await findPending(db, folder)) {
      if (await applyMigration(db, folder, name)) applied.push(name)
    }
    await grantOnce(db, appRole, applied.length > 0)
    return applied
  })
}

/**
 * For a command that works on the database of a running server, whose schema it must not change.
 *
 * @throws StartFault when that server is of another version
 */
export async function requireCurrentSchema(ownerUrl: string, folder = ownMigrations): Promise<void> {
  const pending = await asOwner(ownerUrl, (db) => findPending(db, folder))
  if (pending.length === 0) return
  throw new StartFault(
    `The Docket that is running is older than this one: its database lacks ${pending.join(', ')}. Start it anew first.`,
  )
}

async function asOwner<T>(ownerUrl: string, work: (db: Kysely<unknown>) => Promise<T>): Promise<T> {
  const db = connect(ownerUrl, { max: 1 }) as Kysely<unknown>
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}

async function findMigrations(folder: string): Promise<string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => /^\d{4}_.*\.ts$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
}

async function findPending(db: Kysely<unknown>, folder: string): Promise<string[]> {
  const known = await findMigrations(folder)
  return locked(db, async (tx) => {
    await sql`create table if not exists schema_migration (
      name text primary key,
      applied_at timestamptz(3) not null default now()
    )`.execute(tx)
    const { rows } = await sql<{ name: string }>`select name from schema_migration order by name`.execute(tx)
    const applied = new Set(rows.map(({ name }) => name))
    const unknown = [...applied].filter((name) => !known.includes(name))
    if (unknown.length > 0) {
      throw new StartFault(
        `The database is newer than this Docket: it has the migrations ${unknown.join(', ')}, which this version does not know. Start the Docket that made them, or restore a backup.`,
      )
    }
    return known.filter((name) => !applied.has(name))
  })
}

/** False when another process applied it while this one waited. */
function applyMigration(db: Kysely<unknown>, folder: string, name: string): Promise<boolean> {
  return locked(db, async (tx) => {
    const { rows } = await sql`select from schema_migration where name = ${name}`.execute(tx)
    if (rows.length > 0) return false
    const migration: Migration = await import(pathToFileURL(join(folder, `${name}.ts`)).href)
    await migration.up(tx)
    await sql`insert into schema_migration (name) values (${name})`.execute(tx)
    return true
  })
}

/** After every migration, and when the role is a new one. */
function grantOnce(db: Kysely<unknown>, appRole: string, isChanged: boolean): Promise<void> {
  return locked(db, async (tx) => {
    const { rows } = await sql<{ owner: string; isGranted: boolean | null }>`
      select current_user as owner, case when to_regrole(quote_ident(${appRole})) is not null
        then has_table_privilege(${appRole}, 'schema_migration', 'select') end as "isGranted"`.execute(tx)
    const { owner, isGranted } = rows[0]!
    if (owner === appRole || (isGranted && !isChanged)) return
    if (isGranted === null) throw new StartFault(`The database has no role "${appRole}" for the server to sign in as.`)
    await applyGrants(tx, appRole)
    await sql`revoke insert, update, delete on schema_migration from ${sql.id(appRole)}`.execute(tx)
  })
}

function locked<T>(db: Kysely<unknown>, work: (tx: Transaction<unknown>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${lockKey})`.execute(tx)
    return work(tx)
  })
}
