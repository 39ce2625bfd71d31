import { sql } from 'kysely'
import type { Db, Tx } from '#server/db/connect.ts'
import { type Columns, columnsAndRows, rowsOf } from '#server/db/rows.ts'
import { getRoutingInForce } from '#server/features/routing/in-force.queries.ts'
import type { FlagEffect, Severity, SourceKind } from '#shared/domain/words.ts'
import { keyText } from './subjects/row-key.ts'

export type FlagKey = { source_kind: SourceKind; source_name: string; external_id: string }

export type FlagRecord = FlagKey & {
  id: string
  reporter_id: string | null
  reason_code: string
  policy_id: string | null
  reason_text: string | null
  score: number | null
  flagged_at: Date
  received_at: Date
  account_id: string
  post_id: string | null
  snapshot_id: string
  /** Null for those of a muted reporter. */
  review_id: string | null
  effect: FlagEffect
  raw: string
}

const key: Columns<FlagKey> = { source_kind: 'text', source_name: 'text', external_id: 'text' }

/**
 * The flags that are known by these keys. They are looked up by external id alone (`|| ''` keeps the other columns from
 * choosing an index): in a new database, of which PostgreSQL has no figures, an index on the source looks as good and
 * holds everything that one sender ever sent.
 */
export async function findFlagsByKey(tx: Tx | Db, keys: FlagKey[]) {
  const { rows } = await sql<FlagKey & Pick<FlagRecord, 'id' | 'review_id' | 'effect'>>`
    select f.id, f.review_id, f.effect, f.source_kind, f.source_name, f.external_id
    from ${rowsOf(keys, key)} as k
    join flag f on f.external_id = k.external_id
      and f.source_name || '' = k.source_name and f.source_kind || '' = k.source_kind`.execute(tx)
  return rows
}

const flagColumns: Columns<FlagRecord> = {
  ...key,
  id: 'uuid',
  reporter_id: 'uuid',
  reason_code: 'text',
  policy_id: 'text',
  reason_text: 'text',
  score: 'real',
  flagged_at: 'timestamptz',
  received_at: 'timestamptz',
  account_id: 'uuid',
  post_id: 'uuid',
  snapshot_id: 'uuid',
  review_id: 'uuid',
  effect: 'text',
  raw: 'text',
}

/** Answers how many were added: fewer than given when another transaction added one of them meanwhile. */
export async function insertFlags(tx: Tx, flags: FlagRecord[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into flag ${columnsAndRows(flags, flagColumns)}
    on conflict (source_kind, source_name, external_id) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export type ReporterKey = { source_name: string; external_id: string }
type Reporter = ReporterKey & { id: string; name: string | null }

export type KnownReporter = ReporterKey & {
  id: string
  name: string | null
  trusted_weight: number | null
  muted_at: Date | null
  muted_until: Date | null
}

const reporterKey: Columns<ReporterKey> = { source_name: 'text', external_id: 'text' }

/**
 * Adds reporters and takes over new names, in the order of their keys, and answers what is known of them. Those who are
 * known under this name are not locked: senders whose flags have reporters in common would wait for each other.
 */
export async function putReporters(tx: Tx, reporters: Reporter[]): Promise<KnownReporter[]> {
  const known = await findReporters(tx, reporters)
  const names = new Map(known.map((row) => [keyText(row), row.name]))
  const missing = reporters.filter((row) => !names.has(keyText(row)))
  const renamed = reporters.filter(
    (row) => names.has(keyText(row)) && row.name !== null && row.name !== names.get(keyText(row)),
  )
  if (renamed.length > 0) await renameReporters(tx, renamed)
  if (missing.length === 0) return known
  await sql`
    insert into reporter ${columnsAndRows(missing, { ...reporterKey, id: 'uuid', name: 'text' })}
    order by source_name, external_id
    on conflict (source_name, external_id) do nothing`.execute(tx)
  return [...known, ...(await findReporters(tx, missing))]
}

async function findReporters(tx: Tx, keys: ReporterKey[]): Promise<KnownReporter[]> {
  const { rows } = await sql<KnownReporter>`
    select reporter.id, reporter.source_name, reporter.external_id, reporter.name, reporter.trusted_weight,
      reporter.muted_at, reporter.muted_until
    from ${rowsOf(keys, reporterKey)} as r
    join reporter on reporter.source_name = r.source_name and reporter.external_id = r.external_id`.execute(tx)
  return rows
}

async function renameReporters(tx: Tx, reporters: Reporter[]) {
  await sql`
    with locked as (
      select reporter.id, r.name from ${rowsOf(reporters, { ...reporterKey, name: 'text' })} as r
      join reporter on reporter.source_name = r.source_name and reporter.external_id = r.external_id
      order by reporter.source_name, reporter.external_id
      for no key update of reporter
    )
    update reporter set name = locked.name from locked where reporter.id = locked.id`.execute(tx)
}

/** All that sorts flags: clauses, the senders' codes for them, queues, the rules that lead there, and what urgency weighs. */
export async function getSorting(tx: Tx, sent: { codes: string[]; sourceNames: string[] }) {
  const mappings = await tx
    .selectFrom('reason_mapping')
    .select(['source_name', 'code', 'policy_id'])
    .where('code', 'in', sent.codes)
    .where('source_name', 'in', ['', ...sent.sourceNames])
    .execute()
  const meanings = new Map(mappings.map((each) => [`${each.source_name}\n${each.code}`, each.policy_id]))
  const { clauses, ...routing } = await getRoutingInForce(tx)
  return {
    severityOf: new Map<string, Severity>(clauses.map((clause) => [clause.id, clause.severity])),
    restricted: new Set(clauses.filter((clause) => clause.is_restricted).map((clause) => clause.id)),
    meaningOf: (sourceName: string, code: string) => meanings.get(`${sourceName}\n${code}`),
    ...routing,
  }
}
export type Sorting = Awaited<ReturnType<typeof getSorting>>
