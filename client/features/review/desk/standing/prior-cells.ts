import type { DecisionRecord } from '#shared/contract/decisions.ts'
import { postMeasureOf } from '../outcome/read-decision.ts'

/** What a decision did to the post, from the mildest to the hardest. */
export const hardness = ['keep', 'exempt', 'label', 'restrict', 'remove'] as const
export type Cell = (typeof hardness)[number]

/** Null clause: nothing was broken. A cell is null where nothing was decided in its fortnight. */
export type PriorRow = { clause: string | null; cells: (Cell | null)[]; count: number }

const fortnightMs = 14 * 24 * 3_600_000
export const cellCount = 11
/** Clauses that fit; the list below has everything. */
const most = 3

/** One row a clause, the most cited first; one cell a fortnight, the oldest first; in each the hardest that was done. */
export function priorRows(decisions: readonly DecisionRecord[], now: number): PriorRow[] {
  const byClause = Map.groupBy(decisions, (decision) => decision.clause?.id ?? null)
  const rows = [...byClause].map(([clause, of]) => {
    const cells = Array.from({ length: cellCount }, (): Cell | null => null)
    for (const decision of of) {
      const at = cellCount - 1 - Math.floor((now - Date.parse(decision.decidedAt)) / fortnightMs)
      if (at >= 0 && at < cellCount) cells[at] = harder(cells[at] ?? null, toCell(decision))
    }
    return { clause, cells, count: of.length }
  })
  return rows.toSorted((a, b) => b.count - a.count).slice(0, most)
}

function toCell({ outcome, measures }: DecisionRecord): Cell {
  return outcome === 'exempt' ? 'exempt' : (postMeasureOf(measures) ?? 'keep')
}

function harder(one: Cell | null, other: Cell): Cell {
  return one && hardness.indexOf(one) > hardness.indexOf(other) ? one : other
}
