import pg from 'pg'
import { errorCode, StartFault } from '#server/start-fault.ts'

export interface ServerFacts {
  role: string
  database: string
  /** As PostgreSQL counts: 160004 is 16.4. */
  versionNumber: number
  encoding: string
  /** What the database makes of lower('ТАГУТ'). */
  folded: string
}

/** @throws StartFault when the database cannot be reached, or is one that Docket cannot work on */
export async function checkServer(url: string): Promise<ServerFacts> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<ServerFacts>(`
      select current_user as role, current_database() as database, current_setting('server_version_num')::int as "versionNumber",
        current_setting('server_encoding') as encoding, lower('ТАГУТ') as folded`)
    const facts = rows[0]!
    const fault = serverFault(facts)
    if (fault) throw new StartFault(fault)
    return facts
  } catch (error) {
    throw error instanceof StartFault ? error : unreachable(url, error)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Why Docket cannot work on such a server, in one sentence or two, or null. */
export function serverFault({ database, versionNumber, encoding, folded }: Omit<ServerFacts, 'role'>): string | null {
  const major = Math.floor(versionNumber / 10_000)
  if (major < 16) return `The database server is PostgreSQL ${major}. Docket needs PostgreSQL 16 or later.`
  if (encoding !== 'UTF8') {
    return `The database "${database}" is encoded in ${encoding}, which cannot hold every caption. ${makeAnew(major)}`
  }
  if (folded !== 'тагут') {
    return `The database "${database}" does not fold Cyrillic letters: lower('ТАГУТ') gives "${folded}", so a search would miss captions. ${makeAnew(major)}`
  }
  return null
}

function makeAnew(major: number): string {
  const provider =
    major >= 17 ? "locale_provider builtin builtin_locale 'C.UTF-8'" : "locale_provider icu icu_locale 'und'"
  return `Make it anew: create database docket template template0 encoding 'UTF8' ${provider} lc_collate 'C' lc_ctype 'C.UTF-8'`
}

/** Names the server, never the password. */
function unreachable(url: string, error: unknown): StartFault {
  const { host, pathname } = new URL(url)
  const why =
    {
      ECONNREFUSED: 'nothing answers there',
      ENOENT: 'nothing answers there',
      ENOTFOUND: 'there is no such host',
      '28P01': 'the password is wrong',
      '28000': 'the server does not let this role in',
      '3D000': 'there is no such database',
      '53300': 'the server has no connection left',
    }[errorCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error))
  return new StartFault(`The database ${host}${pathname} cannot be used: ${why}.`, { cause: error })
}
