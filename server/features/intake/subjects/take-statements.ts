import type { Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { keepStatements, type Standing, type Statement, statementKey } from './account-standing.ts'
import {
  type AccountRow,
  deleteSightings,
  findStatements,
  insertStatements,
  type StatementRow,
  updateTurns,
} from './accounts.queries.ts'

export type StatusChange = { accountId: string; status: string; since: Date }

/** An account that is locked, and what is said of it now. */
type Told = { account: AccountRow; isNew: boolean; statements: Statement[] }

/**
 * Keeps statements, and answers how each account stands after them, which turns of its history are new, and which of the
 * statements added something.
 */
export async function takeStatements(tx: Tx, told: Told[], now: Date) {
  const spoken = told.filter(({ statements }) => statements.length > 0)
  const kept = await findKept(tx, spoken)
  const standings = new Map<string, Standing>()
  const added: StatementRow[] = []
  const turned: StatementRow[] = []
  const gone: string[] = []
  const news = new Set<Statement>()
  for (const { account, statements } of spoken) {
    const before = kept.get(account.id) ?? []
    const { all, standing } = keepStatements(before, statements)
    standings.set(account.id, standing)
    for (const statement of newsIn(statements, { before, all })) news.add(statement)
    const rows = all.map((row): StatementRow => ('id' in row ? row : { ...row, id: newId(), account_id: account.id }))
    const turns = new Map(before.map((row) => [row.id, row.isTurn]))
    added.push(...rows.filter((row) => !turns.has(row.id)))
    turned.push(...rows.filter((row) => turns.has(row.id) && turns.get(row.id) !== row.isTurn))
    const ids = new Set(rows.map((row) => row.id))
    gone.push(...before.filter((row) => !ids.has(row.id)).map((row) => row.id))
  }
  if (gone.length > 0) await deleteSightings(tx, gone)
  if (turned.length > 0) await updateTurns(tx, turned)
  if (added.length > 0) {
    await insertStatements(
      tx,
      added.map((row) => ({ ...row, recorded_at: now })),
    )
  }
  const turns = [...added, ...turned].filter((row) => row.isTurn)
  return {
    standingOf: (account: AccountRow): Standing => standings.get(account.id) ?? account,
    isAdded: (statement: Statement) => news.has(statement),
    changes: turns.map(({ account_id, status, since }): StatusChange => ({ accountId: account_id, status, since })),
  }
}

/** Neither known before nor thinned out, each once. */
function newsIn(statements: Statement[], { before, all }: { before: Statement[]; all: Statement[] }): Statement[] {
  const seen = new Set(before.map(statementKey))
  const kept = new Set(all.map(statementKey))
  return statements.filter((statement) => {
    const key = statementKey(statement)
    if (seen.has(key) || !kept.has(key)) return false
    seen.add(key)
    return true
  })
}

async function findKept(tx: Tx, told: Told[]): Promise<Map<string, StatementRow[]>> {
  const known = told.filter(({ account, isNew }) => !isNew && account.status_since !== null)
  if (known.length === 0) return new Map()
  const rows = await findStatements(
    tx,
    known.map(({ account }) => account.id),
  )
  return Map.groupBy(rows, (row) => row.account_id)
}
