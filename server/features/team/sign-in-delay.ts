const free = 5
const firstMs = 1_000
const longestMs = 15 * 60_000

/** How long after the last of so many failures in a row the next attempt is taken: none at first, then doubling. */
export function signInDelayMs(failures: number): number {
  if (failures < free) return 0
  return Math.min(firstMs * 2 ** Math.min(failures - free, 30), longestMs)
}
