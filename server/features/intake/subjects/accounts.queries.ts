import { sql } from 'kysely'
import type { Tx } from '#server/db/connect.ts'
import { type Columns, columnsAndRows, rowsOf } from '#server/db/rows.ts'
import type { AccountStatus } from '#shared/domain/words.ts'
import type { KeptStatement } from './account-standing.ts'

export type AccountKey = { platform: string; external_id: string }

export type AccountRow = AccountKey & {
  id: string
  kind: string
  handle: string
  display_name: string | null
  url: string | null
  status: AccountStatus
  status_since: Date | null
  status_seen_at: Date | null
  status_cause: string | null
  created_at: Date | null
}

const key: Columns<AccountKey> = { platform: 'text', external_id: 'text' }

const described: Columns<AccountRow> = {
  id: 'uuid',
  kind: 'text',
  handle: 'text',
  display_name: 'text',
  url: 'text',
  status: 'text',
  status_since: 'timestamptz',
  status_seen_at: 'timestamptz',
  status_cause: 'text',
  created_at: 'timestamptz',
}

/** Adds those that are not there yet, in the order of their keys. */
export async function insertAccounts(tx: Tx, accounts: (AccountRow & { first_seen_at: Date })[]) {
  await sql`
    insert into account ${columnsAndRows(accounts, { ...key, ...described, first_seen_at: 'timestamptz' })}
    order by platform, external_id
    on conflict (platform, external_id) do nothing`.execute(tx)
}

/** Locks accounts in the order of their keys. What refers to them may still be added by others. */
export async function lockAccounts(tx: Tx, keys: AccountKey[]): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select account.id, account.platform, account.external_id, kind, handle, display_name, url, status, status_since,
      status_seen_at, status_cause, created_at
    from account
    join ${rowsOf(keys, key)} as k on account.platform = k.platform and account.external_id = k.external_id
    order by account.platform, account.external_id
    for no key update of account`.execute(tx)
  return rows
}

export async function updateAccounts(tx: Tx, accounts: AccountRow[]) {
  await sql`
    update account set kind = a.kind, handle = a.handle, display_name = a.display_name, url = a.url,
      status = a.status, status_since = a.status_since, status_seen_at = a.status_seen_at,
      status_cause = a.status_cause, created_at = a.created_at
    from ${rowsOf(accounts, described)} as a
    where account.id = a.id`.execute(tx)
}

/** A statement about an account, as its row holds it. */
export type StatementRow = KeptStatement & { id: string; account_id: string }

export async function findStatements(tx: Tx, accountIds: string[]): Promise<StatementRow[]> {
  const { rows } = await sql<StatementRow>`
    select id, account_id, status, since, cause, source, is_sighting as "isSighting", is_turn as "isTurn"
    from account_status where account_id = any(${accountIds}::uuid[])`.execute(tx)
  return rows
}

export async function insertStatements(tx: Tx, rows: (StatementRow & { recorded_at: Date })[]) {
  const named = rows.map(({ isSighting, isTurn, ...row }) => ({ ...row, is_sighting: isSighting, is_turn: isTurn }))
  await sql`
    insert into account_status ${columnsAndRows(named, {
      id: 'uuid',
      account_id: 'uuid',
      status: 'text',
      since: 'timestamptz',
      cause: 'text',
      source: 'text',
      is_sighting: 'boolean',
      is_turn: 'boolean',
      recorded_at: 'timestamptz',
    })}`.execute(tx)
}

export async function updateTurns(tx: Tx, rows: { id: string; isTurn: boolean }[]) {
  await sql`
    update account_status set is_turn = r."isTurn"
    from ${rowsOf(rows, { id: 'uuid', isTurn: 'boolean' })} as r
    where account_status.id = r.id`.execute(tx)
}

export async function deleteSightings(tx: Tx, ids: string[]) {
  await sql`delete from account_status where id = any(${ids}::uuid[]) and is_sighting`.execute(tx)
}

/** Without a lock: for posts whose flags name another account than the one they are kept under. */
export async function findAccounts(tx: Tx, ids: string[]): Promise<AccountRow[]> {
  return tx
    .selectFrom('account')
    .select(['id', 'platform', 'external_id', 'kind', 'handle', 'display_name', 'url', 'status', 'status_since'])
    .select(['status_seen_at', 'status_cause', 'created_at'])
    .where('id', 'in', ids)
    .execute()
}
