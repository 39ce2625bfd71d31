import type { Db, Tx } from '#server/db/connect.ts'
import { newId } from '#server/db/id.ts'
import { restateReviews } from '#server/features/accounts/accounts.queries.ts'
import { appendEvents } from '#server/features/audit/audit.queries.ts'
import type { AppError } from '#server/http/errors.ts'
import type { Caller } from '#server/http/route.ts'
import type { AccountStatusInput, AccountStatusResult } from '#shared/contract/statuses.ts'
import { takeInParts } from '../in-parts.ts'
import { intakeEvents } from '../intake-events.ts'
import { mayState } from '../may-flag-as.ts'
import { noStanding, type Statement } from '../subjects/account-standing.ts'
import { type AccountKey, insertAccounts, lockAccounts, updateAccounts } from '../subjects/accounts.queries.ts'
import { groupByKey, keyText } from '../subjects/row-key.ts'
import { takeStatements } from '../subjects/take-statements.ts'
import { timeNotAhead } from './time-not-ahead.ts'

type Context = { by: Caller | null; now: Date }
type Result = AccountStatusResult | AppError

/**
 * Keeps what platforms say about their accounts and lets undecided reviews show it. One result or refusal each, in the
 * order sent. Safe to send again, in any order and from several senders at once.
 */
export async function stateAccounts(
  { db }: { db: Db },
  said: AccountStatusInput[],
  { by, now }: Context,
): Promise<Result[]> {
  const refusals = said.map(({ source, since }) => mayState(by ?? 'operator', source) ?? timeNotAhead(since, now))
  const allowed = said.filter((_each, index) => !refusals[index])
  const results = (await takeInParts(db, allowed, (tx, part) => takeStatuses(tx, part, { by, now }))).values()
  return refusals.map((refusal) => refusal ?? results.next().value!)
}

async function takeStatuses(tx: Tx, said: AccountStatusInput[], { by, now }: Context): Promise<Result[]> {
  const groups = groupByKey(said, accountKey)
  const blanks = [...groups.values()].map((group) => {
    const key = accountKey(group[0]!)
    const unknown = { kind: 'unknown', handle: key.external_id, display_name: null, url: null, created_at: null }
    return { id: newId(), ...key, ...unknown, ...noStanding, first_seen_at: now }
  })
  await insertAccounts(tx, blanks)
  const accounts = await lockAccounts(tx, blanks)
  const newIds = new Set(blanks.map(({ id }) => id))
  const statements = new Map(said.map((each) => [each, toStatement(each, now)]))
  const told = accounts.map((account) => ({
    account,
    isNew: newIds.has(account.id),
    statements: groups.get(keyText(account))!.map((each) => statements.get(each)!),
  }))
  const { standingOf, changes, isAdded } = await takeStatements(tx, told, now)

  const standing = accounts.map((account) => ({ ...account, ...standingOf(account) }))
  await updateAccounts(tx, standing)
  const before = new Map(accounts.map((account) => [account.id, account.status]))
  const changed = standing.filter(({ id, status }) => !newIds.has(id) && status !== before.get(id))
  if (changed.length > 0) {
    await restateReviews(
      tx,
      changed.map(({ id }) => id),
    )
  }
  const log = intakeEvents(by)
  log.accountsChanged(changes)
  if (log.events.length > 0) await appendEvents(tx, log.events)

  const byKey = new Map(standing.map((account) => [keyText(account), account]))
  return said.map((each) => {
    const { id, status, status_since } = byKey.get(keyText(accountKey(each)))!
    const isDuplicate = !isAdded(statements.get(each)!)
    return { accountId: id, isDuplicate, status, statusSince: status_since?.toISOString() ?? null }
  })
}

function accountKey({ account }: AccountStatusInput): AccountKey {
  return { platform: account.platform, external_id: account.externalId }
}

function toStatement({ status, since, isSighting, cause, source }: AccountStatusInput, now: Date): Statement {
  const time = new Date(Math.min(Date.parse(since), now.getTime()))
  return { status, since: time, isSighting, cause: cause ?? null, source: source.name }
}
