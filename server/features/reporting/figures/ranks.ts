import type { Spread } from '#shared/contract/reports.ts'

/** Which group each value belongs to. */
export type Grouping = { codes: ArrayLike<number>; groups: number }

const shares = [0.5, 0.9, 0.99] as const

/**
 * The exact percentiles (nearest rank) of values, in every group of each grouping: the values are put in order once, and
 * each grouping walks them until it has met its ranks.
 */
export function spreadsOf(values: Float64Array, groupings: readonly Grouping[]): Spread[][] {
  const order = orderOf(values)
  return groupings.map(({ codes, groups }) => {
    const counts = new Uint32Array(groups)
    for (let index = 0; index < values.length; index += 1) counts[codes[index]!]! += 1
    const spreads: [number | null, number | null, number | null][] = Array.from(counts, () => [null, null, null])
    const rankOf = (group: number, place: number) =>
      place < shares.length ? Math.max(1, Math.ceil(counts[group]! * shares[place]!)) : Infinity
    const next = Float64Array.from(counts, (_, group) => rankOf(group, 0))
    const place = new Uint8Array(groups)
    const seen = new Uint32Array(groups)
    for (const index of order) {
      const group = codes[index]!
      seen[group]! += 1
      while (seen[group]! === next[group]!) {
        spreads[group]![place[group]!] = values[index]!
        place[group]! += 1
        next[group] = rankOf(group, place[group]!)
      }
    }
    return spreads.map(([p50, p90, p99], group) => ({ n: counts[group]!, p50, p90, p99 }))
  })
}

const digitBits = 11
const digits = 1 << digitBits

/** Places of whole numbers, smallest first: by their digits, lowest first. */
function orderOf(values: Float64Array): Uint32Array {
  let order = Uint32Array.from(values, (_, index) => index)
  let next = new Uint32Array(values.length)
  let most = 0
  for (const value of values) if (value > most) most = value
  for (let unit = 1; unit <= most; unit *= digits) {
    const starts = new Uint32Array(digits + 1)
    for (const value of values) starts[(Math.floor(value / unit) % digits) + 1]! += 1
    for (let digit = 0; digit < digits; digit += 1) starts[digit + 1]! += starts[digit]!
    for (const index of order) {
      const digit = Math.floor(values[index]! / unit) % digits
      next[starts[digit]!] = index
      starts[digit]! += 1
    }
    ;[order, next] = [next, order]
  }
  return order
}
