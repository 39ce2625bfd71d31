import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { prepareStatements } from './prepare.ts'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
export type Tx = Transaction<Database>

// bigint columns here are sizes, counts and sequence numbers: all far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

const pools = new WeakMap<Db, pg.Pool>()

/** Whoever waits so long for a connection is told that the database does not answer. */
const patienceMs = 15_000

/** A pool of connections. `max` is how many at most. */
export function connect(url: string, { max = 12 }: { max?: number } = {}): Db {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: patienceMs, keepAlive: true })
  // A connection that dies while idle is replaced by the next request; without a listener it would end the process.
  pool.on('error', () => {})
  // The same for one that dies in use, between two queries: the next query then fails.
  pool.on('connect', (client) => {
    client.on('error', () => {})
    prepareStatements(client)
  })
  const db: Db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  pools.set(db, pool)
  return db
}

/**
 * A connection of the pool as pg has it, for what kysely cannot: COPY. After a failure it is closed rather than used
 * again, because nobody knows what still waits on it.
 */
export async function withClient<T>(db: Db, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const pool = pools.get(db)
  if (!pool) throw new Error('Not a database of connect().')
  const client = await pool.connect()
  try {
    const done = await work(client)
    client.release()
    return done
  } catch (error) {
    client.release(true)
    throw error
  }
}
