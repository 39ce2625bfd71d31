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
const dropped: Record<Fineness, number> = { coarse: 6, middle: 3, fine: 0 }

type Wanted = { group: number; share: number; rank: number; found: number[] }

/** First `count` every time, then `settle`, then `collect` every time again, then ask for `spreads`. */
export function createRanks(groups: number, fineness: Fineness) {
  const drop = dropped[fineness]
  const size = exponents << (fineBits - drop)
  /** How many times of a group fall in a step; after `settle`, one more than the place in `wanted`. */
  const steps = new Uint32Array(groups * size)
  const totals = new Uint32Array(groups)
  const wanted: Wanted[][] = []

  return {
    /** @param groupOf group of each time; `stepsOf` their steps; the first `length` of them */
    count(groupOf: ArrayLike<number>, stepsOf: Uint32Array, length: number) {
      for (let index = 0; index < length; index += 1) {
        const group = groupOf[index]!
        steps[group * size + (stepsOf[index]! >>> drop)]! += 1
        totals[group]! += 1
      }
    },

    settle() {
      for (let group = 0; group < groups; group += 1) {
        const ranks = shares.map((share) => Math.max(1, Math.ceil(totals[group]! * share)))
        let below = 0
        let next = 0
        for (let at = group * size; at < (group + 1) * size; at += 1) {
          const here = steps[at]!
          if (here === 0) continue
          steps[at] = 0
          if (next === shares.length || below + here < ranks[next]!) {
            below += here
            continue
          }
          const found: number[] = []
          const here_: Wanted[] = []
          for (; next < shares.length && ranks[next]! <= below + here; next += 1) {
            here_.push({ group, share: next, rank: ranks[next]! - below, found })
          }
          below += here
          steps[at] = wanted.push(here_)
        }
      }
    },

    collect(groupOf: ArrayLike<number>, stepsOf: Uint32Array, times: ArrayLike<number>, length: number) {
      for (let index = 0; index < length; index += 1) {
        const place = steps[groupOf[index]! * size + (stepsOf[index]! >>> drop)]!
        if (place !== 0) wanted[place - 1]![0]!.found.push(times[index]! - 1)
      }
    },

    spreads(): Spread[] {
      const spreads = Array.from(totals, (n): Spread => ({ n, p50: null, p90: null, p99: null }))
      const names = ['p50', 'p90', 'p99'] as const
      for (const here of wanted) {
        const sorted = Float64Array.from(here[0]!.found).sort()
        for (const { group, share, rank } of here) spreads[group]![names[share]!] = sorted[rank - 1]!
      }
      return spreads
    },
  }
}

/** Of one group, given as they are. */
export function spreadOf(times: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) => sorted[Math.max(1, Math.ceil(sorted.length * share)) - 1] ?? null
  return { n: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99) }
}
