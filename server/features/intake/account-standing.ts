import type { AccountStatus } from '#shared/domain/words.ts'

/** What a sender says about an account's status. */
export type Statement = { status: StatedStatus; since: Date; isExplicit: boolean; cause: string | null; source: string }
type StatedStatus = Exclude<AccountStatus, 'unknown'>

export type StatusRecord = { status: AccountStatus; since: Date; cause: string | null; source: string }

export type Standing = {
  status: AccountStatus
  status_since: Date | null
  status_seen_at: Date | null
  status_cause: string | null
}

export const noStanding: Standing = { status: 'unknown', status_since: null, status_seen_at: null, status_cause: null }

const strength: Record<AccountStatus, number> = { unknown: 0, active: 1, limited: 2, blocked: 3, deleted: 4 }

/**
 * Takes statements into an account's standing. The one with the newest time counts, in whatever order they come (of two
 * at one time the stronger); a late one only completes the history. Saying the same again adds nothing.
 */
export function applyStatements(before: Standing, history: readonly StatusRecord[], statements: readonly Statement[]) {
  const standing = { ...before }
  const added: StatusRecord[] = []
  const record = ({ status, since, cause, source }: StatusRecord) => added.push({ status, since, cause, source })
  const statusAt = (time: Date) => latest([...history, ...added].filter((row) => row.since <= time))?.status
  const seenAt = () => later(standing.status_since, standing.status_seen_at)

  for (const statement of statements.toSorted((a, b) => a.since.getTime() - b.since.getTime())) {
    const { status, since } = statement
    const seen = seenAt()
    if (status === standing.status) {
      const startedEarlier = standing.status_since && since < standing.status_since
      if (startedEarlier && statement.isExplicit && statusAt(since) !== status) {
        record(statement)
        if (!wasOtherBetween(since, standing.status_since)) standing.status_since = since
      }
      standing.status_seen_at = later(seen, since)
      continue
    }
    const isNewest = !seen || since > seen || (since >= seen && strength[status] > strength[standing.status])
    if (isNewest) {
      record(statement)
      Object.assign(standing, {
        status,
        status_since: since,
        status_seen_at: since,
        status_cause: statement.cause,
      })
    } else if (statusAt(since) !== status) {
      record(statement)
      if (standing.status_since && since > standing.status_since) {
        record({ status: standing.status, since: seen, cause: standing.status_cause, source: statement.source })
        standing.status_since = seen
      }
    }
  }
  return { standing, added }

  function wasOtherBetween(from: Date, to: Date | null) {
    return [...history, ...added].some(
      (row) => row.since > from && to !== null && row.since < to && row.status !== standing.status,
    )
  }
}

function later(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b
  return a > b ? a : b
}

function latest(rows: readonly StatusRecord[]): StatusRecord | undefined {
  return rows.toSorted((a, b) => b.since.getTime() - a.since.getTime())[0]
}
