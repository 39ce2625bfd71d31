import type { AccountStatus } from '#shared/domain/words.ts'

/** What a sender says about an account's status. */
export type Statement = {
  status: Exclude<AccountStatus, 'unknown'>
  since: Date
  /** The account was seen so at that time; otherwise it became so then. */
  isSighting: boolean
  cause: string | null
  source: string
}

/** A statement as it is kept. The turns are the account's history. */
export type KeptStatement = Statement & { isTurn: boolean }

export type Standing = {
  status: AccountStatus
  status_since: Date | null
  /** The newest time at which somebody said so. */
  status_seen_at: Date | null
  status_cause: string | null
}

export const noStanding: Standing = { status: 'unknown', status_since: null, status_seen_at: null, status_cause: null }

const strength: Record<AccountStatus, number> = { unknown: 0, active: 1, limited: 2, blocked: 3, deleted: 4 }
const hourMs = 3_600_000

/**
 * Takes statements in beside those that are kept. The outcome depends on the set of all statements ever made, and not on
 * the order or the parts in which they came: the status turns wherever the next statement in time says another one, and
 * of two at one time the stronger counts. What began at a time is kept for good; of sightings the first and the last of
 * each status in every hour are, so that ten thousand flags leave two rows.
 */
export function keepStatements<Kept extends KeptStatement>(
  kept: readonly Kept[],
  statements: readonly Statement[],
): { all: (Kept | KeptStatement)[]; standing: Standing } {
  const known = new Map<string, Kept | Statement>()
  for (const statement of [...kept, ...statements]) {
    const key = statementKey(statement)
    if (!known.has(key)) known.set(key, statement)
  }
  const ordered = thinOut([...known.values()]).sort(inTime)
  const all: (Kept | KeptStatement)[] = []
  let standing = noStanding
  for (const [index, statement] of ordered.entries()) {
    // At one time the first one, the strongest, speaks.
    const isHeard = index === 0 || ordered[index - 1]!.since.getTime() !== statement.since.getTime()
    const isTurn = isHeard && statement.status !== standing.status
    all.push({ ...statement, isTurn })
    if (!isHeard) continue
    const { status, since, cause } = statement
    standing = isTurn
      ? { status, status_since: since, status_seen_at: since, status_cause: cause }
      : { ...standing, status_seen_at: since }
  }
  return { all, standing }
}

/** The same is said when all of this is the same. */
export function statementKey({ status, since, isSighting, cause, source }: Statement): string {
  return JSON.stringify([since.getTime(), status, isSighting, source, cause])
}

function thinOut<Item extends Statement>(statements: Item[]): Item[] {
  const [sightings, beginnings] = [
    statements.filter((statement) => statement.isSighting),
    statements.filter((statement) => !statement.isSighting),
  ]
  const hours = Map.groupBy(sightings, ({ status, since }) => `${status} ${Math.floor(since.getTime() / hourMs)}`)
  const ends = [...hours.values()].flatMap((seen) => {
    const ordered = seen.toSorted(inTime)
    const last = ordered.findLast((each, index) => ordered[index - 1]?.since.getTime() !== each.since.getTime())!
    return ordered[0] === last ? [last] : [ordered[0]!, last]
  })
  return [...beginnings, ...ends]
}

/** Total, so that nothing is left to the order of arrival. */
function inTime(a: Statement, b: Statement): number {
  return (
    a.since.getTime() - b.since.getTime() ||
    strength[b.status] - strength[a.status] ||
    Number(a.isSighting) - Number(b.isSighting) ||
    Number(a.cause === null) - Number(b.cause === null) ||
    compare(statementKey(a), statementKey(b))
  )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
