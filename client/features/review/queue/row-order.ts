import type { ReviewRow, ReviewSort } from '#shared/contract/reviews.ts'

/** What each order goes by; smaller comes first. */
const keys: Record<ReviewSort, (row: ReviewRow) => number> = {
  priority: (row) => -row.priority,
  due: (row) => Date.parse(row.dueAt),
  newest: (row) => -Date.parse(row.openedAt),
  oldest: (row) => Date.parse(row.openedAt),
  flags: (row) => -row.flagCount,
}

/** Whether a row stands before another in the order of the list; where both are alike, nobody says. */
export function comesBefore(row: ReviewRow, other: ReviewRow, sort: ReviewSort): boolean {
  return keys[sort](row) < keys[sort](other)
}
