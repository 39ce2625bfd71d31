import { z } from 'zod'
import type { AccountMeasure, Outcome, PostMeasure } from './outcomes.ts'

export const AppealState = z.enum(['waiting', 'decided', 'withdrawn'])
export type AppealState = z.infer<typeof AppealState>

/** The decision stands; it is turned round; or it stays on its side, with another clause, measure or territory. */
export const AppealOutcome = z.enum(['upheld', 'reversed', 'changed'])
export type AppealOutcome = z.infer<typeof AppealOutcome>

/** Who appeals: whose post or account it is, who flagged it, or anybody else. */
export const Appellant = z.enum(['account', 'reporter', 'other'])
export type Appellant = z.infer<typeof Appellant>

/** For decisions that cite no clause. */
export const defaultAppealDays = 180

const dayMs = 86_400_000

/** Until when a decision may be appealed, by the days that its clause gives. */
export function appealUntil(decidedAt: Date | string, days: number): Date {
  return new Date(new Date(decidedAt).getTime() + days * dayMs)
}

type Ruling = {
  outcome: Outcome
  clause: { id: string; version: number } | null
  furtherClauses: readonly { id: string; version: number }[]
  exemption: string | null
  measures: readonly { target: string; kind: string; by?: string | undefined; endsAt?: string | undefined }[]
  territory: readonly string[]
}

/** Whether something was found against what was flagged. */
const isAgainst = (outcome: Outcome) => outcome === 'violation'

/** What two decisions that do the same have in common, however they are written. */
function essence({ outcome, clause, furtherClauses, exemption, measures, territory }: Ruling) {
  const measure = ({ target, kind, by, endsAt }: Ruling['measures'][number]) =>
    [target, kind, by ?? '', endsAt ? new Date(endsAt).toISOString() : ''].join()
  const cited = ({ id, version }: { id: string; version: number }) => `${id} ${version}`
  return JSON.stringify([
    outcome,
    clause && cited(clause),
    furtherClauses.map(cited).sort(),
    exemption,
    measures.map(measure).sort(),
    [...territory].sort(),
  ])
}

export type AppealFault = 'not_reversed' | 'not_changed'

/** Whether an outcome is called what it is; null when it is. */
export function faultOfOutcome(outcome: 'reversed' | 'changed', first: Ruling, next: Ruling): AppealFault | null {
  const turnsRound = isAgainst(first.outcome) !== isAgainst(next.outcome)
  if (outcome === 'reversed') return turnsRound ? null : 'not_reversed'
  return !turnsRound && essence(first) !== essence(next) ? null : 'not_changed'
}

/** Measures by which somebody is out of sight, or cannot act. A label and a warning take nothing down. */
export const takingDown: readonly (PostMeasure | AccountMeasure)[] = [
  'restrict',
  'remove',
  'limit',
  'block',
  'terminate',
]

export type Down = { from: Date; to: Date | null }

/**
 * How long something was down in all, where several measures overlap once; null when nothing took effect, or while
 * something still holds.
 */
export function downMs(spans: readonly Down[]): number | null {
  if (spans.length === 0) return null
  let total = 0
  let reached = Number.NEGATIVE_INFINITY
  for (const { from, to } of spans.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    if (!to) return null
    const [begin, end] = [Math.max(from.getTime(), reached), to.getTime()]
    if (end > begin) total += end - begin
    reached = Math.max(reached, end)
  }
  return total
}
