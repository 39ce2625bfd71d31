import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
export type Tx = Transaction<Database>

// bigint columns here are sizes, counts and sequence numbers: all far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** A pool of connections. `max` is how many at most. */
export function connect(url: string, { max = 12 }: { max?: number } = {}): Db {
  const pool = new pg.Pool({ connectionString: url, max })
  // A connection that dies while idle is replaced by the next request; without a listener it would end the process.
  pool.on('error', () => {})
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}
