/** Below so many a share says little, and is not shown as one. */
export const fewest = 20

/** z of a two-sided interval of 95 %. */
const z = 1.959963984540054

/**
 * A share with its 95 % interval (Wilson's score interval), all 0 to 1; null of nothing. Unlike the textbook's, it holds for few
 * and for shares near 0 and 1.
 */
export function shareOf(hits: number, of: number): { share: number; low: number; high: number } | null {
  if (of === 0) return null
  const share = hits / of
  const spread = (z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of)
  const centre = (share + (z * z) / (2 * of)) / (1 + (z * z) / of)
  return {
    share,
    low: hits === 0 ? 0 : Math.max(0, centre - spread),
    high: hits === of ? 1 : Math.min(1, centre + spread),
  }
}
