import type { AccountStatus } from '#shared/domain/words.ts'

/** What a sender says about an account's status. */
export type Statement = {
  status: Exclude<AccountStatus, 'unknown'>
  since: Date
  /** The sender named the time itself: it is the beginning, not just a moment at which it was so. */
  isExplicit: boolean
  cause: string | null
  source: string
}

export type StatusRecord = { status: AccountStatus; since: Date; cause: string | null; source: string }

export type Standing = {
  status: AccountStatus
  status_since: Date | null
  /** The newest time at which somebody said so. */
  status_seen_at: Date | null
  status_cause: string | null
}

export const noStanding: Standing = { status: 'unknown', status_since: null, status_seen_at: null, status_cause: null }

const strength: Record<AccountStatus, number> = { unknown: 0, active: 1, limited: 2, blocked: 3, deleted: 4 }

/**
 * Takes statements into an account's standing. The one with the newest time counts, in whatever order they come (of two
 * at one time the stronger); a late one only completes the history. Saying the same again adds nothing.
 */
export function applyStatements(
  { status, status_since, status_seen_at, status_cause }: Standing,
  history: readonly StatusRecord[],
  statements: readonly Statement[],
): { standing: Standing; added: StatusRecord[] } {
  let standing: Standing = { status, status_since, status_seen_at, status_cause }
  const added: StatusRecord[] = []
  for (const statement of statements.toSorted((a, b) => a.since.getTime() - b.since.getTime())) {
    const step = applyOne(standing, [...history, ...added], statement)
    standing = step.standing
    added.push(...step.added)
  }
  return { standing, added }
}

type Step = { standing: Standing; added: StatusRecord[] }

function applyOne(standing: Standing, history: readonly StatusRecord[], statement: Statement): Step {
  if (statement.status === standing.status) return confirm(standing, history, statement)
  const seen = later(standing.status_since, standing.status_seen_at)
  const isNewest =
    seen === null ||
    statement.since > seen ||
    (statement.since.getTime() === seen.getTime() && strength[statement.status] > strength[standing.status])
  return isNewest ? change(statement) : complete(standing, history, statement, seen)
}

function change(statement: Statement): Step {
  const { status, since, cause } = statement
  return {
    standing: { status, status_since: since, status_seen_at: since, status_cause: cause },
    added: [toRecord(statement)],
  }
}

/** The same status as known: it was seen later, or it began earlier than was known. */
function confirm(standing: Standing, history: readonly StatusRecord[], statement: Statement): Step {
  const { since } = statement
  const known = standing.status_since
  const seen = { ...standing, status_seen_at: later(later(known, standing.status_seen_at), since) }
  const beganEarlier = known !== null && since < known && statement.isExplicit
  if (!beganEarlier || statusAt(history, since) === statement.status) return { standing: seen, added: [] }
  const wasOtherBetween = history.some(
    (row) => row.since > since && row.since < known && row.status !== statement.status,
  )
  return {
    standing: wasOtherBetween ? seen : { ...seen, status_since: since },
    added: [toRecord(statement)],
  }
}

/** A status of the past. When it broke the present one in two, the present one began again where it was seen last. */
function complete(standing: Standing, history: readonly StatusRecord[], statement: Statement, seen: Date): Step {
  if (statusAt(history, statement.since) === statement.status) return { standing, added: [] }
  const isBreak = standing.status_since !== null && statement.since > standing.status_since
  if (!isBreak) return { standing, added: [toRecord(statement)] }
  const again = { status: standing.status, since: seen, cause: standing.status_cause, source: statement.source }
  return { standing: { ...standing, status_since: seen }, added: [toRecord(statement), again] }
}

function toRecord({ status, since, cause, source }: Statement): StatusRecord {
  return { status, since, cause, source }
}

function later(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b
  return a > b ? a : b
}

function statusAt(history: readonly StatusRecord[], time: Date): AccountStatus | undefined {
  return history.filter((row) => row.since <= time).toSorted((a, b) => b.since.getTime() - a.since.getTime())[0]?.status
}
