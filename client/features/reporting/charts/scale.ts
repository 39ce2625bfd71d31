const nice = [1, 2, 2.5, 5, 10]

/** Even, round figures from nought to above the largest value, some four of them. */
export function ticksTo(largest: number, isWhole = true): number[] {
  if (!(largest > 0)) return [0, 1]
  const rough = largest / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const unit = nice
    .map((factor) => factor * power)
    .find((each) => each >= rough - power / 1e6 && (!isWhole || each % 1 === 0))
  const size = unit ?? Math.ceil(rough)
  return Array.from({ length: Math.ceil(largest / size - 1e-9) + 1 }, (_, index) => index * size)
}

/** Which of so many places carry a label, so that about `most` do: the first one, then at even distances. */
export function labelled(count: number, most: number): number[] {
  const size = Math.max(1, Math.ceil(count / most))
  return Array.from({ length: Math.ceil(count / size) }, (_, index) => index * size)
}

/** The same heights moved apart as little as needed, so that labels at them do not cover each other, and none below `most`. */
export function apart(heights: readonly number[], least: number, most = Number.POSITIVE_INFINITY): number[] {
  // Of two at one height the later, which is the larger percentile, stands above.
  const order = heights
    .map((height, index) => ({ height, index }))
    .sort((a, b) => a.height - b.height || b.index - a.index)
  for (let n = 1; n < order.length; n += 1) {
    order[n]!.height = Math.max(order[n]!.height, order[n - 1]!.height + least)
  }
  let floor = most
  for (const each of order.toReversed()) {
    each.height = Math.min(each.height, floor)
    floor = each.height - least
  }
  const placed = [...heights]
  for (const { height, index } of order) placed[index] = height
  return placed
}
