import type { Spread } from '#shared/contract/reports.ts'

/*
 * Exact percentiles (nearest rank) of millions of times, in many groups at once and without putting them in order: times
 * are first counted in steps; only those in the steps that hold a wanted rank are then looked at one by one. Times are
 * whole and one greater than they are, so that 0 is none.
 */

const fineBits = 11
/** Times up to 2^44 ms, some centuries. */
const exponents = 45

/** The step a time falls in: steps rise with times, and are a two-thousandth of a time wide. */
export function stepOf(time: number): number {
  const isLong = time > 0xff_ff_ff_ff
  const head = isLong ? Math.floor(time / 0x2_00_00) : time
  const lead = Math.clz32(head)
  const exponent = 31 - lead + (isLong ? 17 : 0)
  return (exponent << fineBits) + (((head << lead) << 1) >>> (32 - fineBits))
}

const shares = [0.5, 0.9, 0.99] as const

/** How finely a group's times are told apart at first: many groups of few times need less than one of many. */
type Fineness = 'coarse' | 'middle' | 'fine'
const dropped: Record<Fineness, number> = { coarse: 7, middle: 3, fine: 0 }

/** A rank, and what falls in its step; `found` is one for all ranks of a step, and filled for the first. */
type Wanted = { group: number; share: number; rank: number; found: Float64Array; filled: number }

/**
 * First `countTimes` of every time, then `settle`, then `collectTimes` of every time again, then `toSpreads`. The loops stand
 * by themselves and take one kind of array each: called for a million rows, that is the difference between 4 ms and 40.
 */
export type Ranks = {
  groups: number
  drop: number
  /** Steps of a group. */
  size: number
  /** How many times of a group fall in a step; after `settle`, one more than the place in `wanted`. */
  steps: Uint32Array
  totals: Uint32Array
  wanted: Wanted[][]
}

export function createRanks(groups: number, fineness: Fineness): Ranks {
  const drop = dropped[fineness]
  const size = exponents << (fineBits - drop)
  return {
    groups,
    drop,
    size,
    steps: new Uint32Array(groups * size),
    totals: new Uint32Array(groups),
    wanted: [],
  }
}

/** Of the first `length` times: the group and the step of each. */
export function countTimes(ranks: Ranks, groupOf: Uint32Array, stepsOf: Uint32Array, length: number) {
  const { steps, totals, size, drop } = ranks
  for (let index = 0; index < length; index += 1) {
    const group = groupOf[index]!
    steps[group * size + (stepsOf[index]! >>> drop)]! += 1
    totals[group]! += 1
  }
}

/** Finds the steps that hold a wanted rank. */
export function settle({ groups, size, steps, totals, wanted }: Ranks) {
  for (let group = 0; group < groups; group += 1) {
    const ranks = shares.map((share) => Math.max(1, Math.ceil(totals[group]! * share)))
    let below = 0
    let next = 0
    if (totals[group] === 0) continue
    for (let at = group * size; at < (group + 1) * size; at += 1) {
      const count = steps[at]!
      if (count === 0) continue
      steps[at] = 0
      const upTo = below + count
      if (next < shares.length && ranks[next]! <= upTo) {
        const here: Wanted[] = []
        const found = new Float64Array(count)
        for (; next < shares.length && ranks[next]! <= upTo; next += 1) {
          here.push({ group, share: next, rank: ranks[next]! - below, found, filled: 0 })
        }
        steps[at] = wanted.push(here)
      }
      below = upTo
    }
  }
}

export function collectTimes(
  { steps, size, drop, wanted }: Ranks,
  groupOf: Uint32Array,
  stepsOf: Uint32Array,
  times: Float64Array,
  length: number,
) {
  for (let index = 0; index < length; index += 1) {
    const place = steps[groupOf[index]! * size + (stepsOf[index]! >>> drop)]!
    if (place === 0) continue
    const here = wanted[place - 1]![0]!
    here.found[here.filled] = times[index]! - 1
    here.filled += 1
  }
}

export function toSpreads({ totals, wanted }: Ranks): Spread[] {
  const spreads = Array.from(totals, (n): Spread => ({ n, p50: null, p90: null, p99: null }))
  const names = ['p50', 'p90', 'p99'] as const
  for (const here of wanted) {
    const sorted = here[0]!.found.sort()
    for (const { group, share, rank } of here) spreads[group]![names[share]!] = sorted[rank - 1]!
  }
  return spreads
}

/** Of one group, given as they are. */
export function spreadOf(times: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) => sorted[Math.max(1, Math.ceil(sorted.length * share)) - 1] ?? null
  return { n: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99) }
}
