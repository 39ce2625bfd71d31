import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import type { FlagInput } from '#shared/contract/flags.ts'
import { noStanding, type Statement } from './account-standing.ts'
import { type AccountKey, type AccountRow, insertAccounts, lockAccounts, updateAccounts } from './accounts.queries.ts'
import { groupByKey, keyText } from './row-key.ts'
import { type StatusChange, takeStatements } from './take-statements.ts'

export type TakenAccounts = {
  of: (input: FlagInput) => AccountRow
  isNew: (account: AccountRow) => boolean
  /** Known before, and different now in what reviews show of them. */
  changed: AccountRow[]
  statusChanges: StatusChange[]
}

export type LockedAccounts = { rows: AccountRow[]; newIds: Set<string> }

/** Locks the accounts that flags speak of and adds those that are new. */
export async function lockAccountsOf(tx: Tx, inputs: FlagInput[], now: Date): Promise<LockedAccounts> {
  const groups = groupByKey(inputs, accountKey)
  const blanks = [...groups.values()].map((group) => blankAccount(accountKey(group[0]!), group[0]!))
  await insertAccounts(
    tx,
    blanks.map((account) => ({ ...account, first_seen_at: now })),
  )
  return { rows: await lockAccounts(tx, blanks), newIds: new Set(blanks.map((account) => account.id)) }
}

/** Takes over what flags say about accounts that are locked. */
export async function takeAccounts(
  tx: Tx,
  inputs: FlagInput[],
  { rows, newIds }: LockedAccounts,
  now: Date,
): Promise<TakenAccounts> {
  const groups = groupByKey(inputs, accountKey)
  const groupOf = (row: AccountRow) => groups.get(keyText(row)) ?? []
  const told = rows.map((row) => ({
    account: row,
    isNew: newIds.has(row.id),
    statements: statementsIn(groupOf(row), now),
  }))
  const { standingOf, changes } = await takeStatements(tx, told, now)
  const accounts = new Map<FlagInput, AccountRow>()
  const updated: AccountRow[] = []
  const changed: AccountRow[] = []

  for (const row of rows) {
    const { status, status_since, status_seen_at, status_cause } = standingOf(row)
    const account = { ...groupOf(row).reduce(describe, row), status, status_since, status_seen_at, status_cause }
    for (const input of groupOf(row)) accounts.set(input, account)
    if (!isSame(row, account)) {
      updated.push(account)
      if (!newIds.has(row.id) && showsOtherwise(row, account)) changed.push(account)
    }
  }
  if (updated.length > 0) await updateAccounts(tx, updated)
  return {
    of: (input) => accounts.get(input)!,
    isNew: (account) => newIds.has(account.id),
    changed,
    statusChanges: changes,
  }
}

function accountKey({ account, post }: FlagInput): AccountKey {
  return { platform: account.platform ?? post!.platform, external_id: account.externalId }
}

function blankAccount(key: AccountKey, { account }: FlagInput): AccountRow {
  return {
    id: newId(),
    ...key,
    kind: account.kind,
    handle: account.handle ?? account.externalId,
    display_name: account.displayName ?? null,
    url: account.url ?? null,
    created_at: account.createdAt ? new Date(account.createdAt) : null,
    ...noStanding,
  }
}

/** What is said last stands; what is left unsaid stays. */
function describe(row: AccountRow, { account }: FlagInput): AccountRow {
  return {
    ...row,
    kind: account.kind === 'unknown' ? row.kind : account.kind,
    handle: account.handle ?? row.handle,
    display_name: account.displayName ?? row.display_name,
    url: account.url ?? row.url,
    created_at: account.createdAt ? new Date(account.createdAt) : row.created_at,
  }
}

/** A time that lies ahead is a wrong clock: it counts as now, or nothing said later could ever replace it. */
function statementsIn(inputs: FlagInput[], now: Date): Statement[] {
  return inputs.flatMap(({ account, flaggedAt, source }) => {
    if (account.status === 'unknown') return []
    const since = new Date(Math.min(Date.parse(account.statusSince ?? flaggedAt), now.getTime()))
    const isSighting = account.statusSince === undefined
    return [{ status: account.status, since, isSighting, cause: account.statusCause ?? null, source: source.name }]
  })
}

function isSame(before: AccountRow, after: AccountRow): boolean {
  const columns = Object.keys(before) as (keyof AccountRow)[]
  return columns.every((column) => before[column]?.valueOf() === after[column]?.valueOf())
}

function showsOtherwise(before: AccountRow, after: AccountRow): boolean {
  return (
    before.status !== after.status ||
    before.handle !== after.handle ||
    before.display_name !== after.display_name ||
    before.created_at?.getTime() !== after.created_at?.getTime()
  )
}
