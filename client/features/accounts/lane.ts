import type { AccountMoment } from '#shared/contract/accounts.ts'
import type { AccountStatus } from '#shared/domain/words.ts'

/*
 * Where things stand on a time line: pure figures, so that they can be reasoned about without a screen. Times are
 * milliseconds, places pixels from the beginning of the line in reading direction.
 */

export type Span = { from: number; to: number }

const dayMs = 86_400_000
const hourMs = 3_600_000

/** How much of the line may pass before anything is known but the opening. */
const quietShare = 0.35

/**
 * From the first thing that happened until now, with a little air on both sides. An opening long before all else is left
 * behind: otherwise what matters would stand crowded at the end.
 */
export function spanOf(moments: readonly AccountMoment[], now: number): Span {
  const earliest = (some: readonly AccountMoment[]) =>
    some.reduce((least, { at }) => Math.min(least, Date.parse(at)), now)
  const last = moments.reduce((most, { at }) => Math.max(most, Date.parse(at)), now)
  const known = earliest(moments.filter(({ kind }) => kind !== 'opened'))
  const quiet = Math.max((last - known) * quietShare, dayMs)
  const first = Math.max(earliest(moments), known - quiet)
  const air = Math.max((last - first) * 0.03, hourMs)
  return { from: first - air, to: last + air }
}

export type Piece = Span & { status: AccountStatus }

/** What the account was from when to when; before anybody said so, unknown. */
export function piecesOf(moments: readonly AccountMoment[], { to }: Span): Piece[] {
  const turns = moments.flatMap((moment): { at: number; status: AccountStatus }[] => {
    if (moment.kind !== 'opened' && moment.kind !== 'status') return []
    return [{ at: Date.parse(moment.at), status: moment.kind === 'opened' ? 'active' : moment.status }]
  })
  const first = moments[0] ? Date.parse(moments[0].at) : to
  if (turns[0] === undefined || turns[0].at > first) turns.unshift({ at: first, status: 'unknown' })
  return turns.map(({ at, status }, index) => ({ from: at, to: turns[index + 1]?.at ?? to, status }))
}

const steps = [dayMs, 2 * dayMs, 7 * dayMs, 14 * dayMs]
const monthSteps = [1, 3, 6, 12, 24, 60]

/** Days at the middle of the night, UTC, at most `most` of them: every so many days, or the first of months. */
export function ticksOf({ from, to }: Span, most: number): number[] {
  const step = steps.find((each) => (to - from) / each <= most)
  if (step) {
    const first = Math.ceil(from / dayMs) * dayMs
    return range(first, to, step)
  }
  const months = monthSteps.find((each) => (to - from) / (each * 30.4 * dayMs) <= most) ?? 120
  const start = new Date(from)
  const ticks: number[] = []
  for (let month = start.getUTCMonth() + 1; ticks.length <= most; month += 1) {
    const at = Date.UTC(start.getUTCFullYear(), month, 1)
    if (at > to) break
    if (new Date(at).getUTCMonth() % Math.min(months, 12) === 0 && isWholeYears(at, months)) ticks.push(at)
  }
  return ticks
}

const isWholeYears = (at: number, months: number) =>
  months <= 12 || new Date(at).getUTCFullYear() % Math.round(months / 12) === 0

function range(from: number, to: number, step: number): number[] {
  const all: number[] = []
  for (let at = from; at <= to; at += step) all.push(at)
  return all
}

export type Label = { x: number; width: number; rank: number }

/**
 * Which labels there is room for, above the line or below it: the more important first, and none over another.
 *
 * @returns for each label where it stands, or null when it is left out
 */
export function placeLabels(
  labels: readonly Label[],
  width: number,
): (null | { side: 'above' | 'below'; x: number })[] {
  const taken = { above: [] as [number, number][], below: [] as [number, number][] }
  const places: (null | { side: 'above' | 'below'; x: number })[] = labels.map(() => null)
  const order = labels.map((_, index) => index).sort((a, b) => labels[a]!.rank - labels[b]!.rank)
  for (const index of order) {
    const label = labels[index]!
    const x = Math.min(Math.max(label.x, label.width / 2), width - label.width / 2)
    const [start, end] = [x - label.width / 2 - 4, x + label.width / 2 + 4]
    const side = (['above', 'below'] as const).find((each) =>
      taken[each].every(([from, to]) => end <= from || start >= to),
    )
    if (!side) continue
    taken[side].push([start, end])
    places[index] = { side, x }
  }
  return places
}
