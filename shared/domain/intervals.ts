/** A share with the interval that holds the true one 95 times in 100 (Wilson's score, without correction). */
export type Interval = { low: number; high: number }

/** The 97.5th percentile of the normal distribution. */
const z = 1.959963984540054

/** Shares of fewer than so many are not told: chance alone moves them too far. */
export const fewest = 20

/** @param k how many of the `n` are such; null for none out of none */
export function wilson(k: number, n: number): Interval | null {
  if (n === 0) return null
  const share = k / n
  const square = z * z
  const middle = share + square / (2 * n)
  const reach = z * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n))
  const whole = 1 + square / n
  return {
    // Rounding must not leave a sliver where the bound is known.
    low: k === 0 ? 0 : (middle - reach) / whole,
    high: k === n ? 1 : (middle + reach) / whole,
  }
}
